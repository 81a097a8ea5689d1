import { describe, expect, it } from '@jest/globals';
import type { ParentCursor } from '../../../src/graph/containment/containment-store.js';
import { covers, type Interval } from '../../../src/graph/containment/interval.js';
import type { IntervalPage } from '../../../src/graph/containment/containment-reader.js';
import { event, ITEMS, randomMovements, shuffled, TestSpace } from './containment-space.js';
import { naiveAt, naiveReplay } from './naive-containment.js';
import fc, { tries } from '../../support/fast-check.js';

const logs = randomMovements.chain((log) => fc.tuple(fc.constant(log), shuffled(log)));
const knownAts = fc.option(fc.nat(31), { nil: undefined });

function collect(read: (after?: ParentCursor) => IntervalPage): Interval[] {
  const all: Interval[] = [];
  let page = read();
  for (let turn = 0; turn < 100; turn++) {
    all.push(...page.intervals);
    if (!page.next) return all;
    page = read(page.next);
  }
  throw new Error('the pages do not end');
}

function byChild(a: Interval, b: Interval): number {
  return (
    a.child - b.child ||
    a.from.time - b.from.time ||
    a.from.recordTime - b.from.recordTime ||
    a.from.seq - b.from.seq
  );
}

describe('reading containment', () => {
  it('tells what was known at any ledger position', () => {
    fc.assert(
      fc.property(logs, knownAts, fc.boolean(), ([log, batches], knownAt, isSqlite) => {
        const space = isSqlite ? TestSpace.inSqlite() : TestSpace.inMemory();
        for (const batch of batches) space.apply(...batch);
        const state = naiveReplay(log, knownAt);
        for (const item of ITEMS) {
          const intervals = state.intervals.filter(({ child }) => child === item);
          expect(space.reader.intervalsOf(item, 1_000, undefined, knownAt)).toEqual(intervals);
          const conflicts = state.conflicts.filter(({ child }) => child === item);
          const told = space.reader.conflictsOf(item, 1_000, 0, knownAt);
          expect(new Set(told)).toEqual(new Set(conflicts));
          for (const asOf of [0, 3, 6, 9]) {
            const links: Interval[] = [];
            let link = naiveAt(state, item, asOf);
            for (; link; link = naiveAt(state, link.parent, asOf)) links.push(link);
            const chain = space.reader.chainAt(item, { asOf, knownAt });
            expect(chain).toEqual({ links, isComplete: true });
          }
        }
        space.close();
      }),
      tries(300, 11),
    );
  });

  it('lists the children of a parent page by page', () => {
    const ask = fc.record({ asOf: fc.nat(10), first: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(logs, knownAts, ask, fc.boolean(), ([log, batches], knownAt, asked, isSqlite) => {
        const space = isSqlite ? TestSpace.inSqlite() : TestSpace.inMemory();
        for (const batch of batches) space.apply(...batch);
        const { asOf, first } = asked;
        const { intervals } = naiveReplay(log, knownAt);
        for (const parent of ITEMS) {
          const mine = intervals.filter((each) => each.parent === parent);
          const inside = mine.filter(
            ({ from, to }) => from.time <= asOf && (!to || asOf < to.time),
          );
          const children = collect((after) =>
            space.reader.childrenAt(parent, { asOf, knownAt }, first, after),
          );
          expect(children.sort(byChild)).toEqual(inside);
          const all = collect((after) =>
            space.reader.intervalsOfParent(parent, {}, first, after, knownAt),
          );
          expect(all.sort(byChild)).toEqual(mine);
        }
        space.close();
      }),
      tries(300, 12),
    );
  });

  it('lists the intervals of a child page by page', () => {
    const space = TestSpace.inMemory();
    for (let i = 0; i < 10; i++) space.apply(event(i, i, 'ADD', 100 + i, [1]));
    const parents: number[] = [];
    for (let after: Interval | undefined; ;) {
      const page = space.reader.intervalsOf(1, 3, after?.from);
      parents.push(...page.map(({ parent }) => parent));
      if (page.length < 3) break;
      after = page[2];
    }
    expect(parents).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
  });

  it('counts a voided event for whoever does not know its error declaration', () => {
    const space = TestSpace.inSqlite();
    space.apply(event(0, 10, 'ADD', 100, [1]), { seq: 5, voids: 0 });
    const at = (knownAt?: number) => space.reader.parentAt(1, { asOf: 10, knownAt })?.parent;
    expect([0, 1, 5, 6, undefined].map(at)).toEqual([undefined, 100, 100, undefined, undefined]);
    const inside = (knownAt: number) => space.reader.childrenAt(100, { asOf: 10, knownAt }, 5);
    expect(inside(5).intervals).toHaveLength(1);
    expect(inside(6).intervals).toHaveLength(0);
    space.close();
  });

  it('covers a position by a stretch just when every link of the chain covers it', () => {
    fc.assert(
      fc.property(logs, knownAts, ([log, batches], knownAt) => {
        const space = TestSpace.inMemory();
        for (const batch of batches) space.apply(...batch);
        const { intervals } = naiveReplay(log, knownAt);
        const positions = log.flatMap((each) =>
          'voids' in each
            ? []
            : [{ time: each.eventTime, recordTime: each.recordTime, seq: each.seq }],
        );
        for (const item of ITEMS) {
          const { stretches, isComplete } = space.reader.stretchesOf(item, {}, knownAt);
          expect(isComplete).toBe(true);
          for (const position of positions) {
            const above: number[] = [];
            const up = (child: number) =>
              intervals.find((each) => each.child === child && covers(each, position))?.parent;
            for (let parent = up(item); parent !== undefined; parent = up(parent)) {
              above.push(parent);
            }
            const found = stretches.filter((each) => covers(each, position));
            expect(found.map(({ container }) => container)).toEqual(above);
            expect(found.map(({ level }) => level)).toEqual(above.map((_, i) => i + 1));
          }
        }
      }),
      tries(300, 13),
    );
  });

  it('cuts stretches to the time asked for, half-open', () => {
    const space = TestSpace.inMemory();
    space.apply(event(0, 10, 'ADD', 100, [1]), event(1, 20, 'ADD', 200, [100]));
    space.apply(event(2, 30, 'DELETE', 200, []), event(3, 40, 'DELETE', 100, []));
    const times = (from?: number, to?: number) =>
      space.reader
        .stretchesOf(1, { from, to })
        .stretches.map((each) => [each.container, each.level, each.from.time, each.to?.time]);
    expect(times()).toEqual([
      [100, 1, 10, 40],
      [200, 2, 20, 30],
    ]);
    expect(times(25, 35)).toEqual([
      [100, 1, 25, 35],
      [200, 2, 25, 30],
    ]);
    // Covers no instant, but what stands at that time before the DELETE.
    expect(times(30, 35)).toEqual([
      [100, 1, 30, 35],
      [200, 2, 30, 30],
    ]);
    expect(times(41)).toEqual([]);
    expect(times(0, 10)).toEqual([]);
    expect(times(5, 5)).toEqual([]);
  });

  it('refuses a page of a size that makes no sense', () => {
    const { reader } = TestSpace.inMemory();
    for (const first of [0, -1, 1.5, Number.NaN, 10_001]) {
      const refusal = expect.objectContaining({ code: 'BAD_USER_INPUT' });
      expect(() => reader.childrenAt(1, { asOf: 0 }, first)).toThrow(refusal);
      expect(() => reader.intervalsOf(1, first)).toThrow(refusal);
    }
  });
});
