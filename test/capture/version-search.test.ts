import { describe, expect, it } from '@jest/globals';
import { findNewest } from '../../src/capture/version-search.js';
import fc from '../support/fast-check.js';

describe('the search for the newest version', () => {
  it('finds it for each record, however many versions there are, in few rounds', async () => {
    const records = fc.uniqueArray(fc.tuple(fc.string(), fc.integer({ min: 0, max: 5_000 })), {
      selector: ([rid]) => rid,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(records, async (versions) => {
        const count = new Map(versions);
        let rounds = 0;
        const nonceOf = (rid: string, ver: number) => JSON.stringify([rid, ver]);
        const used = async (nonces: string[]) => {
          rounds++;
          return nonces.map((nonce) => {
            const [rid, ver] = JSON.parse(nonce) as [string, number];
            return ver <= count.get(rid)! ? ver * 10 : undefined;
          });
        };
        const found = await findNewest([...count.keys()], nonceOf, used);
        const expected = versions.filter(([, ver]) => ver > 0);
        expect([...found].sort()).toEqual(
          expected.map(([rid, ver]) => [rid, { ver, seq: ver * 10 }]).sort(),
        );
        const most = Math.max(0, ...versions.map(([, ver]) => ver));
        expect(rounds).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(most + 1)) + 2);
      }),
      { numRuns: 100, seed: 4 },
    );
  });

  it('asks once for records that are new', async () => {
    const asked: string[][] = [];
    const used = async (nonces: string[]) => {
      asked.push(nonces);
      return nonces.map(() => undefined);
    };
    expect(await findNewest(['a', 'b'], (rid, ver) => `${rid}${ver}`, used)).toEqual(new Map());
    expect(asked).toEqual([['a1', 'b1']]);
  });
});
