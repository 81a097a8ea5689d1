import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GraphReader } from '../../src/graph/graph-reader.js';
import { GraphWriter } from '../../src/graph/graph-writer.js';
import { isDamagedIndex } from '../../src/graph/sqlite-error.js';
import { LogBuilder } from './log-builder.js';

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'provtrail-graph-'));
  path = join(directory, 'graph.sqlite');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function fill(records = 3): void {
  const log = new LogBuilder();
  for (let i = 0; i < records; i++) log.add(`${i}`, { from: [`${i - 1}`] });
  const writer = GraphWriter.open(path);
  writer.apply(log.rows);
  writer.close();
}

/** Opens it for writing, and says how far it has come; an index that was thrown away is at 0. */
function cursor(): number {
  const writer = GraphWriter.open(path);
  const head = writer.head();
  const reader = GraphReader.open(path);
  expect(reader.status().cursor).toBe(head.cursor);
  reader.close();
  writer.close();
  return head.cursor;
}

function overwrite(at: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

describe('an index file', () => {
  it('is kept when it is sound', () => {
    fill();
    expect(cursor()).toBe(3);
  });

  it('can be read by its owner only, with its companions', () => {
    fill();
    const writer = GraphWriter.open(path);
    for (const suffix of ['', '-wal', '-shm']) {
      expect(statSync(path + suffix).mode & 0o077).toBe(0);
    }
    writer.close();
  });

  it.each([
    ['is empty', () => writeFileSync(path, '')],
    ['is not a database', () => writeFileSync(path, 'not a database'.repeat(1_000))],
    ['has lost its head', () => overwrite(0, new Uint8Array(100))],
    ['was cut short', () => truncateSync(path, 8_192)],
    ['was cut inside a page', () => truncateSync(path, 5_000)],
    ['has a torn page', () => overwrite(4_096 * 2, new Uint8Array(4_096).fill(0xa5))],
    ['has many torn pages', () => overwrite(4_096, new Uint8Array(4_096 * 20).fill(0x5a))],
    ['is of an older schema', () => edit('PRAGMA user_version = 0')],
    ['is of a newer schema', () => edit('PRAGMA user_version = 999')],
    ["is another program's", () => edit('PRAGMA application_id = 7')],
    ['has a foreign log beside it', () => writeFileSync(`${path}-wal`, Buffer.alloc(8_192, 1))],
  ])('that %s is replaced, or as good as before', (name, damage) => {
    fill(100);
    damage();
    const found = cursor();
    // A log that is not SQLite's own is ignored by it; everything else is thrown away.
    expect(found).toBe(name === 'has a foreign log beside it' ? 100 : 0);
    fill(100);
    expect(cursor()).toBe(100);
  });

  it('that was half made is replaced', () => {
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE meta (id INTEGER); PRAGMA journal_mode = WAL');
    database.close();
    expect(cursor()).toBe(0);
  });

  it("that cannot be opened is the host's fault and is left alone", () => {
    mkdirSync(path);
    expect(() => GraphWriter.open(path)).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
    expect(existsSync(path)).toBe(true);
  });

  it('is as of some cursor after the process was killed, whatever had reached the disk', () => {
    const log = new LogBuilder();
    const writer = GraphWriter.open(path);
    for (let batch = 0; batch < 5; batch++) {
      for (let i = 0; i < 20; i++) log.add(`${batch}-${i}`, { from: [`${batch}-${i - 1}`] });
      writer.apply(log.rows);
    }
    const wal = readFileSync(`${path}-wal`);
    const copy = join(directory, 'copy.sqlite');
    const seen = new Set<number>();
    for (let size = 0; size < wal.length + 9_999; size += 9_999) {
      copyFileSync(path, copy);
      rmSync(`${copy}-shm`, { force: true });
      writeFileSync(`${copy}-wal`, wal.subarray(0, size));
      const again = GraphWriter.open(copy);
      const { cursor: at } = again.head();
      const reader = GraphReader.open(copy);
      expect(reader.countRecords({})).toBe(at);
      expect(reader.listRecords({}, 'SEQ_ASC', 1_000).nodes).toHaveLength(at);
      again.apply(log.rows);
      expect(reader.status()).toMatchObject({ cursor: 100, records: 100, edges: 95, dangling: 5 });
      reader.close();
      again.close();
      seen.add(at);
    }
    writer.close();
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 20, 40, 60, 80, 100]);
  });

  it('that is damaged while it is open says so, and not what it held', () => {
    fill(2_000);
    const writer = GraphWriter.open(path);
    const reader = GraphReader.open(path);
    const size = statSync(path).size;
    overwrite(4_096, new Uint8Array(size - 4_096).fill(0xa5));
    const failure = catchError(() => {
      reader.listRecords({}, 'TIME_ASC', 1_000);
      reader.recordsBySeq(Array.from({ length: 2_000 }, (_, i) => i));
    });
    expect(failure).toMatchObject({ code: 'STORE_FAILED' });
    expect(isDamagedIndex(failure)).toBe(true);
    reader.close();
    writer.close();
  });
});

function edit(sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

function catchError(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
