import { AppError } from '../error.js';
import { toBase64 } from '../ledger/base64.js';
import { rootAt } from '../ledger/proof.js';
import { hashLeaf } from '../ledger/tree.js';
import type { Reader } from './reader.js';

/** Everything needed to check an inclusion, hashes in base64. */
export interface InclusionProofView {
  seq: number;
  size: number;
  leafHash: string;
  hashes: string[];
  root: string;
  /** The signed checkpoint of that size, when it is the present one. */
  checkpoint: string | null;
}

export interface ConsistencyProofView {
  from: number;
  to: number;
  fromRoot: string;
  toRoot: string;
  hashes: string[];
}

/** True when a checkpoint covers the entry. */
export function isPublished({ rooms }: Reader, seq: number): boolean {
  return seq < rooms.ledger.head().size;
}

/**
 * Proves that the entry at `seq` stands in the tree of `size` entries, the present one when left out.
 *
 * @throws AppError BAD_USER_INPUT (no such entry in such a tree), UNAVAILABLE
 */
export async function proveEntry(
  reader: Reader,
  seq: number,
  size?: number,
): Promise<InclusionProofView> {
  const { ledger } = reader.rooms;
  // read once: the log may grow before the proof is there
  const head = ledger.head();
  const proven = size ?? head.size;
  if (seq >= proven || proven > head.size) throw outside(head.size);
  const [{ bytes }, { hashes }, root] = await reader.within(
    Promise.all([
      reader.load.entry.load(seq),
      ledger.inclusionProof(seq, proven),
      proven === head.size ? head.root : rootAt(proven, ledger.hashAt),
    ]),
  );
  return {
    seq,
    size: proven,
    leafHash: toBase64(hashLeaf(bytes)),
    hashes: hashes.map(toBase64),
    root: toBase64(root),
    checkpoint: proven === head.size ? head.checkpoint : null,
  };
}

/** Proves that the log of `to` entries (the present one when left out) begins with that of `from`. @throws AppError BAD_USER_INPUT */
export async function proveConsistency(
  reader: Reader,
  from: number,
  to?: number,
): Promise<ConsistencyProofView> {
  const { ledger } = reader.rooms;
  const { size } = ledger.head();
  const later = to ?? size;
  if (from < 1 || from > later || later > size) throw outside(size);
  const [{ hashes }, fromRoot, toRoot] = await reader.within(
    Promise.all([
      ledger.consistencyProof(from, later),
      rootAt(from, ledger.hashAt),
      rootAt(later, ledger.hashAt),
    ]),
  );
  return {
    from,
    to: later,
    fromRoot: toBase64(fromRoot),
    toRoot: toBase64(toRoot),
    hashes: hashes.map(toBase64),
  };
}

function outside(size: number): AppError {
  return new AppError('BAD_USER_INPUT', `there is no such proof: the log has ${size} entries`, {
    limit: size,
  });
}
