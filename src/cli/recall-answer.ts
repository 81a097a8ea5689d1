import { recall, type RecallQuestion, type RecallView } from '../query/recall.js';
import { recallReach, type RecallReachView } from '../query/recall-reach.js';
import type { Reader } from '../query/reader.js';
import { ask, type RemoteNode } from './ask.js';
import { RecallDocument, type IncompleteReason } from './gql/graphql.js';

/** A recall as the command prints it; times as RFC 3339. */
export interface RecallAnswer extends Omit<RecallView, 'request' | 'question' | 'asOf' | 'reason'> {
  reason: IncompleteReason | null;
  asOf: string;
  reached: RecallReachAnswer;
}

export interface RecallReachAnswer extends Omit<
  RecallReachView,
  'request' | 'question' | 'reason' | 'position'
> {
  reason: IncompleteReason | null;
}

/** What is recalled, as the command line says it. */
export interface RecallWords extends Omit<RecallQuestion, 'asOf'> {
  /** RFC 3339 */
  asOf?: string;
}

export async function askRecall(node: RemoteNode, input: RecallWords): Promise<RecallAnswer> {
  return (await ask(node, RecallDocument, { input })).recall;
}

export async function readRecall(reader: Reader, words: RecallWords): Promise<RecallAnswer> {
  const { asOf, ...wish } = words;
  const question = { ...wish, ...(asOf !== undefined && { asOf: Date.parse(asOf) }) };
  const report = await recall(reader, question);
  const reach = await recallReach(reader, report);
  const { request: _, question: __, ...view } = report;
  return { ...view, reached: shapeReach(reach), asOf: new Date(view.asOf).toISOString() };
}

/** As a node answers it. */
function shapeReach(reach: RecallReachView): RecallReachAnswer {
  const { dispensings, claims, patients, isWithheld, byRule, isComplete, reason } = reach;
  return { dispensings, claims, patients, isWithheld, byRule, isComplete, reason };
}
