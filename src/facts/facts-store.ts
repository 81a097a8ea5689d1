import { INTEGER, LIST, listValue, type DuckDBConnection } from '@duckdb/node-api';
import type { FactBatch } from '../graph/fact/fact-feed.js';
import type { FactRows } from '../graph/fact/fact-columns.js';
import type { TermLookup } from '../graph/fact/term-lookup.js';
import { appendColumns } from './column-append.js';
import { TermBook } from './fact-term.js';
import { closeFactsFile, openFactsFile, type FactsFile } from './facts-file.js';
import { SEQ_TABLES } from './facts-schema.js';
import { deriveItems } from './item-facts.js';

type Lookup = Pick<TermLookup, 'textOf' | 'idOf'>;

interface Meta {
  /** Which index it follows; empty before the first batch. */
  source: string;
  /** The next position to apply. */
  position: number;
  /** Up to where derived tables are as well. */
  settled: number;
}

/** Terms that are looked at again when the file is opened: those given last may be others after a power failure. */
const TERMS_CHECKED = 100_000;

/**
 * The one writer of the facts. Consistency law: `apply` and `settle` are one transaction each, position included; after a
 * crash the facts are as of one of them, never in between.
 */
export class FactsStore {
  private readonly book = new TermBook();

  private constructor(
    readonly file: FactsFile,
    private meta: Meta,
  ) {}

  /** @throws the system's or DuckDB's error when the fault is the host's */
  static async open(directory: string): Promise<FactsStore> {
    const file = await openFactsFile(directory);
    const { writer } = file;
    const found = await writer.runAndReadAll('SELECT source, position, settled FROM meta');
    const [source, position, settled] = found.getRows()[0] as [string, number, number];
    const store = new FactsStore(file, { source, position, settled });
    const terms = await writer.run('SELECT id FROM term');
    for (let chunk = await terms.fetchChunk(); chunk?.rowCount; chunk = await terms.fetchChunk()) {
      for (const id of chunk.getColumnValues(0)) store.book.note(id as number);
    }
    return store;
  }

  get position(): number {
    return this.meta.position;
  }

  get settled(): number {
    return this.meta.settled;
  }

  /** Whether these facts are of that index, and not ahead of it. */
  async follows(source: string, head: number, terms: Lookup): Promise<boolean> {
    if (this.meta.position === 0) return true;
    if (this.meta.source !== source || this.meta.position > head) return false;
    const last = await this.file.writer.runAndReadAll(
      `SELECT id, text FROM term ORDER BY id DESC LIMIT ${TERMS_CHECKED}`,
    );
    return (last.getRows() as [number, string][]).every(([id, text]) => terms.textOf(id) === text);
  }

  /** Old rows out, new rows in. */
  async apply(batch: FactBatch, source: string, terms: Lookup): Promise<void> {
    const { writer } = this.file;
    const added = this.book.newIn(batch.rows, (id) => terms.textOf(id));
    await this.transact(async () => {
      await this.remove(batch);
      await appendColumns(writer, 'term', added);
      for (const [table, columns] of batch.rows.tables) await appendColumns(writer, table, columns);
      const touched = { columns: [batch.touched], size: batch.touched.length };
      await appendColumns(writer, 'dirty', touched);
      await writer.run('UPDATE meta SET source = $1, position = $2', [source, batch.to]);
    });
    this.meta = { ...this.meta, source, position: batch.to };
  }

  /**
   * Brings the derived tables up to what has been applied.
   *
   * @param changed small tables that are taken over as a whole
   */
  async settle(
    changed: FactRows & { replaced: readonly string[] },
    terms: Lookup,
    rest: () => Promise<void>,
  ): Promise<void> {
    const { writer } = this.file;
    const { position } = this.meta;
    const added = this.book.newIn(changed, (id) => terms.textOf(id));
    await this.transact(async () => {
      await appendColumns(writer, 'term', added);
      for (const table of changed.replaced) await writer.run(`DELETE FROM ${table}`);
      for (const [table, columns] of changed.tables) await appendColumns(writer, table, columns);
      await deriveItems(writer, terms, rest);
      await writer.run('DELETE FROM dirty');
      await writer.run('UPDATE meta SET settled = $1', [position]);
    });
    this.meta.settled = position;
  }

  close(): void {
    closeFactsFile(this.file);
  }

  private async remove({ gone, revised, moved }: FactBatch): Promise<void> {
    const { writer } = this.file;
    if (gone.length > 0) {
      for (const table of SEQ_TABLES) {
        if (table !== 'record') await deleteFrom(writer, table, 'seq', gone);
      }
    }
    if (revised.length > 0) await deleteFrom(writer, 'record', 'seq', revised);
    if (moved.length > 0) await deleteFrom(writer, 'containment', 'child', moved);
  }

  private async transact(work: () => Promise<void>): Promise<void> {
    const { writer } = this.file;
    await writer.run('BEGIN');
    try {
      await work();
      await writer.run('COMMIT');
    } catch (error) {
      await writer.run('ROLLBACK').catch(() => {});
      throw error;
    }
  }
}

async function deleteFrom(
  connection: DuckDBConnection,
  table: string,
  column: string,
  values: number[],
): Promise<void> {
  await connection.run(
    `DELETE FROM ${table} WHERE ${column} IN (SELECT unnest($1))`,
    [listValue(values)],
    [LIST(INTEGER)],
  );
}
