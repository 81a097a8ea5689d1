import { DatabaseSync } from 'node:sqlite';
import { Containment } from '../../../src/graph/containment/containment.js';
import { ContainmentReader } from '../../../src/graph/containment/containment-reader.js';
import { formatContainmentSchema } from '../../../src/graph/containment/containment-schema.js';
import type { ContainmentStore } from '../../../src/graph/containment/containment-store.js';
import { MemoryContainmentStore } from './memory-store.js';
import type { Movement } from '../../../src/graph/containment/movement.js';
import { BEFORE_ALL } from '../../../src/graph/containment/position.js';
import { SqliteContainmentStore } from '../../../src/graph/containment/sqlite-store.js';
import { sortState, type Given, type NaiveState } from './naive-containment.js';
import fc from '../../support/fast-check.js';

export class TestSpace {
  readonly engine: Containment;
  readonly reader: ContainmentReader;

  constructor(
    readonly store: ContainmentStore,
    levelsMax?: number,
    readonly database?: DatabaseSync,
  ) {
    this.engine = new Containment(store, levelsMax);
    this.reader = new ContainmentReader(store, levelsMax);
  }

  static inMemory(levelsMax?: number): TestSpace {
    return new TestSpace(new MemoryContainmentStore(), levelsMax);
  }

  static inSqlite(levelsMax?: number): TestSpace {
    const database = new DatabaseSync(':memory:');
    database.exec(formatContainmentSchema('packing'));
    return new TestSpace(new SqliteContainmentStore(database, 'packing'), levelsMax, database);
  }

  apply(...given: Given[]): Set<number> {
    return this.engine.apply(given);
  }

  state(items: Iterable<number>): NaiveState {
    const { intervals, conflicts } = this.store;
    return sortState({
      intervals: [...items].flatMap((item) => intervals.openedFrom(item, BEFORE_ALL, 10_000)),
      conflicts: conflicts.list(0, 100_000),
    });
  }

  close(): void {
    this.database?.close();
  }
}

/** An event at `time`, recorded then. */
export function event(
  seq: number,
  time: number,
  kind: Movement['kind'],
  parent: number | undefined,
  children: number[],
): Movement {
  return { seq, eventTime: time, recordTime: time, kind, parent, children } as Movement;
}

export const ITEMS = [0, 1, 2, 3, 4, 5, 6];

const item = fc.constantFrom(...ITEMS);
const children = fc.array(item, { maxLength: 3 });
const body = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('ADD'), parent: item, children }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('DELETE'), parent: item, children }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('OBSERVE'),
      parent: fc.option(item, { nil: undefined }),
      children,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('END', 'CONSUME'), children }) },
);
const moment = fc.record({
  eventTime: fc.nat(9),
  recordTime: fc.nat(2),
});
const movement = fc.tuple(body, moment).map(([what, when]) => ({ ...what, ...when }));
const voiding = fc.record({ voids: fc.nat(20) });

/** A small log in which everything happens to few items at few times; `seq` is the place in it. */
export const randomMovements = fc
  .array(fc.oneof({ weight: 9, arbitrary: movement }, { weight: 1, arbitrary: voiding }), {
    maxLength: 30,
  })
  .map((all) => all.map((each, seq) => ({ ...each, seq }) as unknown as Given));

/** The log in another order, cut into batches. */
export function shuffled(log: Given[]): fc.Arbitrary<Given[][]> {
  const order = fc.shuffledSubarray(log, { minLength: log.length, maxLength: log.length });
  return fc.tuple(order, fc.integer({ min: 1, max: 6 })).map(([all, size]) => {
    const batches: Given[][] = [];
    for (let i = 0; i < all.length; i += size) batches.push(all.slice(i, i + size));
    return batches;
  });
}
