import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from '@jest/globals';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  writeParquet,
  type ParquetColumn,
  type ParquetRow,
} from '../../src/facts/parquet-writer.js';
import { tempDirectory } from '../support/temp-directory.js';
import fc from '../support/fast-check.js';

const parent = join(tempDirectory(), 'export');

const COLUMNS: ParquetColumn[] = [
  { name: 'n', kind: 'integer' },
  { name: 'a \'quoted\' "name"', kind: 'text' },
  { name: 'at', kind: 'time' },
  { name: 'amount', kind: 'decimal' },
  { name: 'value', kind: 'number' },
  { name: 'isTrue', kind: 'boolean' },
  { name: 'list', kind: 'json' },
];

async function* batchesOf(rows: ParquetRow[], size: number): AsyncGenerator<ParquetRow[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

async function read(path: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const columns = `n, #2, epoch_ms("at"), CAST(amount AS VARCHAR), value, isTrue, list`;
  const found = await connection.runAndReadAll(`SELECT ${columns} FROM '${path}'`);
  const rows = found.getRows().map((row) => {
    return row.map((value) => (typeof value === 'bigint' ? Number(value) : value));
  });
  connection.closeSync();
  instance.closeSync();
  return rows;
}

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: 0, max: 4 }))
  .map(([value, places]) => {
    const digits = String(value < 0n ? -value : value).padStart(places + 1, '0');
    const cut = digits.length - places;
    const text = places === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
    return value < 0n ? `-${text}` : text;
  })
  .filter((text) => text.replace(/^-|\..*$/g, '').length <= 14);

const row: fc.Arbitrary<ParquetRow> = fc.tuple(
  orNull(fc.maxSafeInteger()),
  orNull(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))),
  orNull(fc.integer({ min: -2_000_000_000_000, max: 4_000_000_000_000 })),
  orNull(amount),
  orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
  orNull(fc.boolean()),
  orNull(fc.json()),
);

/** As DuckDB writes a DECIMAL(18, 4). */
function spelt(text: string | null): string | null {
  if (text === null) return null;
  const [whole, fraction = ''] = text.split('.');
  const full = `${whole}.${fraction.padEnd(4, '0')}`;
  return /^-0\.0000$/.test(full) ? '0.0000' : full;
}

describe('writeParquet', () => {
  it('keeps every value, however rows are batched', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        async (rows, size) => {
          const file = await writeParquet(parent, COLUMNS, batchesOf(rows, size), () => '{}');
          const expected = rows.map((values) => {
            return values.map((value, i) => {
              if (i === 3) return spelt(value as string | null);
              return Object.is(value, -0) ? 0 : value;
            });
          });
          const found = (await read(file.path)).map((values) => {
            return values.map((value) => (Object.is(value, -0) ? 0 : value));
          });
          expect(found).toEqual(expected);
          await file.discard();
        },
      ),
      { numRuns: 15, seed: 4 },
    );
  });

  it('takes more rows at once than a chunk holds', async () => {
    const rows = Array.from({ length: 5_000 }, (_, n) => [n, `t${n}`, n, '1', n / 2, true, '[]']);
    const file = await writeParquet(parent, COLUMNS, batchesOf(rows, 5_000), () => '{}');
    expect((await read(file.path)).map(([n]) => n)).toEqual(rows.map(([n]) => n));
    await file.discard();
  });

  it('takes more rows than are put in their place at once', async () => {
    const all = Array.from({ length: 200_000 }, (_, n) => [n, `row ${n}`] as const);
    const columns = COLUMNS.slice(0, 2);
    const file = await writeParquet(
      parent,
      columns,
      batchesOf(
        all.map((each) => [...each]),
        2_048,
      ),
      () => '{}',
    );
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const sql = `SELECT count(*), count(DISTINCT n), max(n), count(*) FILTER (WHERE #2 = 'row ' || n) FROM '${file.path}'`;
    const found = await connection.runAndReadAll(sql);
    expect(found.getRows()[0]!.map(Number)).toEqual([200_000, 200_000, 199_999, 200_000]);
    connection.closeSync();
    instance.closeSync();
    await file.discard();
  });

  it('is for its owner only, and leaves nothing when it is discarded', async () => {
    const file = await writeParquet(parent, COLUMNS, batchesOf([], 1), () => '{}');
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file.path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(file.path))).toEqual(['rows.parquet']);
    await file.discard();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('leaves nothing behind when the rows break off', async () => {
    async function* broken(): AsyncGenerator<ParquetRow[]> {
      yield [[1, 'a', 1, '1.00', 1, true, null]];
      throw new Error('no more rows');
    }
    await expect(writeParquet(parent, COLUMNS, broken(), () => '{}')).rejects.toThrow('no more');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('refuses an amount that would lose digits', async () => {
    for (const text of ['1.00001', 'abc', '1e5', '']) {
      const rows = batchesOf([[1, 'a', 1, text, 1, true, null]], 1);
      await expect(writeParquet(parent, COLUMNS, rows, () => '{}')).rejects.toThrow(RangeError);
    }
    expect(readdirSync(parent)).toEqual([]);
  });
});
