import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { sumDecimals } from '../../../src/graph/containment/decimal-sum.js';
import { balanceAt, type QuantityChange } from '../../../src/graph/containment/quantity-balance.js';
import { QUANTITY_SCHEMA, QuantityTable } from '../../../src/graph/containment/quantity-table.js';
import fc from '../../support/fast-check.js';

function change(seq: number, time: number, lot?: number, amount?: number): QuantityChange {
  return { parent: 1, position: { time, recordTime: time, seq }, lot, amount };
}

function tableOf(...changes: QuantityChange[]): QuantityTable {
  const database = new DatabaseSync(':memory:');
  database.exec(QUANTITY_SCHEMA);
  const table = new QuantityTable(database);
  for (const each of changes) table.put([each]);
  return table;
}

describe('quantities', () => {
  it('keep a balance per lot and unit, that may fall below zero', () => {
    const changes = [change(0, 10, 5, 0.1), change(1, 20, 5, 0.2), change(2, 30, 6, -4)];
    expect(balanceAt(changes, 30)).toEqual([
      { lot: 5, unit: undefined, amount: 0.3, isExact: true },
      { lot: 6, unit: undefined, amount: -4, isExact: true },
    ]);
    expect(balanceAt(changes, 19)).toMatchObject([{ lot: 5, amount: 0.1 }]);
  });

  it('begin anew when the parent is emptied', () => {
    const table = tableOf(change(0, 10, 5, 3), change(1, 20), change(2, 30, 5, 2));
    expect(table.balanceAt(1, 15)).toMatchObject([{ amount: 3 }]);
    expect(table.balanceAt(1, 20)).toEqual([]);
    expect(table.balanceAt(1, 30)).toMatchObject([{ amount: 2 }]);
    expect(table.balanceAt(1, 30, 1)).toMatchObject([{ amount: 3 }]);
  });

  it('forget a voided event from the position of its declaration on', () => {
    const table = tableOf(change(0, 10, 5, 3), change(1, 20, 5, 4));
    table.void(1, 9);
    expect(table.balanceAt(1, 20)).toMatchObject([{ amount: 3 }]);
    expect(table.balanceAt(1, 20, 9)).toMatchObject([{ amount: 7 }]);
  });

  it('say when an amount was not told', () => {
    const table = tableOf(change(0, 10, 5, 3), change(1, 20, 5));
    expect(table.balanceAt(1, 20)).toMatchObject([{ amount: 3, isExact: false }]);
  });

  it('are the same in any order', () => {
    const lots = fc.option(fc.nat(2), { nil: undefined, freq: 8 });
    const amounts = fc.integer({ min: -999, max: 999 }).map((n) => n / 100);
    const one = fc.tuple(fc.nat(5), lots, amounts);
    const logs = fc
      .array(one, { maxLength: 20 })
      .map((all) => all.map(([time, lot, amount], seq) => change(seq, time, lot, amount)))
      .chain((log) =>
        fc.tuple(
          fc.constant(log),
          fc.shuffledSubarray(log, { minLength: log.length, maxLength: log.length }),
        ),
      );
    fc.assert(
      fc.property(logs, ([log, other]) => {
        expect(tableOf(...other).balanceAt(1, 9)).toEqual(balanceAt(log, 9));
      }),
      { numRuns: 100, seed: 21 },
    );
  });
});

describe('a sum of decimals', () => {
  it('is exact', () => {
    expect(sumDecimals([0.1, 0.2])).toBe(0.3);
    expect(sumDecimals([1e21, -1e21, 1e-7, -0.5])).toBe(-0.4999999);
    expect(sumDecimals([])).toBe(0);
  });
});
