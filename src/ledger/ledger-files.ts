import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { thumbprint, type PublicJwk, type Signer } from '../crypto/signing-key.js';
import { AppError } from '../error.js';
import { storeError } from '../level.js';
import type { Authority } from './authority.js';
import { CheckpointFile } from './checkpoint-file.js';
import type { Head, Journal } from './journal.js';
import { LevelJournal } from './level-journal.js';
import { diverged } from './log-state.js';
import type { Published } from './published-log.js';
import { EMPTY_ROOT } from './tree.js';
import { verifyCheckpoint } from './verify.js';

/** How a journal is opened; a test puts one here whose disk fails. */
export type OpenJournal = (directory: string, isNew: boolean) => Promise<Journal>;

export const openLevelJournal: OpenJournal = (directory, isNew) =>
  isNew ? LevelJournal.create(directory) : LevelJournal.open(directory);

/** @throws AppError DATA_DIRECTORY_EXISTS when there is anything in it */
export async function makeDirectory(directory: string): Promise<void> {
  let names: string[];
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    names = await readdir(directory);
  } catch (error) {
    throw storeError(error);
  }
  if (names.length > 0) {
    throw new AppError('DATA_DIRECTORY_EXISTS', 'there is something in this directory already');
  }
}

/**
 * A ledger directory holds the LevelDB files and, beside them, `checkpoint`.
 * @throws AppError DATA_DIRECTORY_MISSING, or LOG_DIVERGED when the checkpoint alone is left
 */
export function checkDirectory(directory: string): void {
  if (existsSync(join(directory, 'CURRENT'))) return;
  if (existsSync(join(directory, 'checkpoint'))) throw diverged('has lost its entries');
  throw new AppError('DATA_DIRECTORY_MISSING', 'there is no ledger in this directory');
}

/** What is shown before anything was published. */
export function nothingPublished(origin: string): Published {
  return { origin, size: 0, root: EMPTY_ROOT, checkpoint: '' };
}

/**
 * The last checkpoint this log published.
 * @throws AppError LOG_DIVERGED when it is gone or not signed by the log's key
 */
export async function readPublished(
  file: CheckpointFile,
  head: Head,
  logKey: PublicJwk,
): Promise<Published> {
  const { origin } = head;
  const text = await file.read();
  if (text === undefined) {
    // a log that was cut short right after its genesis has shown nothing yet
    if (head.size === 1) return nothingPublished(origin);
    throw diverged('has lost its checkpoint');
  }
  try {
    return { ...(await verifyCheckpoint(text, { origin, logKey })), checkpoint: text };
  } catch {
    throw diverged('has a damaged checkpoint');
  }
}

/** @throws AppError KEY_REFUSED when the signer is not the one the genesis names */
export function checkSigner(signer: Signer, { logKey }: Authority): void {
  if (signer.kid !== thumbprint(logKey)) {
    throw new AppError('KEY_REFUSED', 'this is not the key that signs the checkpoints of this log');
  }
}
