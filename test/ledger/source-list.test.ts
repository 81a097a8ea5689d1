import { describe, expect, it } from '@jest/globals';
import { fromBase64url, utf8 } from '../../src/crypto/bytes.js';
import { cidOf } from '../../src/crypto/cid.js';
import { AppError } from '../../src/error.js';
import {
  formatSourceList,
  PART_SOURCES,
  readSourceList,
  SOURCES_MAX,
  verifySourceList,
  type SourceList,
} from '../../src/ledger/source-list.js';
import { proveSource } from '../../src/ledger/source-proof.js';
import { hashLeaf } from '../../src/ledger/tree.js';
import { verifyInclusion } from '../../src/ledger/verify.js';
import { naiveRoot } from './naive-tree.js';
import fc from '../support/fast-check.js';

const cids = (count: number) => Array.from({ length: count }, (_, i) => cidOf(utf8(`s${i}`)));

/** Blocks by CID, hash checked as the archive does. */
function storeOf({ blocks }: SourceList) {
  const held = new Map(blocks.map(({ cid, bytes }) => [cid, bytes]));
  const read = (asked: readonly string[]) =>
    Promise.resolve(
      asked.map((cid) => {
        const bytes = held.get(cid);
        if (bytes && cidOf(bytes) === cid) return bytes;
        return new AppError('UNAVAILABLE', 'the block is not available');
      }),
    );
  return { held, read };
}

async function readAll(list: SourceList): Promise<string[]> {
  const found: string[] = [];
  for await (const some of readSourceList(list.sources, storeOf(list).read)) found.push(...some);
  return found;
}

describe('a list of sources', () => {
  it('gives back the sources it was made of, in order, under the root of RFC 9162', async () => {
    const counts = fc.constantFrom(1, 2, 3, 65, PART_SOURCES - 1, PART_SOURCES, PART_SOURCES + 1);
    await fc.assert(
      fc.asyncProperty(counts, async (count) => {
        const statements = cids(count);
        const list = await formatSourceList(statements);
        expect(await readAll(list)).toEqual(statements);
        expect(list.blocks).toHaveLength(1 + Math.ceil(count / PART_SOURCES));
        const root = naiveRoot(statements.map((cid) => hashLeaf(utf8(cid))));
        expect(fromBase64url(list.sources.root)).toEqual(root);
        expect(await verifySourceList(list.sources, storeOf(list).read)).toBe(list.blocks.length);
      }),
      { numRuns: 14 },
    );
  });

  it('takes one source at least and 100,000 at most', async () => {
    await expect(formatSourceList([])).rejects.toMatchObject({ code: 'EMPTY_INPUT' });
    const many = Array.from({ length: SOURCES_MAX + 1 }, () => cidOf(utf8('x')));
    await expect(formatSourceList(many)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('names what is missing, damaged or of another list', async () => {
    const list = await formatSourceList(cids(PART_SOURCES + 5));
    const verify = (change: (held: Map<string, Uint8Array>) => void, sources = list.sources) => {
      const { held, read } = storeOf(list);
      change(held);
      return verifySourceList(sources, read);
    };
    const [first, second, top] = list.blocks as [...{ cid: string; bytes: Uint8Array }[]] & {
      length: 3;
    };
    await expect(verify((held) => held.delete(second!.cid))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('part 1'),
    });
    const flipped = Uint8Array.from(first!.bytes);
    flipped[100]! ^= 1;
    await expect(verify((held) => held.set(first!.cid, flipped))).rejects.toMatchObject({
      message: expect.stringContaining('part 0'),
    });
    await expect(verify((held) => held.delete(top!.cid))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    for (const wrong of [
      { ...list.sources, count: PART_SOURCES + 4 },
      { ...list.sources, root: 'A'.repeat(43) },
      { ...list.sources, list: first!.cid },
    ]) {
      await expect(verify(() => {}, wrong)).rejects.toMatchObject({ code: 'ENTRY_REFUSED' });
    }
  });
});

describe('a proof of a source', () => {
  it('is accepted by the code that verifies entries, and only for that source', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), async (count, pick) => {
        const statements = cids(count);
        const index = pick % count;
        const { hashes, root } = await proveSource(statements, index);
        const leaf = hashLeaf(utf8(statements[index]!));
        verifyInclusion(hashes, index, count, leaf, root);
        const other = hashLeaf(utf8(cidOf(utf8('other'))));
        expect(() => verifyInclusion(hashes, index, count, other, root)).toThrow(AppError);
      }),
      { numRuns: 40 },
    );
    await expect(proveSource(cids(3), 3)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
