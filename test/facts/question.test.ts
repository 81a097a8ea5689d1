import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FactsWorld, supplyLog } from './facts-world.js';

/** Some minutes of work, if nobody ends it. */
const ENDLESS =
  'SELECT count(*) FROM range(100000000) a, range(1000) b WHERE a.range * b.range % 7 = 1';

describe('questions over the facts', () => {
  let world: FactsWorld;
  beforeAll(async () => {
    world = new FactsWorld();
    world.apply(supplyLog(3, 50).rows);
    await world.catchUp();
  });
  afterAll(() => world.close());

  it('take numbers, texts and lists apart from their text, and answer in plain values', async () => {
    const rows = await world.facts.query(
      `SELECT CAST($1 AS BIGINT), $2, 3 = ANY($3), 'x' = ANY($4), CAST(1.5 AS DECIMAL(18, 4)), NULL,
              make_timestamp($1 * 1000), [1, 2], sum(CAST(2 AS BIGINT)), len($5)`,
      [1_700_000_000_123, `'; DROP TABLE event; --`, [1, 3], ['x'], []],
    );
    expect(rows).toEqual([
      [
        ...[1_700_000_000_123, `'; DROP TABLE event; --`, true, true, '1.5000', null],
        ...[1_700_000_000_123, [1, 2], 2, 0],
      ],
    ]);
  });

  it('end at their deadline, and when nobody waits any more', async () => {
    const late = world.facts.query(ENDLESS, [], { deadlineMs: 50 });
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE' });
    const caller = new AbortController();
    const left = world.facts.query(ENDLESS, [], { signal: caller.signal });
    setTimeout(() => caller.abort(), 30);
    await expect(left).rejects.toMatchObject({ code: 'DEADLINE' });
    expect(await world.facts.query('SELECT 1')).toEqual([[1]]);
  });

  it('are answered side by side, more of them than there are connections', async () => {
    const answers = Array.from({ length: 20 }, (_, n) =>
      world.facts.query('SELECT CAST($1 AS INTEGER)', [n]),
    );
    expect((await Promise.all(answers)).flat(2)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('that cannot be understood harm nothing', async () => {
    const wrong = world.facts.query('SELECT nothing FROM nowhere');
    await expect(wrong).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: 'the facts failed',
      data: { kind: 'Catalog Error' },
    });
    expect(await world.facts.query('SELECT count(*) > 0 FROM event')).toEqual([[true]]);
  });

  it('are not answered over less than the caller was told there is', async () => {
    const atLeast = await world.catchUp();
    const sql = 'SELECT count(*) > 0 FROM event';
    expect(await world.facts.query(sql, [], { atLeast })).toEqual([[true]]);
    await world.facts.reset();
    const asked = world.facts.query(sql, [], { atLeast });
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await world.catchUp();
    expect(await world.facts.query(sql, [], { atLeast })).toEqual([[true]]);
  });

  it('are of files that only their owner may read', () => {
    expect(statSync(world.paths.directory).mode & 0o777).toBe(0o700);
    expect(statSync(`${world.paths.directory}/facts.duckdb`).mode & 0o777).toBe(0o600);
  });
});
