import type { Reader } from '../query/reader.js';
import { verifyProduct, type VerificationView } from '../query/verify-product.js';
import type { ProductQuestion } from '../query/verify-product-input.js';
import { ask, type RemoteNode } from './ask.js';
import { VerifyProductDocument } from './gql/graphql.js';

/** A verification as the command prints it; times as RFC 3339. */
export interface VerificationAnswer extends Omit<VerificationView, 'verifiedAt'> {
  verifiedAt: string;
}

export async function askProduct(
  node: RemoteNode,
  question: ProductQuestion,
): Promise<VerificationAnswer> {
  const { verifyProduct: reply } = await ask(node, VerifyProductDocument, question);
  const reason = reply.verificationFailureReason;
  return {
    ...reply,
    // GraphQL knows no hyphen; the standard has one
    verificationFailureReason:
      reason === 'Not_for_re_distribution' ? 'Not_for_re-distribution' : reason,
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
