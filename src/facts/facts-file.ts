import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { versionOf } from '../graph/schema.js';
import { FED_TABLES } from '../graph/fact/fact-columns.js';
import { ITEM_STATUSES } from '../graph/fact/item-status.js';
import { PASSAGES } from '../graph/fact/passage-code.js';
import { isHostFault } from './duckdb-error.js';
import { FACTS_SCHEMA } from './facts-schema.js';

/** Raise it when rows come to mean something else although the tables do not change. */
const MEANING_VERSION = 1;

/** Facts of another version are built anew. */
export const FACTS_VERSION = versionOf([
  MEANING_VERSION,
  FACTS_SCHEMA,
  FED_TABLES,
  PASSAGES,
  ITEM_STATUSES,
]);

/** What a question or a batch may hold in memory before it goes to disk. */
const MEMORY_LIMIT = '320MB';
const THREADS_MAX = 4;

/** An open file of facts. */
export interface FactsFile {
  instance: DuckDBInstance;
  /** The one that writes. */
  writer: DuckDBConnection;
}

/**
 * Opens the facts in a directory of their own, which nobody but the node's user may read: DuckDB makes files beside the one
 * it is told of. A file that is damaged, another program's or of another version is thrown away: the index can always make
 * a new one.
 *
 * @throws the system's or DuckDB's error when the fault is the host's
 */
export async function openFactsFile(directory: string): Promise<FactsFile> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return (await openSound(directory)) ?? openNew(directory);
}

/** Throws facts away, with all that lies beside them. */
export function discardFacts(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

export function closeFactsFile({ instance, writer }: FactsFile): void {
  writer.closeSync();
  instance.closeSync();
}

async function openSound(directory: string): Promise<FactsFile | undefined> {
  let file: FactsFile | undefined;
  try {
    file = await connect(directory);
    const found = await file.writer.runAndReadAll('SELECT version FROM meta WHERE id = 1');
    if (Number(found.getRows()[0]?.[0]) === FACTS_VERSION) return file;
  } catch (error) {
    if (isHostFault(error)) throw error;
  }
  if (file) closeFactsFile(file);
  return undefined;
}

async function openNew(directory: string): Promise<FactsFile> {
  discardFacts(directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = await connect(directory);
  // one transaction, version included: a file with our version is never half made
  await file.writer.run(`BEGIN; ${FACTS_SCHEMA}
    INSERT INTO meta VALUES (1, ${FACTS_VERSION}, '', 0, 0); COMMIT`);
  return file;
}

async function connect(directory: string): Promise<FactsFile> {
  const path = join(directory, 'facts.duckdb');
  const instance = await DuckDBInstance.create(path, {
    memory_limit: MEMORY_LIMIT,
    threads: String(Math.min(availableParallelism(), THREADS_MAX)),
    temp_directory: join(directory, 'temp'),
    // no question can reach a file or the network, and no extension is fetched
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  chmodSync(path, 0o600);
  const writer = await instance.connect();
  return { instance, writer };
}
