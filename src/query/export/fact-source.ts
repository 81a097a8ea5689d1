import { AppError } from '../../error.js';
import type { FactValue } from '../../facts/facts-reader.js';
import { FactsClock } from '../analytics/facts-clock.js';
import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportRow, ExportValue } from './export-row.js';
import { PAGE_ROWS, type ExportSource, type OpenSource, type PageWish } from './export-source.js';
import { FACT_TABLES, type FactTable } from './fact-table.js';
import { checkExporter } from './record-source.js';

const HEAD: readonly ExportColumn[] = [
  { name: 'seq', kind: 'integer' },
  { name: 'cid', kind: 'text' },
];

/** `claims`, `lines` and the like: what clinical records and sensors say, as columns. */
export const FACT_EXPORTS: Readonly<Record<string, OpenSource>> = Object.fromEntries(
  Object.entries(FACT_TABLES).map(([name, table]) => [
    name,
    (reader: Reader, parameters: ExportParameters) => openFacts(reader, parameters, table),
  ]),
);

type FactRow = [seq: number, n: number, ...values: ExportValue[]];

/**
 * Facts of records up to the position. They are what counts at present: where something has been replaced meanwhile the
 * export says that it is not complete (CHANGED), and where they have not caught up (BEHIND) as well.
 */
function openFacts(reader: Reader, parameters: ExportParameters, table: FactTable): ExportSource {
  checkFactReader(reader, table);
  const span = { from: parameters.time('from'), before: parameters.time('before') };
  return {
    columns: [...HEAD, ...table.columns.map(({ name, kind }) => ({ name, kind }))],
    pageSize: PAGE_ROWS,
    async page(reader, wish) {
      const clock = new FactsClock(reader);
      const settled = await clock.caughtUp(wish.knownAt + 1);
      const { sql, values } = formatQuery(table, span, wish);
      const found = await clock.ask<FactRow>(sql, values);
      const rows = found.slice(0, wish.first);
      const placeOf = (row: number) => `${rows[row]![0]}.${rows[row]![1]}`;
      const last = rows.length - 1;
      const reason = reasonOf(settled, wish.knownAt + 1);
      return {
        rows: await nameRows(reader, clock, table, rows),
        cursorOf: placeOf,
        ...(reason && { reason }),
        ...(found.length > rows.length && { next: placeOf(last) }),
      };
    },
  };
}

/** Facts are content. */
function checkFactReader(reader: Reader, table: FactTable): void {
  checkExporter(reader, [table.class]);
  if (reader.may('content.read', { class: table.class })) return;
  throw new AppError('FORBIDDEN', 'this token is not good for reading these facts', {
    hint: 'ask with a token of a role that may read the records, or for figures: analytics.*',
  });
}

function reasonOf(settled: number, size: number): string | undefined {
  if (settled < size) return 'BEHIND';
  return settled > size ? 'CHANGED' : undefined;
}

/** In the subset that PostgreSQL shares; nothing from outside is part of the text. */
function formatQuery(
  { table, words, n, time, columns }: FactTable,
  { from, before }: { from?: number; before?: number },
  { knownAt, first, after = '-1.0' }: PageWish,
): { sql: string; values: FactValue[] } {
  const [seq = -1, place = 0] = after.split('.').map(Number);
  const values: FactValue[] = [knownAt, seq, place, first + 1];
  const conditions = ['t.seq <= $1', `(t.seq > $2 OR (t.seq = $2 AND ${n} > $3))`];
  const add = (condition: string, value: number | undefined) => {
    if (value !== undefined) conditions.push(`${condition} $${values.push(value)}`);
  };
  add(`${time} >=`, from);
  add(`${time} <`, before);
  const list = ['t.seq', n, ...columns.map(({ sql }) => sql)].join(', ');
  const order = n === '0' ? 't.seq' : `t.seq, ${n}`;
  const page = `SELECT * FROM ${table} t WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT $4`;
  return { sql: `SELECT ${list} FROM (${page}) t ${words} ORDER BY ${order}`, values };
}

/** With the CID of the record behind each row, and parties by name. */
async function nameRows(
  reader: Reader,
  clock: FactsClock,
  { columns }: FactTable,
  rows: readonly FactRow[],
): Promise<ExportRow[]> {
  const parties = columns.flatMap(({ isParty }, i) => (isParty ? [i + 2] : []));
  const keys = rows.flatMap((row) => parties.map((i) => row[i] as number | null));
  const called = keys.filter((key): key is number => key !== null && key < 0);
  const named = keys.filter((key): key is number => key !== null && key >= 0);
  const seqs = [...new Set([...named, ...rows.map(([seq]) => seq)])];
  const nodes = await Promise.all(seqs.map((seq) => reader.load.recordAt.load(seq)));
  const nodeAt = new Map(seqs.map((seq, i) => [seq, nodes[i]]));
  const texts = await textsOf(clock, called);
  const partyOf = (key: number) => (key < 0 ? texts.get(-key) : nodeAt.get(key)?.rid) ?? null;
  return rows.map((row) => {
    const values = row.slice(2).map((value, i) => {
      return parties.includes(i + 2) && value !== null ? partyOf(value as number) : value!;
    });
    return [row[0], nodeAt.get(row[0])?.recordCid ?? null, ...values];
  });
}

async function textsOf(clock: FactsClock, keys: readonly number[]): Promise<Map<number, string>> {
  if (keys.length === 0) return new Map();
  const ids = [...new Set(keys)].map((key) => -key);
  return new Map(
    await clock.ask<[number, string]>('SELECT id, text FROM term WHERE id = ANY($1)', [ids]),
  );
}
