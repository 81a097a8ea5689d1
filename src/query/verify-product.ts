import type { ItemStatus } from '../graph/trace/item-state.js';
import {
  judgeProduct,
  type ProductIdentifier,
  type VerificationFailureReason,
  type VerificationInfo,
} from '../graph/trace/verify-product.js';
import { caughtUp } from './caught-up.js';
import { checkEventReader } from './event-list.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';
import { parseProduct, sgtinOf, type ProductQuestion } from './verify-product-input.js';

/** The answer to whether a product identifier is right; the same members whatever the answer. */
export interface VerificationView {
  gtin: string;
  serial: string;
  lot: string | null;
  expiry: string | null;
  epc: string;
  verified: boolean;
  verificationFailureReason: VerificationFailureReason | null;
  /** What weighs most first. */
  additionalInfo: VerificationInfo[];
  status: ItemStatus;
  /** ms */
  verifiedAt: number;
  /** Ledger positions. */
  evidence: number[];
  /** The last ledger position the answer knows of. */
  position: number | null;
}

/** @throws AppError UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT */
export async function verifyProduct(
  reader: Reader,
  question: ProductQuestion,
): Promise<VerificationView> {
  checkEventReader(reader);
  const now = reader.rooms.now();
  const product = parseProduct(question, now);
  await caughtUp(reader);
  const epc = sgtinOf(product);
  const known = await reader.ask((read) => read.productEvidence(epc, { asOf: now }));
  const { verified, reason, info, status, evidence } = judgeProduct(product, known, now);
  return {
    ...shapeProduct(product),
    epc,
    verified,
    verificationFailureReason: reason ?? null,
    additionalInfo: info,
    status,
    verifiedAt: now,
    evidence,
    position: formatPosition(known.knownAt),
  };
}

function shapeProduct({
  gtin,
  serial,
  lot,
  expiry,
}: ProductIdentifier): Pick<VerificationView, 'gtin' | 'serial' | 'lot' | 'expiry'> {
  return { gtin, serial, lot: lot ?? null, expiry: expiry ?? null };
}
