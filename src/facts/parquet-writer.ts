import {
  BIGINT,
  BOOLEAN,
  DECIMAL,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampTZValue,
  TIMESTAMPTZ,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** `time`: ms since the epoch. `decimal`: a decimal number as text, 18 digits, 4 of them after the point. `json`: JSON text. */
export interface ParquetColumn {
  name: string;
  kind: 'text' | 'integer' | 'number' | 'decimal' | 'boolean' | 'time' | 'json';
}

export type ParquetRow = readonly (string | number | boolean | null)[];

/** A Parquet file of this process's own; whoever asked for it removes it with `discard`. */
export interface ParquetFile {
  path: string;
  discard(): Promise<void>;
}

/** What a chunk of DuckDB holds. */
const CHUNK_ROWS = 2_048;
const SCALE = 4;
const AMOUNT = DECIMAL(18, SCALE);
/**
 * Rows wait on disk, so this is enough for any number of them. DuckDB puts rows in their place when it commits or closes,
 * on the thread that asks for it, which is the one that answers everybody: so it does not do so by itself.
 */
const SETTINGS = { memory_limit: '256MB', threads: '1', checkpoint_threshold: '1TB' };
/** Rows handed over at once, some ms of work; and after how many of these they are put in their place, on a thread apart. */
const FLUSH_CHUNKS = 4;
const CHECKPOINT_FLUSHES = 16;

const TYPES: Record<ParquetColumn['kind'], DuckDBType> = {
  text: VARCHAR,
  json: VARCHAR,
  integer: BIGINT,
  number: DOUBLE,
  decimal: AMOUNT,
  boolean: BOOLEAN,
  time: TIMESTAMPTZ,
};

/**
 * Writes rows into a new Parquet file, in a new directory below `parent` that only this user may read. The rows are
 * gathered in a database beside it first, batch by batch, because a Parquet file is written in one go.
 *
 * @param note told once the rows are through: JSON for the file's key-value metadata, under `provtrail`
 * @throws what the rows throw, and DuckDB's errors; nothing is left behind then
 */
export async function writeParquet(
  parent: string,
  columns: readonly ParquetColumn[],
  batches: AsyncIterable<readonly ParquetRow[]>,
  note: () => string,
): Promise<ParquetFile> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const directory = await mkdtemp(join(parent, 'parquet-'));
  const discard = () => rm(directory, { recursive: true, force: true });
  try {
    const path = join(directory, 'rows.parquet');
    await withDatabase(directory, async (connection) => {
      await gather(connection, columns, batches);
      const options = `FORMAT parquet, COMPRESSION zstd, KV_METADATA {provtrail: ${quote(note())}}`;
      await connection.run(`COPY rows TO ${quote(path)} (${options})`);
    });
    for (const name of ['rows.duckdb', 'rows.duckdb.wal']) {
      await rm(join(directory, name), { force: true });
    }
    await chmod(path, 0o600);
    return { path, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function withDatabase(
  directory: string,
  work: (connection: DuckDBConnection) => Promise<void>,
): Promise<void> {
  const settings = { ...SETTINGS, temp_directory: join(directory, 'spill') };
  const instance = await DuckDBInstance.create(join(directory, 'rows.duckdb'), settings);
  try {
    const connection = await instance.connect();
    try {
      await connection.run('PRAGMA disable_checkpoint_on_shutdown');
      await work(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

async function gather(
  connection: DuckDBConnection,
  columns: readonly ParquetColumn[],
  batches: AsyncIterable<readonly ParquetRow[]>,
): Promise<void> {
  const types = columns.map(({ kind }) => TYPES[kind]);
  const named = columns.map(({ name }, i) => `"${name.replaceAll('"', '""')}" ${types[i]}`);
  await connection.run(`CREATE TABLE rows (${named.join(', ')})`);
  const appender = await connection.createAppender('rows');
  let chunks = 0;
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += CHUNK_ROWS) {
      const part = batch.slice(from, from + CHUNK_ROWS);
      const chunk = DuckDBDataChunk.create(types, part.length);
      chunk.setColumns(columns.map(({ kind }, i) => part.map((row) => valueOf(kind, row[i]!))));
      appender.appendDataChunk(chunk);
      if (++chunks % FLUSH_CHUNKS === 0) appender.flushSync();
      if (chunks % (FLUSH_CHUNKS * CHECKPOINT_FLUSHES) === 0) await connection.run('CHECKPOINT');
    }
  }
  appender.flushSync();
  appender.closeSync();
}

function valueOf(kind: ParquetColumn['kind'], value: ParquetRow[number]): DuckDBValue {
  if (value === null) return null;
  if (kind === 'integer') return BigInt(value);
  if (kind === 'time') return new DuckDBTimestampTZValue(BigInt(value) * 1_000n);
  if (kind === 'decimal') return decimalOf(String(value));
  return value;
}

/** @throws RangeError for what is no decimal of four places at most */
function decimalOf(text: string): DuckDBDecimalValue {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  const places = fraction.replace(/0+$/, '');
  if (whole === '' || places.length > SCALE) throw new RangeError('not a decimal of four places');
  const value = BigInt(whole + places.padEnd(SCALE, '0'));
  return new DuckDBDecimalValue(sign ? -value : value, AMOUNT.width, SCALE);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
