import type { Reader } from '../query/reader.js';
import { verifyProduct, type VerificationView } from '../query/verify-product.js';
import type { ProductQuestion } from '../query/verify-product-input.js';
import { ask, type RemoteNode } from './ask.js';
import { TypedDocumentString } from './gql/graphql.js';

/** A verification as the command prints it; times as RFC 3339. */
export interface VerificationAnswer extends Omit<VerificationView, 'verifiedAt'> {
  verifiedAt: string;
}

/** GraphQL knows no hyphen; the standard has one. */
const SPELLINGS: Record<string, VerificationView['verificationFailureReason']> = {
  Not_for_re_distribution: 'Not_for_re-distribution',
};

type Reply = Omit<VerificationAnswer, 'evidence'> & { evidence: { seq: number }[] };

const VerifyProductDocument = new TypedDocumentString<{ verifyProduct: Reply }, ProductQuestion>(
  `query VerifyProduct($gtin: String, $serial: String, $lot: String, $expiry: Date, $scan: String) {
  verifyProduct(gtin: $gtin, serial: $serial, lot: $lot, expiry: $expiry, scan: $scan) {
    gtin serial lot expiry epc verified verificationFailureReason additionalInfo status verifiedAt
    evidence { seq }
    position
  }
}`,
);

export async function askProduct(
  node: RemoteNode,
  question: ProductQuestion,
): Promise<VerificationAnswer> {
  const { verifyProduct: reply } = await ask(node, VerifyProductDocument, question);
  const reason = reply.verificationFailureReason;
  return {
    ...reply,
    verificationFailureReason: reason && (SPELLINGS[reason] ?? reason),
    evidence: reply.evidence.map(({ seq }) => seq),
  };
}

export async function readProduct(
  reader: Reader,
  question: ProductQuestion,
): Promise<VerificationAnswer> {
  const view = await verifyProduct(reader, question);
  return { ...view, verifiedAt: new Date(view.verifiedAt).toISOString() };
}
