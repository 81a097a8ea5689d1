import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes } from '../crypto/bytes.js';
import { isAppError } from '../error.js';
import { AuditProblems, type AuditProblem } from './audit-problem.js';
import { AuditStore, type KeyCounts } from './audit-store.js';
import { AuditWalk } from './audit-walk.js';
import type { Authority } from './authority.js';
import { toBase64 } from './base64.js';
import { CheckpointFile } from './checkpoint-file.js';
import { parseCheckpoint } from './checkpoint.js';
import type { Head } from './journal.js';
import { KIND } from './journal-key.js';
import { encodeAuthority } from './journal-record.js';
import { checkLevelFiles } from './level-file.js';
import type { Statement } from './statement.js';
import { verifyCheckpoint } from './verify.js';

export interface Audit {
  /** Entries there are, damaged ones included. */
  entries: number;
  /** The tree of those entries, as computed here; root in base64. */
  head: { origin: string; size: number; root: string };
  problems: AuditProblem[];
}

export interface AuditOptions {
  /** Id the log must have, when the caller knows it from elsewhere. */
  log?: string;
  onProgress?: (done: number, total: number) => void;
  /** Called for each entry that is whole, in order. */
  onEntry?: (seq: number, statement: Statement) => void | Promise<void>;
}

/**
 * Checks a whole ledger directory and trusts nothing in it: the checksums of the files, every entry and signature, the
 * tiles, the indexes, the head and the checkpoint. Names the place of each fault; a store too damaged to be opened
 * is a fault as well.
 *
 * @throws AppError DATA_DIRECTORY_LOCKED when a node is running on it
 */
export async function auditLedger(directory: string, options: AuditOptions = {}): Promise<Audit> {
  const problems = new AuditProblems();
  const checkpoint = await readCheckpoint(directory, problems);
  // before the store is opened: opening it writes damaged logs anew, without what was damaged
  await checkFiles(directory, problems);
  const store = await openStore(directory, problems);
  if (store === undefined) {
    const head = { origin: checkpoint?.origin ?? '', size: 0, root: '' };
    return { entries: 0, head, problems: problems.list };
  }
  try {
    const stored = { head: await store.head(), authority: await store.authority() };
    const total = stored.head?.size ?? (await store.entryCount());
    const walk = new AuditWalk(store, problems, stored, { ...options, noteAt: checkpoint?.size });
    // beside the walk: listing keys is the store's work, not this thread's
    const counting = store.countKeys();
    await walk.run(total);
    if (options.log !== undefined && options.log !== walk.verifier.log) {
      problems.add('entry 0', 'ENTRY_REFUSED', 'this is another log than the one expected');
    }
    checkHead(stored.head, walk, problems);
    checkAuthority(stored.authority, walk, problems);
    checkKeys(await counting, walk, problems);
    const origin = stored.head?.origin ?? checkpoint?.origin ?? '';
    if (checkpoint) await checkCheckpoint(checkpoint, origin, walk, problems);
    const root = toBase64(walk.tree.root());
    return { entries: total, head: { origin, size: total, root }, problems: problems.list };
  } finally {
    await store.close();
  }
}

interface StoredCheckpoint {
  text: string;
  origin: string;
  size: number;
}

async function readCheckpoint(
  directory: string,
  problems: AuditProblems,
): Promise<StoredCheckpoint | undefined> {
  try {
    const text = await new CheckpointFile(directory).read();
    if (text !== undefined) return { text, ...parseCheckpoint(text) };
    problems.add('checkpoint', 'LOG_DIVERGED', 'there is no checkpoint');
  } catch {
    problems.add('checkpoint', 'LOG_DIVERGED', 'the checkpoint is damaged');
  }
  return undefined;
}

async function checkFiles(directory: string, problems: AuditProblems): Promise<void> {
  if (!existsSync(directory)) return;
  for await (const { file, offset } of checkLevelFiles(directory)) {
    problems.add(`file ${file}`, 'STORE_FAILED', `the checksum at byte ${offset} does not match`);
  }
}

async function openStore(
  directory: string,
  problems: AuditProblems,
): Promise<AuditStore | undefined> {
  try {
    if (existsSync(join(directory, 'CURRENT'))) return await AuditStore.open(directory);
    problems.add('journal', 'STORE_FAILED', 'the store is not there');
  } catch (error) {
    if (isAppError(error, 'DATA_DIRECTORY_LOCKED')) throw error;
    problems.add('journal', 'STORE_FAILED', 'the store cannot be opened');
  }
  return undefined;
}

function checkHead(head: Head | undefined, walk: AuditWalk, problems: AuditProblems): void {
  const { log, lastCid, lastAt } = walk.verifier;
  const isRight =
    head !== undefined &&
    equalBytes(head.root, walk.tree.root()) &&
    head.log === log &&
    (lastCid === undefined || (head.last === lastCid && head.at === lastAt));
  if (!isRight) problems.add('head', 'STORE_FAILED', 'the head does not match the entries');
}

function checkAuthority(
  stored: Authority | undefined,
  walk: AuditWalk,
  problems: AuditProblems,
): void {
  const { authority, isWhole } = walk.verifier;
  const isRight =
    stored !== undefined &&
    authority !== undefined &&
    (!isWhole || equalBytes(encodeAuthority(stored), encodeAuthority(authority)));
  if (!isRight) {
    problems.add('authority', 'STORE_FAILED', 'the keys in force do not match the entries');
  }
}

/** Nothing is missing, and nothing stands there that no entry accounts for. */
function checkKeys(counts: KeyCounts | undefined, walk: AuditWalk, problems: AuditProblems): void {
  const { size } = walk.tree;
  const expected = [
    [KIND.head, 1],
    [KIND.authority, 1],
    [KIND.entry, size],
    [KIND.nonce, size],
    [KIND.tile, walk.tileCount],
    [0, 0],
  ] as const;
  if (!expected.every(([kind, count]) => (counts?.get(kind) ?? 0) === count)) {
    problems.add('journal', 'STORE_FAILED', 'something is missing from the store, or too much');
  }
}

async function checkCheckpoint(
  { text, size }: StoredCheckpoint,
  origin: string,
  walk: AuditWalk,
  problems: AuditProblems,
): Promise<void> {
  const logKey = walk.verifier.authority?.logKey;
  const isOwn =
    logKey !== undefined &&
    (await verifyCheckpoint(text, { origin, logKey }).then(
      ({ root }) => size > walk.tree.size || equalBytes(root, walk.notedRoot ?? root),
      () => undefined,
    ));
  if (!isOwn) problems.add('checkpoint', 'LOG_DIVERGED', 'the checkpoint is not of these entries');
  else if (size > walk.tree.size) {
    problems.add('checkpoint', 'LOG_DIVERGED', 'the checkpoint is ahead of the entries');
  }
}
