import { sha256 } from '../../src/crypto/digest.js';
import { concat, utf8 } from '../../src/crypto/bytes.js';

/* RFC 9162 section 2.1 word for word, recursive and slow: what the code under test must agree with. */

type Bytes = Uint8Array;

/** Leaf hashes of `count` different leaves. */
export function leafHashes(count: number): Bytes[] {
  return Array.from({ length: count }, (_, i) =>
    sha256(concat(Uint8Array.of(0), utf8(`leaf ${i}`))),
  );
}

export function naiveRoot(leaves: Bytes[]): Bytes {
  if (leaves.length === 0) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return leaves[0]!;
  const k = naiveSplit(leaves.length);
  const children = [naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k))];
  return sha256(concat(Uint8Array.of(1), ...children));
}

export function naiveInclusion(m: number, leaves: Bytes[]): Bytes[] {
  if (leaves.length === 1) return [];
  const k = naiveSplit(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k
    ? [...naiveInclusion(m, left), naiveRoot(right)]
    : [...naiveInclusion(m - k, right), naiveRoot(left)];
}

export function naiveConsistency(m: number, leaves: Bytes[], isKnown = true): Bytes[] {
  if (m === leaves.length) return isKnown ? [] : [naiveRoot(leaves)];
  const k = naiveSplit(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m <= k
    ? [...naiveConsistency(m, left, isKnown), naiveRoot(right)]
    : [...naiveConsistency(m - k, right, false), naiveRoot(left)];
}

/** Hash of a complete subtree, by the same recursion. */
export function naiveHashAt(leaves: Bytes[]): (level: number, index: number) => Promise<Bytes> {
  return async (level, index) =>
    naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
}

function naiveSplit(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
