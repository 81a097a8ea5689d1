import { describe, expect, it } from '@jest/globals';
import type { SharedState } from '../../../src/graph/trace/recall-history.js';
import { RecallTally } from '../../../src/graph/trace/recall-tally.js';
import { bucketOf, RECALL_BUCKETS, type RecallCounts } from '../../../src/graph/trace/recall.js';
import fc from '../../support/fast-check.js';

const some = (...texts: string[]) => fc.option(fc.constantFrom(...texts), { nil: undefined });
const state: fc.Arbitrary<SharedState> = fc.record({
  status: fc.constantFrom(
    ...(['AT_SITE', 'IN_TRANSIT', 'DISPENSED', 'DESTROYED', 'DECOMMISSIONED'] as const),
    ...(['CONSUMED', 'UNKNOWN'] as const),
  ),
  site: some('a', 'b', 'c'),
  custodian: some('a', 'x'),
  owner: some('x', 'y'),
  isRecalled: fc.boolean(),
});

const sum = (counts: RecallCounts) =>
  RECALL_BUCKETS.reduce((total, bucket) => total + counts[bucket], 0);

describe('the count of a recall', () => {
  it('puts each status into one bucket', () => {
    expect(bucketOf('CONSUMED')).toBe('DECOMMISSIONED');
    expect(bucketOf('UNKNOWN')).toBe('UNACCOUNTED');
    for (const status of ['AT_SITE', 'IN_TRANSIT', 'DISPENSED', 'DESTROYED'] as const) {
      expect(bucketOf(status)).toBe(status);
    }
  });

  it('sums up to the units, in all, in each group and over all groups', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 60 }), (states) => {
        const tally = new RecallTally();
        for (const one of states) tally.add(one, 'product');
        expect(tally.counts.total).toBe(states.length);
        expect(sum(tally.counts)).toBe(states.length);
        expect(tally.recalled).toBe(states.filter(({ isRecalled }) => isRecalled).length);
        for (const groups of Object.values(
          tally.groups(
            () => undefined,
            () => 'Pills',
          ),
        )) {
          for (const { counts } of groups) expect(sum(counts)).toBe(counts.total);
          for (const bucket of [...RECALL_BUCKETS, 'total'] as const) {
            const over = groups.reduce((total, { counts }) => total + counts[bucket], 0);
            expect(over).toBe(tally.counts[bucket]);
          }
          const totals = groups.map(({ counts }) => counts.total);
          expect(totals).toEqual([...totals].sort((a, b) => b - a));
        }
      }),
      { seed: 20_260_103 },
    );
  });

  it('lists a thousand groups, and says when there are more', () => {
    const tally = new RecallTally();
    const at = (site: string): SharedState => ({ status: 'AT_SITE', site, isRecalled: false });
    for (let n = 0; n < 1_000; n++) tally.add(at(`site ${n}`), 'product');
    expect(tally.areAllListed).toBe(true);
    tally.add(at('one more'), 'product');
    tally.add(at('one more'), 'product');
    expect(tally.areAllListed).toBe(false);
    const { bySite } = tally.groups(
      (id) => id.toUpperCase(),
      () => undefined,
    );
    expect(bySite).toHaveLength(1_000);
    expect(bySite[0]).toMatchObject({ id: 'one more', name: 'ONE MORE', counts: { total: 2 } });
  });
});
