import { equalBytes } from '../crypto/bytes.js';
import { verifyFlattened } from '../crypto/jws.js';
import type { PublicJwk } from '../crypto/signing-key.js';
import { AppError } from '../error.js';
import { parseCheckpoint, type Checkpoint } from './checkpoint.js';
import { verifyNote } from './note.js';
import {
  decodeStatement,
  STATEMENT_TYP,
  type SignedStatement,
  type Statement,
} from './statement.js';
import { HASH_SIZE_BYTES, hashNode, isPosition } from './tree.js';

/*
 * Everything an outsider needs to check a log: bytes, keys and hashes go in; no store, no network, no clock.
 * The same code runs in the server, in the CLI and in a browser. Whole logs: see ChainVerifier.
 */

export { ChainVerifier } from './chain-verifier.js';

/**
 * RFC 9162 section 2.1.3.2: the leaf stands at `seq` of the tree of that size and root.
 * @throws AppError PROOF_REFUSED
 */
export function verifyInclusion(
  proof: readonly Uint8Array[],
  seq: number,
  size: number,
  leafHash: Uint8Array,
  root: Uint8Array,
): void {
  if (!isPosition(seq) || !isPosition(size) || seq >= size) {
    throw refuse('the position is not in a tree of this size');
  }
  if (!areHashes([leafHash, root, ...proof])) throw refuse('a hash does not have 32 bytes');
  let hash = leafHash;
  let place = seq;
  let last = size - 1;
  for (const sibling of proof) {
    if (last === 0) throw refuse('the proof is too long');
    if (place % 2 === 1 || place === last) {
      hash = hashNode(sibling, hash);
      while (place % 2 === 0 && place > 0) [place, last] = [half(place), half(last)];
    } else {
      hash = hashNode(hash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  if (last !== 0) throw refuse('the proof is too short');
  if (!equalBytes(hash, root)) throw refuse('the proof leads to another root');
}

/**
 * RFC 9162 section 2.1.4.2: the tree (to, toRoot) begins with the tree (from, fromRoot).
 * Size 0 is refused: every tree begins with the empty one, so there is nothing to prove.
 *
 * @throws AppError PROOF_REFUSED
 */
export function verifyConsistency(
  from: number,
  to: number,
  fromRoot: Uint8Array,
  toRoot: Uint8Array,
  proof: readonly Uint8Array[],
): void {
  if (!isPosition(from) || !isPosition(to) || from === 0 || from > to) {
    throw refuse('there is no consistency proof between these sizes');
  }
  if (from === to) {
    if (proof.length > 0) throw refuse('the proof is too long');
    if (!equalBytes(fromRoot, toRoot)) throw refuse('two roots for one size');
    return;
  }
  if (!areHashes([fromRoot, toRoot, ...proof])) throw refuse('a hash does not have 32 bytes');
  let place = from - 1;
  let last = to - 1;
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  // a complete old tree is itself the first node, and not repeated in the proof
  const [seed, ...rest] = place === 0 ? [fromRoot, ...proof] : proof;
  if (seed === undefined || proof.length === 0) throw refuse('the proof is too short');
  let fromHash = seed;
  let toHash = seed;
  for (const sibling of rest) {
    if (last === 0) throw refuse('the proof is too long');
    if (place % 2 === 1 || place === last) {
      fromHash = hashNode(sibling, fromHash);
      toHash = hashNode(sibling, toHash);
      while (place % 2 === 0 && place > 0) [place, last] = [half(place), half(last)];
    } else {
      toHash = hashNode(toHash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  if (last !== 0) throw refuse('the proof is too short');
  if (!equalBytes(fromHash, fromRoot)) throw refuse('the proof leads to another old root');
  if (!equalBytes(toHash, toRoot)) throw refuse('the proof leads to another new root');
}

/**
 * Reads a checkpoint of the log with that name and key.
 * @throws AppError SIGNATURE_REFUSED (not a note, or not signed by the key), PROOF_REFUSED (another log, no checkpoint)
 */
export async function verifyCheckpoint(
  text: string,
  expected: { origin: string; logKey: PublicJwk },
): Promise<Checkpoint> {
  const { origin, size, root, note } = parseCheckpoint(text);
  if (origin !== expected.origin) throw refuse('the checkpoint is of another log');
  await verifyNote(note, origin, expected.logKey);
  return { origin, size, root };
}

/**
 * Reads a statement signed by one of the keys the caller knows.
 * @throws AppError SIGNATURE_REFUSED, and what decodeStatement throws
 */
export async function verifyStatement(
  signed: SignedStatement,
  { keyOf }: { keyOf: (kid: string) => PublicJwk | undefined },
): Promise<Statement> {
  await verifyFlattened(signed, { typ: STATEMENT_TYP, keyOf });
  return decodeStatement(signed);
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_SIZE_BYTES);
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function refuse(reason: string): AppError {
  return new AppError('PROOF_REFUSED', reason);
}
