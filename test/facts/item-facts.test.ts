import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ITEM_STATUSES } from '../../src/graph/fact/item-status.js';
import { FactsWorld, supplyLog } from './facts-world.js';

describe('the facts of a generated year of supply', () => {
  let world: FactsWorld;
  beforeAll(async () => {
    world = new FactsWorld();
    world.apply(supplyLog(5, 3_000).rows);
    await world.catchUp();
  });
  afterAll(() => world.close());

  it('know all the index knows', async () => {
    const { cursor, records } = world.index.reader.status();
    expect(await world.facts.caughtUp(cursor)).toBe(cursor);
    expect(await world.facts.query('SELECT count(*) FROM record')).toEqual([[records]]);
  });

  it('have of every item the state, the custody and the stays that its trace tells', async () => {
    const lives = await world.facts.query<[number, string, number, string, string, number]>(
      `SELECT l.item, t.text, l.status, s.text, c.text, l.last_seq FROM life l JOIN term t ON t.id = l.item
       LEFT JOIN term s ON s.id = l.site LEFT JOIN term c ON c.id = l.custodian ORDER BY l.item`,
    );
    const holds = await world.facts.query<[number, string, number, number | null, number, number]>(
      `SELECT c.item, t.text, c.since, c.until, c.opened, c.closed FROM custody c
       JOIN term t ON t.id = c.custodian ORDER BY c.item, c.since, c.opened`,
    );
    const holdsOf = Map.groupBy(holds, ([item]) => item);
    expect(lives.length).toBeGreaterThan(1_000);
    for (const [item, epc, status, site, custodian, lastSeq] of lives) {
      const trace = world.index.reader.item(epc, { asOf: Number.MAX_SAFE_INTEGER })!;
      const { state, custody } = trace;
      expect([epc, ITEM_STATUSES[status], site, custodian, lastSeq]).toEqual([
        ...[epc, state.status, state.site ?? null, state.custodian ?? null, state.lastSeq],
      ]);
      const told = (holdsOf.get(item) ?? []).map(([, ...hold]) => hold);
      expect(told).toEqual(
        custody.segments.map((segment) => [
          ...[segment.custodian, segment.from, segment.to ?? null],
          ...[segment.fromSeq, segment.toSeq ?? null],
        ]),
      );
    }
  });
});
