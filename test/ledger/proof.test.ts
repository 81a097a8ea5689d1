import { describe, expect, it } from '@jest/globals';
import { proveConsistency, proveInclusion, rootAt } from '../../src/ledger/proof.js';
import { verifyConsistency, verifyInclusion } from '../../src/ledger/verify.js';
import {
  leafHashes,
  naiveConsistency,
  naiveHashAt,
  naiveInclusion,
  naiveRoot,
} from './naive-tree.js';
import fc from '../support/fast-check.js';

const LEAVES = leafHashes(300);
const roots = LEAVES.map((_, i) => naiveRoot(LEAVES.slice(0, i + 1)));
const rootOf = (size: number) => roots[size - 1]!;
const hashAt = naiveHashAt(LEAVES);
const refused = expect.objectContaining({ code: 'PROOF_REFUSED' });

describe('inclusion proofs', () => {
  it('are those of the recursion, and verify, for every leaf of every tree up to 33', async () => {
    for (let size = 1; size <= 33; size++) {
      const leaves = LEAVES.slice(0, size);
      for (let seq = 0; seq < size; seq++) {
        const proof = await proveInclusion(seq, size, hashAt);
        expect(proof).toEqual(naiveInclusion(seq, leaves));
        verifyInclusion(proof, seq, size, LEAVES[seq]!, rootOf(size));
      }
    }
  });

  it('refuse another leaf, place, size or root, and a hash changed, added or left out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), async (size, a, b) => {
        const seq = a % size;
        const proof = await proveInclusion(seq, size, hashAt);
        const [leaf, root] = [LEAVES[seq]!, rootOf(size)];
        const verify = (...args: Parameters<typeof verifyInclusion>) =>
          expect(() => verifyInclusion(...args)).toThrow(refused);
        verifyInclusion(proof, seq, size, leaf, root);
        verify(proof, seq, size, LEAVES[(seq + 1) % size]!, root);
        verify(proof, (seq + 1) % size, size, leaf, root);
        verify(proof, seq, size, leaf, rootOf((size % 300) + 1));
        verify(proof, seq, size * 2, leaf, root);
        verify(proof.slice(1), seq, size, leaf, root);
        verify(proof.slice(0, -1), seq, size, leaf, root);
        verify([...proof, root], seq, size, leaf, root);
        verify([leaf, ...proof], seq, size, leaf, root);
        const changed = proof.map((hash) => hash.slice());
        changed[b % proof.length]![b % 32]! ^= 1 << (b % 8);
        verify(changed, seq, size, leaf, root);
      }),
      { numRuns: 40 },
    );
  });

  it('refuse positions that are no positions', async () => {
    for (const seq of [-1, 1.5, NaN, 2 ** 53, Infinity, 8]) {
      expect(() => verifyInclusion([], seq, 8, LEAVES[0]!, rootOf(8))).toThrow(refused);
      await expect(proveInclusion(seq, 8, hashAt)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    }
    expect(() => verifyInclusion([], 0, 2 ** 53, LEAVES[0]!, rootOf(8))).toThrow(refused);
  });

  it('refuse hashes that are not 32 bytes, a node passed off as a leaf among them', async () => {
    const proof = await proveInclusion(0, 8, hashAt);
    const short = LEAVES[0]!.slice(1);
    expect(() => verifyInclusion(proof, 0, 8, short, rootOf(8))).toThrow(refused);
    expect(() => verifyInclusion([short, ...proof.slice(1)], 0, 8, LEAVES[0]!, rootOf(8))).toThrow(
      refused,
    );
    const node = naiveRoot(LEAVES.slice(0, 2));
    expect(() => verifyInclusion(proof.slice(1), 0, 8, node, rootOf(8))).toThrow(refused);
  });
});

describe('consistency proofs', () => {
  it('are those of the recursion, and verify, between all trees up to 33', async () => {
    for (let to = 1; to <= 33; to++) {
      for (let from = 1; from <= to; from++) {
        const proof = await proveConsistency(from, to, hashAt);
        expect(proof).toEqual(naiveConsistency(from, LEAVES.slice(0, to)));
        verifyConsistency(from, to, rootOf(from), rootOf(to), proof);
      }
    }
  });

  it('refuse other sizes and roots, and a hash changed, added or left out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), async (to, a, b) => {
        const from = 1 + (a % (to - 1));
        const proof = await proveConsistency(from, to, hashAt);
        const verify = (...args: Parameters<typeof verifyConsistency>) =>
          expect(() => verifyConsistency(...args)).toThrow(refused);
        const [older, newer] = [rootOf(from), rootOf(to)];
        verifyConsistency(from, to, older, newer, proof);
        verify(from, to, newer, older, proof);
        verify(from, to, LEAVES[299]!, newer, proof);
        verify(from, to, older, LEAVES[299]!, proof);
        verify(to, from, older, newer, proof);
        verify(from, to, older, newer, proof.slice(1));
        verify(from, to, older, newer, proof.slice(0, -1));
        verify(from, to, older, newer, [...proof, newer]);
        verify(from, from, older, newer, []);
        verify(0, to, older, newer, proof);
        const changed = proof.map((hash) => hash.slice());
        changed[b % proof.length]![b % 32]! ^= 1 << (b % 8);
        verify(from, to, older, newer, changed);
      }),
      { numRuns: 40 },
    );
  });

  it('prove nothing about the empty tree, which every tree begins with', async () => {
    await expect(proveConsistency(0, 8, hashAt)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(proveConsistency(9, 8, hashAt)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(() => verifyConsistency(0, 0, rootOf(1), rootOf(1), [])).toThrow(refused);
  });

  it('give the root of any earlier size', async () => {
    for (const size of [1, 2, 3, 7, 8, 255, 256, 257, 300]) {
      expect(await rootAt(size, hashAt)).toEqual(rootOf(size));
    }
    expect(await rootAt(0, hashAt)).toEqual(naiveRoot([]));
  });
});
