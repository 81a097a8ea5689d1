import type { Direction } from '../graph/edge.js';
import type { LineageAnswer, LineageNode } from '../graph/lineage.js';
import type { IncompleteReason } from './lineage.js';

/** A lineage answer as one viewer may have it. */
export interface RedactedLineage extends Omit<LineageAnswer, 'reason'> {
  reason?: IncompleteReason;
  /** How many nodes next to the answered ones were left out for the viewer's sake. */
  redacted: number;
}

/**
 * Leaves out what the viewer may not see, and whatever is reached only through it: what lies behind a door one
 * may not open must not tell what is in the room.
 */
export function redact(
  answer: LineageAnswer,
  roots: string[],
  direction: Direction,
  isVisible: (node: LineageNode) => boolean,
): RedactedLineage {
  if (answer.nodes.every(isVisible)) return { ...answer, redacted: 0 };
  const visible = new Set(answer.nodes.filter(isVisible).map(({ recordCid }) => recordCid));
  const { reached, hidden } = walk(answer, direction, roots, visible);
  const isReached = (cid: string) => reached.has(cid);
  return {
    ...answer,
    nodes: answer.nodes.filter(({ recordCid }) => isReached(recordCid)),
    edges: answer.edges.filter(({ from, to }) => isReached(from) && isReached(to)),
    frontier: answer.frontier.filter(isReached),
    cycles: answer.cycles.filter((cycle) => cycle.every(isReached)),
    isComplete: false,
    reason: 'ACCESS',
    isOmittedExact: false,
    redacted: hidden.size,
  };
}

/** Both ways means each way by itself, as the walk through the graph was. */
function walk(
  { edges }: LineageAnswer,
  direction: Direction,
  roots: string[],
  visible: Set<string>,
): { reached: Set<string>; hidden: Set<string> } {
  const reached = new Set<string>();
  const hidden = new Set<string>();
  const go = (next: Map<string, string[]>) => {
    const seen = new Set(roots.filter((root) => visible.has(root)));
    for (const cid of seen) {
      reached.add(cid);
      for (const other of next.get(cid) ?? []) (visible.has(other) ? seen : hidden).add(other);
    }
  };
  if (direction !== 'DOWNSTREAM') go(link(edges.map(({ from, to }) => [from, to])));
  if (direction !== 'UPSTREAM') go(link(edges.map(({ from, to }) => [to, from])));
  return { reached, hidden };
}

function link(steps: [string, string][]): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const [from, to] of steps) {
    const known = next.get(from);
    if (known) known.push(to);
    else next.set(from, [to]);
  }
  return next;
}
