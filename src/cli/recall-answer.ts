import { recall, type RecallQuestion, type RecallView } from '../query/recall.js';
import type { Reader } from '../query/reader.js';
import { ask, type RemoteNode } from './ask.js';
import { TypedDocumentString } from './gql/graphql.js';

/** A recall as the command prints it; times as RFC 3339. */
export interface RecallAnswer extends Omit<RecallView, 'request' | 'question' | 'asOf'> {
  asOf: string;
}

/** What is recalled, as the command line says it. */
export interface RecallWords extends Omit<RecallQuestion, 'asOf'> {
  /** RFC 3339 */
  asOf?: string;
}

const COUNTS = 'total atSite inTransit dispensed destroyed decommissioned unaccounted';
const GROUP = `{ id name counts { ${COUNTS} } }`;

const RecallDocument = new TypedDocumentString<{ recall: RecallAnswer }, { input: RecallWords }>(
  `query Recall($input: RecallInput!) {
  recall(input: $input) {
    counts { ${COUNTS} }
    recalled
    bySite ${GROUP}
    byCustodian ${GROUP}
    byOwner ${GROUP}
    byProduct ${GROUP}
    quantities { epcClass container amount uom isExact }
    quantityEvents isComplete reason asOf position
  }
}`,
);

export async function askRecall(node: RemoteNode, input: RecallWords): Promise<RecallAnswer> {
  return (await ask(node, RecallDocument, { input })).recall;
}

export async function readRecall(reader: Reader, words: RecallWords): Promise<RecallAnswer> {
  const { asOf, ...wish } = words;
  const question = { ...wish, ...(asOf !== undefined && { asOf: Date.parse(asOf) }) };
  const { request: _, question: __, ...view } = await recall(reader, question);
  return { ...view, asOf: new Date(view.asOf).toISOString() };
}
