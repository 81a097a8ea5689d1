import { sha256 } from '../crypto/digest.js';

/**
 * Hashing and shape of the Merkle tree of RFC 9162 section 2.1. A node is named by its height above the
 * leaves (`level`) and its position in that row (`index`). Positions and sizes are safe integers, so all
 * arithmetic is by division: bit operators would cut them to 32 bits.
 */
export interface Node {
  level: number;
  index: number;
}

export const HASH_SIZE_BYTES = 32;

/** Root of the tree without leaves: the hash of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0));

/** One buffer for all inner nodes: hashing is synchronous and keeps nothing of its input. */
const pair = new Uint8Array(1 + 2 * HASH_SIZE_BYTES);
pair[0] = 0x01;

/** SHA-256(00 || bytes). */
export function hashLeaf(bytes: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + bytes.length);
  input.set(bytes, 1);
  return sha256(input);
}

/** SHA-256(01 || left || right); both are 32 bytes. */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  pair.set(left, 1);
  pair.set(right, 1 + HASH_SIZE_BYTES);
  return sha256(pair);
}

/**
 * The complete subtrees that together are the leaves [start, end), largest first. `start` must lie where the
 * RFC splits trees: a multiple of the largest power of two below end - start.
 */
export function subtrees(start: number, end: number): Node[] {
  const nodes: Node[] = [];
  let at = start;
  for (let level = floorLog2(end - start); at < end; level--) {
    const width = 2 ** level;
    if (at + width > end) continue;
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** The hash of neighbouring subtrees given largest first, as `subtrees` names them. */
export function foldSubtrees(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return EMPTY_ROOT;
  return hashes.reduceRight((right, left) => hashNode(left, right));
}

/** The largest power of two smaller than `count`, where the RFC splits `count` > 1 leaves. */
export function splitOf(count: number): number {
  return 2 ** floorLog2(count - 1);
}

/** Exact for every safe integer, where Math.log2 rounds; -1 for 0. */
export function floorLog2(value: number): number {
  return value < 2 ** 31 ? 31 - Math.clz32(value) : 31 + floorLog2(Math.floor(value / 2 ** 31));
}

/** True for an integer that can be a position or a size. */
export function isPosition(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
