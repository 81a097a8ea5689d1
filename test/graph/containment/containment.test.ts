import { describe, expect, it } from '@jest/globals';
import { endOf } from '../../../src/graph/containment/interval.js';
import { event, ITEMS, randomMovements, shuffled, TestSpace } from './containment-space.js';
import { naiveAt, naiveReplay } from './naive-containment.js';
import fc, { tries } from '../../support/fast-check.js';

const logs = randomMovements.chain((log) => fc.tuple(fc.constant(log), shuffled(log)));
const levels = fc.constantFrom(64, 64, 2, 1);

describe('containment', () => {
  it('is what a replay of everything gives, in whatever order events come', () => {
    fc.assert(
      fc.property(logs, levels, ([log, batches], levelsMax) => {
        const space = TestSpace.inMemory(levelsMax);
        for (const batch of batches) space.apply(...batch);
        expect(space.state(ITEMS)).toEqual(naiveReplay(log, Infinity, levelsMax));
      }),
      tries(3_000, 1),
    );
  });

  it('is what a replay gives after every single batch', () => {
    fc.assert(
      fc.property(logs, ([, batches]) => {
        const space = TestSpace.inMemory();
        for (let i = 0; i < batches.length; i++) {
          space.apply(...batches[i]!);
          expect(space.state(ITEMS)).toEqual(naiveReplay(batches.slice(0, i + 1).flat()));
        }
      }),
      tries(500, 2),
    );
  });

  it('is the same in SQLite', () => {
    fc.assert(
      fc.property(logs, levels, ([log, batches], levelsMax) => {
        const space = TestSpace.inSqlite(levelsMax);
        for (const batch of batches) space.apply(...batch);
        expect(space.state(ITEMS)).toEqual(naiveReplay(log, Infinity, levelsMax));
        space.close();
      }),
      tries(300, 3),
    );
  });

  it('has at most one parent for a child, and never a cycle, at any time', () => {
    fc.assert(
      fc.property(logs, ([, batches]) => {
        const space = TestSpace.inMemory();
        for (const batch of batches) space.apply(...batch);
        const { intervals } = space.state(ITEMS);
        for (let time = -1; time <= 10; time++) {
          const held = intervals.filter((each) => each.from.time <= time && time < endOf(each));
          const parents = new Map(held.map(({ child, parent }) => [child, parent]));
          expect(parents.size).toBe(held.length);
          for (const child of ITEMS) {
            const seen = new Set<number>();
            for (let up: number | undefined = child; up !== undefined; up = parents.get(up)) {
              expect(seen.has(up)).toBe(false);
              seen.add(up);
            }
          }
        }
      }),
      tries(300, 4),
    );
  });

  it('tells which children it moved', () => {
    fc.assert(
      fc.property(logs, ([, batches]) => {
        const space = TestSpace.inMemory();
        for (const batch of batches) {
          const before = new Map(ITEMS.map((item) => [item, space.state([item]).intervals]));
          const touched = space.apply(...batch);
          for (const item of ITEMS) {
            if (!touched.has(item)) expect(space.state([item]).intervals).toEqual(before.get(item));
          }
        }
      }),
      tries(300, 5),
    );
  });

  it('passes over an event it has already', () => {
    fc.assert(
      fc.property(randomMovements, (log) => {
        const space = TestSpace.inSqlite();
        space.apply(...log);
        space.apply(...log);
        expect(space.state(ITEMS)).toEqual(naiveReplay(log));
        space.close();
      }),
      tries(100, 6),
    );
  });

  it('lets a voided ADD take its intervals with it, and what they had changed', () => {
    const space = TestSpace.inMemory();
    space.apply(event(0, 10, 'ADD', 100, [1]), event(1, 20, 'ADD', 200, [1]));
    space.apply(event(2, 30, 'DELETE', 100, [1]));
    expect(space.state([1]).conflicts.map(({ kind }) => kind)).toEqual([
      'REPARENTED_WITHOUT_DELETE',
      'DELETE_WITHOUT_ADD',
    ]);
    expect([...space.apply({ seq: 3, voids: 1 })]).toEqual([1]);
    const { intervals, conflicts } = space.state([1]);
    expect(intervals.map(({ parent, from, to }) => [parent, from.time, to?.time])).toEqual([
      [100, 10, 30],
    ]);
    expect(conflicts).toEqual([]);
  });

  it('voids an event that comes after what voids it', () => {
    const space = TestSpace.inMemory();
    space.apply({ seq: 2, voids: 1 });
    space.apply(event(1, 10, 'ADD', 100, [1]));
    expect(space.state([1]).intervals).toEqual([]);
  });

  it('has a child in at the start of an interval and out at its end', () => {
    const space = TestSpace.inMemory();
    space.apply(event(0, 10, 'ADD', 100, [1]), event(1, 20, 'DELETE', 100, []));
    const at = (asOf: number) => space.reader.parentAt(1, { asOf })?.parent;
    expect([9, 10, 19, 20].map(at)).toEqual([undefined, 100, 100, undefined]);
  });

  it('lets children of a destroyed container live on, in no container', () => {
    const space = TestSpace.inMemory();
    space.apply(event(0, 10, 'ADD', 100, [1, 2]), event(1, 11, 'ADD', 200, [100]));
    space.apply(event(2, 20, 'END', undefined, [100]));
    space.apply(event(3, 30, 'ADD', 300, [1]));
    expect(space.reader.chainAt(2, { asOf: 25 }).links).toEqual([]);
    expect(space.reader.parentAt(1, { asOf: 30 })?.parent).toBe(300);
    expect(space.reader.parentAt(100, { asOf: 30 })?.parent).toBe(200);
    expect(space.state([]).conflicts).toEqual([]);
  });

  it('takes the inputs of a transformation out of their container', () => {
    const space = TestSpace.inMemory();
    space.apply(event(0, 10, 'ADD', 100, [1, 2]), event(1, 20, 'CONSUME', undefined, [1]));
    const inside = space.reader.childrenAt(100, { asOf: 20 }, 10);
    expect(inside.intervals.map(({ child }) => child)).toEqual([2]);
  });

  it('refuses an item as its own container, and a container in what it holds', () => {
    const space = TestSpace.inMemory();
    space.apply(event(0, 10, 'ADD', 1, [1]), event(1, 20, 'ADD', 2, [1]));
    space.apply(event(2, 30, 'ADD', 3, [2]), event(3, 40, 'ADD', 1, [3]));
    const { conflicts } = space.state([]);
    expect(conflicts.map(({ seq, kind }) => [seq, kind])).toEqual([
      [0, 'CYCLE'],
      [3, 'CYCLE'],
    ]);
  });

  it('opens again what a late event shows to have been no cycle', () => {
    const space = TestSpace.inMemory();
    space.apply(event(0, 10, 'ADD', 2, [1]), event(1, 30, 'ADD', 1, [2]));
    expect(space.state([1, 2]).conflicts).toHaveLength(1);
    expect([...space.apply(event(2, 20, 'DELETE', 2, [1]))].sort()).toEqual([1, 2]);
    expect(space.state([1, 2]).conflicts).toEqual([]);
    expect(space.reader.parentAt(2, { asOf: 30 })?.parent).toBe(1);
  });

  it('puts no child deeper than the levels it can walk, and says so', () => {
    const space = TestSpace.inMemory();
    const bottomUp = Array.from({ length: 70 }, (_, i) => event(i, i, 'ADD', i + 1, [i]));
    space.apply(...bottomUp, event(70, 70, 'ADD', 0, [1_000]));
    expect(space.state([]).conflicts.map(({ seq, kind }) => [seq, kind])).toEqual([
      [70, 'TOO_DEEP'],
    ]);
    const chain = space.reader.chainAt(0, { asOf: 100 });
    expect(chain.isComplete).toBe(false);
    expect(chain.links).toHaveLength(64);
    expect(space.reader.stretchesOf(0, {}).isComplete).toBe(false);
    const rest = space.reader.chainAt(chain.links.at(-1)!.parent, { asOf: 100 });
    expect(rest).toMatchObject({ isComplete: true, links: { length: 6 } });
  });

  it('applies nothing of a batch with something in it that is no movement', () => {
    const space = TestSpace.inMemory();
    const good = event(0, 10, 'ADD', 100, [1]);
    const bad = [
      event(1, 10, 'ADD', undefined, [1]),
      event(1, 10, 'END', 100, [1]),
      event(1, Number.NaN, 'ADD', 100, [1]),
      event(1, 1e16, 'ADD', 100, [1]),
      event(-1, 10, 'ADD', 100, [1]),
      event(1, 10, 'ADD', 100, [1.5]),
      { seq: 1, voids: -1 },
    ];
    for (const each of bad) {
      expect(() => space.apply(good, each)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    }
    expect(space.state([1]).intervals).toEqual([]);
  });

  it('takes times before 1970, at the ends of the calendar and equal ones', () => {
    const space = TestSpace.inSqlite();
    space.apply(event(0, -8.64e15, 'ADD', 100, [1]), event(1, 8.64e15, 'DELETE', 100, [1]));
    space.apply(event(2, 5, 'ADD', 200, [2]), event(3, 5, 'DELETE', 200, [2]));
    expect(space.reader.parentAt(1, { asOf: 0 })?.parent).toBe(100);
    expect(space.reader.parentAt(1, { asOf: 8.64e15 })).toBeUndefined();
    expect(space.reader.parentAt(2, { asOf: 5 })).toBeUndefined();
    expect(space.state([2]).intervals).toHaveLength(1);
    space.close();
  });

  it('holds a hub of many children, and a late change moves only whom it concerns', () => {
    for (const space of [TestSpace.inMemory(), TestSpace.inSqlite()]) {
      const children = Array.from({ length: 3_000 }, (_, i) => i);
      space.apply(event(0, 10, 'ADD', 9_999, children));
      for (let i = 0; i < 300; i++) space.apply(event(i + 1, 100 + i, 'ADD', 9_999, [3_000 + i]));
      expect([...space.apply(event(400, 50, 'DELETE', 9_999, [7]))]).toEqual([7]);
      expect([...space.apply(event(401, 20, 'ADD', 20_000, [9_999]))]).toEqual([9_999]);
      expect([...space.apply(event(402, 105, 'ADD', 3_299, [9_999]))]).toEqual([9_999, 3_299]);
      expect(space.apply(event(403, 90, 'DELETE', 9_999, [])).size).toBe(2_999);
      space.close();
    }
  });

  it('takes units in cases on pallets in trucks, event by event', () => {
    const space = TestSpace.inSqlite();
    const [cases, perCase] = [500, 20];
    let seq = 0;
    space.database!.exec('BEGIN');
    for (let i = 0; i < cases; i++) {
      const units = Array.from({ length: perCase }, (_, k) => 100_000 + i * perCase + k);
      for (const unit of units) space.apply(event(seq++, seq, 'ADD', i, [unit]));
      space.apply(event(seq++, seq, 'ADD', 10_000 + (i % 10), [i]));
    }
    for (let i = 0; i < 10; i++) space.apply(event(seq++, seq, 'ADD', 20_000, [10_000 + i]));
    for (let i = 0; i < cases; i++) space.apply(event(seq++, seq, 'DELETE', i, []));
    space.database!.exec('COMMIT');
    const { reader, store } = space;
    const { links } = reader.chainAt(100_000 + 77 * perCase, { asOf: seq - cases });
    expect(links.map(({ parent }) => parent)).toEqual([77, 10_007, 20_000]);
    expect(reader.chainAt(100_000 + 77 * perCase, { asOf: seq }).links).toEqual([]);
    expect(reader.childrenAt(10_007, { asOf: seq }, 100).intervals).toHaveLength(50);
    expect(store.conflicts.list(0, 1)).toEqual([]);
    space.close();
  });

  it('does nothing of its own to a transaction', () => {
    const space = TestSpace.inSqlite();
    space.apply(event(0, 10, 'ADD', 100, [1]));
    space.database!.exec('BEGIN');
    space.apply(event(1, 20, 'DELETE', 100, []), event(2, 30, 'ADD', 200, [1]));
    space.database!.exec('ROLLBACK');
    expect(space.reader.parentAt(1, { asOf: 30 })?.parent).toBe(100);
    space.apply(event(1, 40, 'ADD', 300, [1]));
    expect(space.state([1])).toEqual(
      naiveReplay([event(0, 10, 'ADD', 100, [1]), event(1, 40, 'ADD', 300, [1])]),
    );
    space.close();
  });

  it('answers at each instant as the replay does', () => {
    fc.assert(
      fc.property(logs, ([log, batches]) => {
        const space = TestSpace.inMemory();
        for (const batch of batches) space.apply(...batch);
        const state = naiveReplay(log);
        for (const item of ITEMS) {
          for (let asOf = -1; asOf <= 10; asOf++) {
            expect(space.reader.parentAt(item, { asOf })).toEqual(naiveAt(state, item, asOf));
          }
        }
      }),
      tries(200, 7),
    );
  });
});
