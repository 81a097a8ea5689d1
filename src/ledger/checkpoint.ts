import type { Signer } from '../crypto/signing-key.js';
import { AppError } from '../error.js';
import { fromBase64, toBase64 } from './base64.js';
import { parseNote, signNote, type Note } from './note.js';
import { HASH_SIZE_BYTES, isPosition } from './tree.js';

/** What a log says of itself at one moment (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** The log's name, for people and policies; also the name of its key. */
  origin: string;
  /** Number of entries. */
  size: number;
  /** RFC 9162 root of those entries, 32 bytes. */
  root: Uint8Array;
}

export interface ParsedCheckpoint extends Checkpoint {
  /** Lines after the root, which mean nothing here. */
  extensions: string[];
  note: Note;
}

/** The checkpoint signed by the log, as it is stored and served. */
export async function formatCheckpoint(checkpoint: Checkpoint, signer: Signer): Promise<string> {
  const { origin, size, root } = checkpoint;
  return signNote(`${origin}\n${size}\n${toBase64(root)}\n`, origin, signer);
}

/**
 * Reads a checkpoint without judging its signatures: see verifyCheckpoint in ledger/verify.
 * @throws AppError SIGNATURE_REFUSED (not a note), PROOF_REFUSED (not a checkpoint)
 */
export function parseCheckpoint(text: string): ParsedCheckpoint {
  const note = parseNote(text);
  const lines = note.text.slice(0, -1).split('\n');
  const [origin = '', size = '', root = '', ...extensions] = lines;
  if (lines.length < 3 || lines.includes('')) throw refuse('three lines that are not empty');
  if (!/^(0|[1-9]\d*)$/.test(size) || !isPosition(Number(size))) throw refuse('a tree size');
  return { origin, size: Number(size), root: parseRoot(root), extensions, note };
}

function parseRoot(text: string): Uint8Array {
  // the length first: nothing long is decoded
  if (text.length === 44) {
    const bytes = fromBase64(text);
    if (bytes.length === HASH_SIZE_BYTES) return bytes;
  }
  throw refuse('a root hash of 32 bytes');
}

function refuse(what: string): AppError {
  return new AppError('PROOF_REFUSED', `the checkpoint lacks ${what} (c2sp.org/tlog-checkpoint)`);
}
