import { AppError } from '../error.js';
import { foldSubtrees, isPosition, splitOf, subtrees } from './tree.js';

/** Reads the hash of a complete subtree; a log answers from its tiles alone. */
export type HashAt = (level: number, index: number) => Promise<Uint8Array>;

/** The leaves [start, end). */
type Range = readonly [start: number, end: number];

/**
 * Audit path of RFC 9162 section 2.1.3.1, from the leaf's sibling up.
 * @throws AppError BAD_USER_INPUT when the tree has no such leaf
 */
export async function proveInclusion(
  seq: number,
  size: number,
  hashAt: HashAt,
): Promise<Uint8Array[]> {
  if (!isPosition(seq) || !isPosition(size) || seq >= size) {
    throw new AppError('BAD_USER_INPUT', 'the position is not in a tree of this size');
  }
  const siblings: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (seq < middle) {
      siblings.push([middle, end]);
      end = middle;
    } else {
      siblings.push([start, middle]);
      start = middle;
    }
  }
  return hashRanges(siblings.reverse(), hashAt);
}

/**
 * Consistency proof of RFC 9162 section 2.1.4.1, empty for equal sizes.
 * @throws AppError BAD_USER_INPUT unless 0 < from <= to: everything is consistent with the empty tree
 */
export async function proveConsistency(
  from: number,
  to: number,
  hashAt: HashAt,
): Promise<Uint8Array[]> {
  if (!isPosition(from) || !isPosition(to) || from === 0 || from > to) {
    throw new AppError('BAD_USER_INPUT', 'there is no consistency proof between these sizes');
  }
  const parts: Range[] = [];
  let [start, end] = [0, to];
  while (from < end) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      parts.push([middle, end]);
      end = middle;
    } else {
      parts.push([start, middle]);
      start = middle;
    }
  }
  // the old tree's own root is known to the verifier, unless the walk has gone to the right of it
  if (start > 0) parts.push([start, end]);
  return hashRanges(parts.reverse(), hashAt);
}

/** Root of the first `size` leaves. */
export async function rootAt(size: number, hashAt: HashAt): Promise<Uint8Array> {
  return hashRange([0, size], hashAt);
}

function hashRanges(ranges: Range[], hashAt: HashAt): Promise<Uint8Array[]> {
  return Promise.all(ranges.map((range) => hashRange(range, hashAt)));
}

async function hashRange([start, end]: Range, hashAt: HashAt): Promise<Uint8Array> {
  const nodes = subtrees(start, end);
  return foldSubtrees(await Promise.all(nodes.map(({ level, index }) => hashAt(level, index))));
}
