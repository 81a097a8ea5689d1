import { AppError } from '../error.js';
import { ask, type RemoteNode } from './ask.js';
import {
  CaptureDatasetDocument,
  ClaimTotalsDocument,
  CorrectDocument,
  DatasetDocument,
  ImpactDocument,
  RecordDocument,
  RecordsDocument,
} from './gql/graphql.js';
import type { Output } from './output.js';

const SOURCES_MAX = 50;
const ID = 'payments-of-the-demo';

/** What the demo's `--json` says of it. */
export interface DatasetStory {
  cid: string;
  sources: number;
  /** CURRENT, then OUTDATED: before and after one of its sources was corrected. */
  freshness: [before: string, after: string];
  impact: number;
}

/** A researcher's dataset, the figures beside it, and what one corrected record does to it. */
export async function showDataset(output: Output, node: RemoteNode): Promise<DatasetStory> {
  await showTotals(output, node);
  const { records } = await ask(node, RecordsDocument, {
    filter: { type: 'ExplanationOfBenefit' },
    orderBy: 'SEQ_ASC',
    first: SOURCES_MAX,
  });
  const sources = records.nodes.map(({ cid }) => cid);
  const { captureDataset } = await ask(node, CaptureDatasetDocument, {
    input: { content: describe(sources.length), sources, waitFor: 'INDEXED' },
  });
  const { receipt, sourceCount } = captureDataset;
  if (!receipt) throw new AppError('INTERNAL', 'the dataset was not taken');
  output.tell(`   A dataset of ${sourceCount} payments is recorded, each of them a signed source.`);
  const before = await freshnessOf(node);
  const corrected = await correct(node, sources[0]!);
  const after = await freshnessOf(node);
  const { impact } = await ask(node, ImpactDocument, { input: { roots: [{ cid: corrected }] } });
  output.tell(
    `   It was ${before}. One payment is corrected: now it is ${after}, and whoever asks`,
  );
  const types = impact.byType.map(({ type, count }) => `${count} ${type ?? 'unknown'}`).join(', ');
  output.tell(`   what the correction touches is told: ${types}.`);
  return {
    cid: receipt.cid,
    sources: sourceCount,
    freshness: [before, after],
    impact: impact.count,
  };
}

async function showTotals(output: Output, node: RemoteNode): Promise<void> {
  const { analytics } = await ask(node, ClaimTotalsDocument, {});
  const totals = analytics.claims.totals;
  for (const { keys, claims, billed, paid } of totals?.groups ?? []) {
    const words = keys.map(({ id }) => id ?? 'not said').join(', ');
    output.tell(`   ${words}: ${claims ?? 0} claims, billed ${billed ?? '-'}, paid ${paid ?? '-'}`);
  }
}

function describe(rows: number): string {
  return JSON.stringify({
    type: 'Dataset',
    id: ID,
    name: 'First payments',
    method: 'the first payments in the order of the log',
    result: { rows },
  });
}

async function freshnessOf(node: RemoteNode): Promise<string> {
  const { dataset } = await ask(node, DatasetDocument, { id: ID });
  return dataset?.freshness?.state ?? 'UNKNOWN';
}

/** States the payment's next version. @returns its CID */
async function correct(node: RemoteNode, cid: string): Promise<string> {
  const { record } = await ask(node, RecordDocument, { cid });
  const payment = JSON.parse(record?.content ?? '{}') as object;
  const content = JSON.stringify({ ...payment, disposition: 'Paid again after review' });
  const { correct: corrected } = await ask(node, CorrectDocument, {
    input: { record: { cid }, document: { content }, waitFor: 'INDEXED' },
  });
  if (!corrected.receipt) throw new AppError('INTERNAL', 'the correction was not taken');
  return corrected.receipt.cid;
}
