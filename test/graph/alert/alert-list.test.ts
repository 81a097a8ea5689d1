import { describe, expect, it } from '@jest/globals';
import type { AlertMark } from '../../../src/graph/alert/alert-list.js';
import { HOUR_MS, NOON } from '../trace/trace-log.js';
import { AlertIndex, AlertLog, PLANT, unit } from './alert-log.js';

const LATER = Date.UTC(2040, 0, 1);
const DAY_MS = 24 * HOUR_MS;

/** All that is told from the mark on, page by page. */
function listen(
  { index: { reader } }: AlertIndex,
  mark: AlertMark,
  now: number,
): { told: string[]; mark: AlertMark } {
  const told: string[] = [];
  for (let i = 0, at = mark; ; i++) {
    const page = reader.alertsSince({}, at, now, 2);
    told.push(...page.alerts.map(({ item }) => item));
    at = page.mark;
    if (!page.isMore) return { told: told.sort(), mark: at };
    if (i > 100) throw new Error('it does not end');
  }
}

describe('a list of alerts', () => {
  const units = [1, 2, 3, 4, 5].map(unit);
  const shipped = (): AlertLog => {
    const log = new AlertLog(LATER);
    log.commission(units, 0);
    log.ship(units, PLANT, 24);
    return log;
  };

  it('is paged without a gap where many are raised at the same time', () => {
    const index = new AlertIndex(shipped());
    const { reader } = index.index;
    const found: string[] = [];
    let after: { raisedAt: number; id: number } | undefined;
    for (let hasNext = true; hasNext;) {
      const page = reader.listAlerts({}, LATER, 2, after);
      found.push(...page.alerts.map(({ item }) => item));
      after = page.alerts[page.alerts.length - 1];
      hasNext = page.hasNext;
    }
    expect(found.sort()).toEqual(units);
    expect(reader.countAlerts({}, LATER)).toBe(5);
    expect(reader.countAlerts({}, NOON + 14 * DAY_MS)).toBe(0);
    expect(() => reader.listAlerts({}, LATER, 0)).toThrow('first must be');
    index.close();
  });

  it('tells each once: when it is new, or when it comes due', () => {
    const log = shipped();
    const index = new AlertIndex(log);
    const now = NOON + 5 * DAY_MS;
    const first = listen(index, index.index.reader.alertMark(now), now);
    expect(first.told).toEqual([]);
    index.apply([log.commission([unit(9)], 1), log.commission([unit(9)], 2)]);
    const second = listen(index, first.mark, now + 1);
    expect(second.told).toEqual([unit(9)]);
    const third = listen(index, second.mark, now + 20 * DAY_MS);
    expect(third.told).toEqual(units);
    expect(listen(index, third.mark, now + 30 * DAY_MS).told).toEqual([]);
    index.close();
  });

  it('does not tell again what was known before the index was built again', () => {
    const log = shipped();
    const index = new AlertIndex(log);
    const now = NOON + 40 * DAY_MS;
    const { mark } = listen(index, index.index.reader.alertMark(now), now);
    index.close();
    const again = new AlertIndex({ rows: log.rows.slice(0, 1) });
    const early = listen(again, mark, now + 1);
    again.apply(log.rows.slice(1));
    const known = listen(again, early.mark, now + 2);
    expect([early.told, known.told]).toEqual([[], []]);
    again.apply([log.commission([unit(1)], 3)]);
    expect(listen(again, known.mark, now + 3).told).toEqual([unit(1)]);
    again.close();
  });

  it('says how much is still to be looked at', () => {
    const index = new AlertIndex({ rows: [] });
    const { writer, reader } = index.index;
    const log = new AlertLog(LATER);
    const many = Array.from({ length: 6_000 }, (_, i) => unit(`many-${i}`));
    log.commission(many, 0);
    writer.apply(log.rows);
    // and one errand: whoever waited for the first of its GTIN
    expect(reader.listAlerts({}, LATER, 1)).toMatchObject({ pending: 1_001, cursor: 1 });
    expect(writer.settle()).toBe(0);
    expect(reader.listAlerts({}, LATER, 1).pending).toBe(0);
    index.close();
  });
});
