import { utf8 } from '../crypto/bytes.js';
import { Pace } from './pace.js';
import { proveInclusion } from './proof.js';
import { RightEdge } from './right-edge.js';
import { hashLeaf } from './tree.js';

/** Proves that one statement is among the sources a signed root stands for. */
export interface SourceProof {
  index: number;
  count: number;
  root: Uint8Array;
  /** Audit path of RFC 9162 section 2.1.3.1: for `verifyInclusion`, with `hashLeaf` of the CID's text. */
  hashes: Uint8Array[];
}

/**
 * @param statements all sources, in the order of the list
 * @throws AppError BAD_USER_INPUT when there is no source at that place
 */
export async function proveSource(
  statements: readonly string[],
  index: number,
): Promise<SourceProof> {
  const levels: Uint8Array[][] = [];
  const tree = new RightEdge();
  const pace = new Pace();
  for (const cid of statements) {
    tree.append(hashLeaf(utf8(cid)), (level, hash) => (levels[level] ??= []).push(hash));
    if (pace.isDue()) await pace.rest();
  }
  const count = statements.length;
  const hashAt = (level: number, at: number) => Promise.resolve(levels[level]![at]!);
  const hashes = await proveInclusion(index, count, hashAt);
  return { index, count, root: tree.root(), hashes };
}
