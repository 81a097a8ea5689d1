import { equalBytes } from '../crypto/bytes.js';
import { AppError } from '../error.js';
import type { Authority } from './authority.js';
import { GrowingTree } from './growing-tree.js';
import type { Head, Journal } from './journal.js';

/** A log after a durable group. A value: the next group makes another one, and this one stays as it is. */
export interface LogState {
  head: Head;
  tree: GrowingTree;
  authority: Authority;
}

/**
 * Computes the state of a log from its journal: the right edge from the stored tiles, whose root must be the
 * root of the stored head.
 *
 * @throws AppError LOG_DIVERGED when they do not belong together; STORE_FAILED when the journal cannot be read
 */
export async function readState(journal: Journal): Promise<LogState> {
  const head = await journal.head();
  const authority = await journal.authority();
  if (head === undefined || authority === undefined) throw diverged('has lost its head');
  const tree = await restore(journal, head.size);
  if (!equalBytes(tree.root(), head.root)) throw diverged('has a damaged right edge');
  await checkTail(journal, head.size);
  return { head, tree, authority };
}

async function restore(journal: Journal, size: number): Promise<GrowingTree> {
  try {
    return await GrowingTree.restore(size, (level, index) => journal.tile(level, index));
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') throw diverged(error.message);
    throw error;
  }
}

const TAIL_CHECKED = 4_096;

/**
 * LevelDB drops a damaged batch of its newest file without a word and goes on with the next one. A whole group
 * lost that way would take its nonces along, and let a retry in a second time.
 */
async function checkTail(journal: Journal, size: number): Promise<void> {
  let expected = Math.max(0, size - TAIL_CHECKED);
  for await (const { seq } of journal.entries(expected, size)) {
    if (seq !== expected) break;
    expected++;
  }
  if (expected !== size) throw diverged(`has lost entry ${expected}`);
}

export function diverged(what: string): AppError {
  return new AppError('LOG_DIVERGED', `the stored ledger ${what}: it will not be signed again`, {
    hint: 'restore the newest backup or mirror of the data directory, then run provtrail verify',
  });
}
