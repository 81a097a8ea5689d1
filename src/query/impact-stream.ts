import {
  formImpact,
  showNodes,
  startImpact,
  summarise,
  type FormedImpact,
  type ImpactNodeView,
  type ImpactQuestion,
  type ImpactSummary,
} from './impact.js';
import type { Reader } from './reader.js';

/** Some lines, each ended by a newline. */
export interface ImpactChunk {
  text: string;
  /** Nodes told of so far. */
  nodes: number;
  /** With the last line. */
  summary?: ImpactSummary;
}

/** Nodes described at once. */
const NODES_AT_ONCE = 1_000;
/** Kept for the last line. */
const SPARED_MS = 500;

/**
 * An impact as JSON lines: first what was asked and as of which position, then each node as it is found, by degree, and last a
 * summary that says whether that was all. A stream without its last line was cut off.
 *
 * Nothing is read before the first line is wanted, and no faster than lines are taken.
 *
 * @throws AppError as `formImpact` does, before the first line
 */
export async function* streamImpact(
  reader: Reader,
  question: ImpactQuestion,
): AsyncGenerator<ImpactChunk> {
  const formed = await formImpact(reader, question);
  const isOver = () => reader.remainingMs() < SPARED_MS;
  const walk = await startImpact(reader, formed, isOver);
  yield { text: formatLine({ kind: 'question', ...describe(question, formed) }), nodes: 0 };
  let told = 0;
  for await (const count of walk.run()) {
    while (told < count) {
      const to = Math.min(told + NODES_AT_ONCE, count);
      const from = told;
      const degreeAt = (i: number) => walk.degreeAt(from + i);
      const nodes = await showNodes(reader, formed, walk.nodes(from, to), degreeAt);
      told = to;
      yield { text: nodes.map(formatNode).join(''), nodes: told };
    }
  }
  const summary = summarise(reader, walk, formed);
  yield { text: formatLine({ kind: 'summary', ...summary }), nodes: told, summary };
}

function describe(question: ImpactQuestion, { filter, withFormerVersions }: FormedImpact): object {
  const { roots, things, depthMax, nodesMax, relations, types, organisations, asOf } = question;
  return {
    ...{ roots, things, withFormerVersions, depthMax, nodesMax, relations, types, organisations },
    asOf: formatTime(asOf ?? null) ?? undefined,
    position: filter.position,
  };
}

function formatNode({ node: _, kind, capturedAt, occurredAt, ...view }: ImpactNodeView): string {
  return formatLine({
    kind: kind.toLowerCase(),
    ...view,
    capturedAt: formatTime(capturedAt),
    occurredAt: formatTime(occurredAt),
  });
}

function formatTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function formatLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
