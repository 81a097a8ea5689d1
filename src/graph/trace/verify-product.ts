import { DISPOSITION } from '../../record/cbv/known-term.js';
import type { ItemState, ItemStatus } from './item-state.js';

/**
 * Why a product identifier is not verified: the codes of the GS1 Lightweight Messaging Standard for Verification of
 * Product Identifiers (1.3) that this program gives. It has no code for a GTIN nobody knows.
 */
export type VerificationFailureReason =
  | 'No_match_GTIN_Serial'
  | 'No_match_GTIN_Serial_Lot'
  | 'No_match_GTIN_Serial_Expiry'
  | 'No_match_GTIN_Serial_Lot_Expiry'
  | 'Not_for_re-distribution';

/** What else is to be known of a product whose identifier is right; codes of the same standard. */
export type VerificationInfo = 'Recalled' | 'Suspect' | 'Expired';

/** What a package says of itself, in canonical form. */
export interface ProductIdentifier {
  /** 14 digits, check digit right. */
  gtin: string;
  serial: string;
  lot?: string;
  /** Last day of use, `2027-05-31`. */
  expiry?: string;
}

/** A commissioning that counts: an event that brought the instance into being, and what it says of it. */
export interface Commissioning {
  seq: number;
  lot?: string;
  /** Last ms of use. */
  expiry?: number;
}

/** What the index knows of an instance. */
export interface ProductEvidence {
  /** By ledger position. */
  commissionings: Commissioning[];
  state: ItemState;
  /** Number of ledger entries the answer knows. */
  knownAt: number;
}

export interface Verdict {
  verified: boolean;
  reason?: VerificationFailureReason;
  /** What weighs most first; empty when the identifier does not match. */
  info: VerificationInfo[];
  status: ItemStatus;
  /** Ledger positions of the events that decided. */
  evidence: number[];
}

/** After these nobody may sell it on; who meets it in trade has reason to look closer. */
const ENDED: ReadonlySet<ItemStatus> = new Set([
  'DISPENSED',
  'DESTROYED',
  'DECOMMISSIONED',
  'CONSUMED',
]);

/** Thefts end no life and change no identifier; the thing is suspect all the same. */
const SUSPICIOUS: ReadonlySet<string | undefined> = new Set([DISPOSITION.stolen]);

/**
 * Compares what a package says with what was captured. What is not given is not compared; what is given and was never
 * captured does not match.
 *
 * @param now ms
 */
export function judgeProduct(
  product: ProductIdentifier,
  { commissionings, state }: ProductEvidence,
  now: number,
): Verdict {
  if (commissionings.length === 0) {
    return refusal('No_match_GTIN_Serial', 'UNKNOWN', []);
  }
  const found = commissionings.map((one) => ({
    ...one,
    isLot: product.lot === undefined || one.lot === product.lot,
    isExpiry: product.expiry === undefined || dayOf(one.expiry) === product.expiry,
  }));
  const matching = found.filter(({ isLot, isExpiry }) => isLot && isExpiry);
  const seqs = commissionings.map(({ seq }) => seq);
  if (matching.length === 0) return refusal(mismatchOf(found), state.status, seqs);
  const recalls = recallsOf(state);
  const isEnded = ENDED.has(state.status);
  const isSuspect = isEnded || commissionings.length > 1 || isStolen(state);
  const isExpired = matching.some(({ expiry = Infinity }) => expiry < now);
  const info: VerificationInfo[] = [];
  if (recalls.isRecalled) info.push('Recalled');
  if (isSuspect) info.push('Suspect');
  if (isExpired) info.push('Expired');
  const last = isEnded || isStolen(state) || recalls.isRecalled ? [state.lastSeq] : [];
  return {
    verified: !isEnded,
    ...(isEnded && { reason: 'Not_for_re-distribution' }),
    info,
    status: state.status,
    evidence: sorted([...seqs, ...recalls.seqs, ...last]),
  };
}

function refusal(
  reason: VerificationFailureReason,
  status: ItemStatus,
  evidence: number[],
): Verdict {
  return { verified: false, reason, info: [], status, evidence };
}

/** Lot and expiry as one commissioning says them: two that each match half match nothing. */
function mismatchOf(
  found: readonly { isLot: boolean; isExpiry: boolean }[],
): VerificationFailureReason {
  if (found.some(({ isLot }) => isLot)) return 'No_match_GTIN_Serial_Expiry';
  if (found.some(({ isExpiry }) => isExpiry)) return 'No_match_GTIN_Serial_Lot';
  return 'No_match_GTIN_Serial_Lot_Expiry';
}

/** A recall stands until it is unset; as a plain disposition, until another is said. */
function recallsOf({ persistent, disposition }: ItemState) {
  const set = persistent.filter((one) => one.disposition === DISPOSITION.recalled);
  const isRecalled = set.length > 0 || disposition === DISPOSITION.recalled;
  return { isRecalled, seqs: set.map(({ seq }) => seq) };
}

function isStolen({ disposition, persistent }: ItemState): boolean {
  return SUSPICIOUS.has(disposition) || persistent.some((one) => SUSPICIOUS.has(one.disposition));
}

function dayOf(expiry: number | undefined): string | undefined {
  return expiry === undefined ? undefined : new Date(expiry).toISOString().slice(0, 10);
}

function sorted(seqs: (number | undefined)[]): number[] {
  const known = seqs.filter((seq) => seq !== undefined);
  return [...new Set(known)].sort((a, b) => a - b);
}
