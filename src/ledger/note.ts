import { concat, equalBytes, fromBase64url, utf8 } from '../crypto/bytes.js';
import { sha256 } from '../crypto/digest.js';
import { verifySignature } from '../crypto/signature.js';
import type { PublicJwk, Signer } from '../crypto/signing-key.js';
import { AppError } from '../error.js';
import { fromBase64, toBase64 } from './base64.js';

/** One signature line of a note (c2sp.org/signed-note). */
export interface NoteSignature {
  name: string;
  /** First four bytes of the decoded line: a hint which key signed. */
  keyId: Uint8Array;
  signature: Uint8Array;
}

export interface Note {
  /** The signed text, with its last newline. */
  text: string;
  signatures: NoteSignature[];
}

const ED25519 = 0x01;
const KEY_ID_SIZE_BYTES = 4;
const NOTE_SIZE_MAX = 65_536;
const SIGNATURES_MAX = 64;
const SIGNATURE_LINE = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/;

/** SHA-256(name || 0A || 01 || public key)[:4], the id of an Ed25519 key under that name. */
export function noteKeyId(name: string, key: PublicJwk): Uint8Array {
  const input = concat(utf8(name), Uint8Array.of(0x0a, ED25519), fromBase64url(key.x));
  return sha256(input).slice(0, KEY_ID_SIZE_BYTES);
}

/** True for a name that can stand in a signature line: no Unicode space, plus or control character. */
export function isNoteName(name: string): boolean {
  // eslint-disable-next-line no-control-regex
  return name.length > 0 && name.isWellFormed() && !/[\s+\u0000-\u001f\u0085]/.test(name);
}

/** The note: text, blank line, one Ed25519 signature line. The text must end in a newline. */
export async function signNote(text: string, name: string, signer: Signer): Promise<string> {
  const signature = await signer.sign(utf8(text));
  const line = toBase64(concat(noteKeyId(name, signer.publicJwk), signature));
  return `${text}\n\u2014 ${name} ${line}\n`;
}

/** @throws AppError SIGNATURE_REFUSED for anything that is not a signed note */
export function parseNote(note: string): Note {
  const split = note.lastIndexOf('\n\n');
  // eslint-disable-next-line no-control-regex
  const hasControls = /[\u0000-\u0009\u000b-\u001f]/.test(note);
  const isBounded = note.length <= NOTE_SIZE_MAX && note.isWellFormed();
  if (!isBounded || hasControls || split < 0 || !note.endsWith('\n')) throw refuse();
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > SIGNATURES_MAX) throw refuse();
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignatureLine) };
}

/**
 * Accepts the note when the key has signed its text under that name. Lines of other keys are not looked at.
 * @throws AppError SIGNATURE_REFUSED when there is no such line, or one that does not verify
 */
export async function verifyNote(note: Note, name: string, key: PublicJwk): Promise<void> {
  const keyId = noteKeyId(name, key);
  const own = note.signatures.filter((line) => line.name === name && equalBytes(line.keyId, keyId));
  if (own.length === 0) {
    throw new AppError('SIGNATURE_REFUSED', 'the note is not signed by the expected key');
  }
  for (const { signature } of own) {
    if (!(await verifySignature(key, utf8(note.text), signature))) {
      throw new AppError('SIGNATURE_REFUSED', 'the signature of the note does not match');
    }
  }
}

function parseSignatureLine(line: string): NoteSignature {
  const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? [];
  if (!isNoteName(name)) throw refuse();
  const bytes = fromBase64(encoded);
  if (bytes.length <= KEY_ID_SIZE_BYTES) throw refuse();
  return {
    name,
    keyId: bytes.slice(0, KEY_ID_SIZE_BYTES),
    signature: bytes.slice(KEY_ID_SIZE_BYTES),
  };
}

function refuse(): AppError {
  return new AppError('SIGNATURE_REFUSED', 'not a signed note (c2sp.org/signed-note)');
}
