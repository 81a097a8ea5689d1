import { REPORTED_CHILDREN, type ReportedEntry, type TraceReport } from '../query/trace-report.js';
import { ask, type RemoteNode } from './ask.js';
import { TraceDocument, type TraceQuery } from './gql/graphql.js';
import type { TraceAsker, TraceQuestion } from './trace-answer.js';

type TracedItem = NonNullable<TraceQuery['item']>;

/** Entries asked for at a time: what a query may cost allows no more. */
const ENTRIES_AT_ONCE = 300;

/** Asks a running node, page after page; all pages tell of the same moment and of the same knowledge. */
export function remoteTrace(node: RemoteNode, entriesAtOnce = ENTRIES_AT_ONCE): TraceAsker {
  const askPage = (question: TraceQuestion, after: string | null = null) =>
    askItem(node, { ...question, first: entriesAtOnce, after });
  return async ({ epc, asOf = new Date().toISOString(), knownAt }) => {
    const item = await askPage({ epc, asOf, knownAt });
    if (!item?.history.pageInfo.hasNextPage) return item && formatAnswer(item, item.history.nodes);
    // a cursor is good for the question it was made for, so the first page is asked for again
    const fixed = { epc, asOf, knownAt: item.position ?? knownAt };
    return formatAnswer(item, await askHistory((after) => askPage(fixed, after)));
  };
}

async function askHistory(
  askPage: (after: string | null) => Promise<TracedItem | null>,
): Promise<ReportedEntry[]> {
  const entries: ReportedEntry[] = [];
  let after: string | null = null;
  do {
    const item: TracedItem | null = await askPage(after);
    if (!item) break;
    entries.push(...item.history.nodes);
    const { hasNextPage, endCursor }: TracedItem['history']['pageInfo'] = item.history.pageInfo;
    after = hasNextPage ? endCursor : null;
  } while (after !== null);
  return entries;
}

async function askItem(
  node: RemoteNode,
  variables: TraceQuestion & { first: number; after: string | null },
): Promise<TracedItem | null> {
  const { item } = await ask(node, TraceDocument, {
    ...variables,
    children: REPORTED_CHILDREN,
  });
  return item;
}

function formatAnswer(item: TracedItem, history: ReportedEntry[]): TraceReport {
  const { children, custody, sensors, chain, conflicts, persistentDispositions, ...rest } = item;
  return {
    ...rest,
    persistentDispositions: persistentDispositions.map(flatten),
    chain: { ...chain, containers: chain.containers.map(flatten) },
    children: children.nodes,
    hasMoreChildren: children.pageInfo.hasNextPage,
    history,
    custody: {
      segments: custody.segments.map(({ evidence, ...segment }) => ({
        ...segment,
        seqs: [evidence.seq],
      })),
      gaps: custody.gaps.map(({ evidence, ...gap }) => ({
        ...gap,
        seqs: evidence.map(({ seq }) => seq),
      })),
    },
    sensors: sensors.map(({ outside, ...summary }) => ({
      ...summary,
      outside: outside && {
        count: outside.count,
        seconds: outside.seconds,
        seq: outside.evidence?.seq ?? null,
      },
    })),
    conflicts: conflicts.map(flatten),
  };
}

function flatten<T>({
  evidence,
  ...told
}: T & { evidence: { seq: number } }): Omit<T, 'evidence'> & { seq: number } {
  return { ...(told as Omit<T, 'evidence'>), seq: evidence.seq };
}
