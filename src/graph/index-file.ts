import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../error.js';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.js';
import { guard, isCorruption } from './sqlite-error.js';

/** The whole node has to stay small: what does not fit here is still in the system's page cache. */
const WRITER_CACHE_KIB = 64 * 1024;
const READER_CACHE_KIB = 16 * 1024;
/** Pages: a hot page is copied back once in 64 MiB of log rather than once a transaction. */
const CHECKPOINT_PAGES = 16 * 1024;
const JOURNAL_MAX_BYTES = 128 * 1024 * 1024;
/** As much as SQLite maps at most. */
const MAPPED_MAX_BYTES = 0x7fff0000;
const LOCK_WAIT_MS = 5_000;
/** Half a second's work; a larger file is found out when a damaged page is met. */
const CHECKED_MAX_BYTES = 256 * 1024 * 1024;

/**
 * Opens the index for its one writer. A file that is damaged, half made, another program's or of another schema
 * version is thrown away: the ledger can always make a new one.
 *
 * @throws AppError STORE_FULL, STORE_FAILED (the host's fault, not the file's)
 */
export function openForWriting(path: string): DatabaseSync {
  return guard(() => {
    const database = openSound(path) ?? openNew(path);
    // Only now: the check reads every page once, and need not keep them.
    database.exec(`PRAGMA cache_size = -${WRITER_CACHE_KIB}; PRAGMA temp_store = MEMORY`);
    database.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    database.exec(`PRAGMA journal_size_limit = ${JOURNAL_MAX_BYTES}`);
    return database;
  });
}

/**
 * Opens what a writer has opened already; never writes.
 *
 * @param options.mapped reads pages where the system keeps them. A walk over a large index finds few of its pages in a small
 *   cache, and copying each took four times as long as reading it. Whoever reads all of it goes without: it would count as ours.
 */
export function openForReading(path: string, options: { mapped?: boolean } = {}): DatabaseSync {
  return guard(() => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: LOCK_WAIT_MS });
    if (options.mapped) database.exec(`PRAGMA mmap_size = ${MAPPED_MAX_BYTES}`);
    database.exec(`PRAGMA cache_size = -${READER_CACHE_KIB}; PRAGMA temp_store = MEMORY`);
    return database;
  });
}

/** Throws the index away: a disposable file and its two companions. */
export function discardIndex(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

function openSound(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = connect(path);
    if (isSound(database, path)) return database;
  } catch (error) {
    if (!isCorruption(error)) {
      database?.close();
      throw error;
    }
  }
  database?.close();
  return undefined;
}

function openNew(path: string): DatabaseSync {
  discardIndex(path);
  const database = connect(path);
  // One transaction, version included: a file with our version is never half made.
  database.exec(`BEGIN; ${SCHEMA}
    PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
  return database;
}

function connect(path: string): DatabaseSync {
  createPrivate(path);
  const database = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  return database;
}

/** The index tells who is in which record: nobody but the node's own user may read it. */
function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw new AppError(
      'STORE_FAILED',
      'the index file cannot be opened',
      { store: 'graph' },
      { cause: error },
    );
  }
}

function isSound(database: DatabaseSync, path: string): boolean {
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  return (
    pragma('application_id') === APPLICATION_ID &&
    pragma('user_version') === SCHEMA_VERSION &&
    (statSync(path).size > CHECKED_MAX_BYTES || pragma('quick_check(1)') === 'ok')
  );
}
