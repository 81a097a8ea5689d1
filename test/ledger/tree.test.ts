import { describe, expect, it } from '@jest/globals';
import { toHex, utf8 } from '../../src/crypto/bytes.js';
import { RightEdge } from '../../src/ledger/right-edge.js';
import {
  EMPTY_ROOT,
  floorLog2,
  foldSubtrees,
  hashLeaf,
  hashNode,
  splitOf,
  subtrees,
} from '../../src/ledger/tree.js';
import { leafHashes, naiveHashAt, naiveRoot } from './naive-tree.js';
import fc from '../support/fast-check.js';

describe('the tree', () => {
  it('hashes nothing, a leaf and a node as RFC 9162 says', () => {
    expect(toHex(EMPTY_ROOT)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    // the leaf and node of the reference trees of Certificate Transparency
    expect(toHex(hashLeaf(new Uint8Array(0)))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    const pair = hashNode(hashLeaf(new Uint8Array(0)), hashLeaf(Uint8Array.of(0)));
    expect(toHex(pair)).toBe('fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125');
  });

  it('keeps leaves and nodes apart', () => {
    const [a, b] = leafHashes(2) as [Uint8Array, Uint8Array];
    expect(hashLeaf(Buffer.concat([a, b]))).not.toEqual(hashNode(a, b));
    expect(hashLeaf(utf8('x'))).not.toEqual(hashLeaf(utf8('y')));
  });

  it('counts in powers of two beyond 32 bits', () => {
    expect([0, 1, 2, 3, 4, 2 ** 31, 2 ** 32 - 1, 2 ** 53 - 1].map(floorLog2)).toEqual([
      -1, 0, 1, 1, 2, 31, 31, 52,
    ]);
    expect([2, 3, 4, 5, 2 ** 40 + 1, 2 ** 53 - 1].map(splitOf)).toEqual([
      1,
      2,
      2,
      4,
      2 ** 40,
      2 ** 52,
    ]);
  });

  it('cuts any size into complete subtrees without gap or overlap', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (size) => {
        let at = 0;
        let former = Infinity;
        for (const { level, index } of subtrees(0, size)) {
          expect(index * 2 ** level).toBe(at);
          expect(level).toBeLessThan(former);
          at += 2 ** level;
          former = level;
        }
        expect(at).toBe(size);
      }),
    );
  });

  it('has the root of the recursion for every size up to 130', async () => {
    const leaves = leafHashes(130);
    const edge = new RightEdge();
    expect(edge.root()).toEqual(naiveRoot([]));
    for (const [i, leaf] of leaves.entries()) {
      edge.append(leaf);
      const some = leaves.slice(0, i + 1);
      const hashAt = naiveHashAt(some);
      const parts = subtrees(0, i + 1).map(({ level, index }) => hashAt(level, index));
      const root = naiveRoot(some);
      expect(edge.root()).toEqual(root);
      expect(foldSubtrees(await Promise.all(parts))).toEqual(root);
    }
  });

  it('grows on from any size as if it had never stopped', async () => {
    const leaves = leafHashes(100);
    await fc.assert(
      fc.asyncProperty(fc.nat(100), fc.nat(100), async (a, b) => {
        const [size, more] = [Math.min(a, b), Math.max(a, b)];
        const hashes = new Map<string, Uint8Array>();
        for (const { level, index } of subtrees(0, size)) {
          hashes.set(`${level}/${index}`, await naiveHashAt(leaves)(level, index));
        }
        const edge = new RightEdge(size, (level, index) => hashes.get(`${level}/${index}`)!);
        const clone = edge.clone();
        for (const leaf of leaves.slice(size, more)) clone.append(leaf);
        expect(edge.root()).toEqual(naiveRoot(leaves.slice(0, size)));
        expect(clone.root()).toEqual(naiveRoot(leaves.slice(0, more)));
      }),
      { numRuns: 40 },
    );
  });
});
