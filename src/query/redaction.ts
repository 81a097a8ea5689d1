import type { LineageAnswer, LineageNode } from '../graph/lineage.js';
import type { Direction, IncompleteReason } from './lineage.js';

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
  const visible = new Set(answer.nodes.filter(isVisible).map(({ recordCid }) => recordCid));
  if (visible.size === answer.nodes.length) return { ...answer, redacted: 0 };
  const { reached, hidden } = walk(neighbours(answer, direction), roots, visible);
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

function neighbours({ edges }: LineageAnswer, direction: Direction): Map<string, string[]> {
  const next = new Map<string, string[]>();
  const link = (a: string, b: string) => {
    const known = next.get(a);
    if (known) known.push(b);
    else next.set(a, [b]);
  };
  for (const { from, to } of edges) {
    if (direction !== 'DOWNSTREAM') link(from, to);
    if (direction !== 'UPSTREAM') link(to, from);
  }
  return next;
}

function walk(next: Map<string, string[]>, roots: string[], visible: Set<string>) {
  const reached = new Set(roots.filter((root) => visible.has(root)));
  const hidden = new Set<string>();
  for (const cid of reached) {
    for (const other of next.get(cid) ?? []) (visible.has(other) ? reached : hidden).add(other);
  }
  return { reached, hidden };
}
