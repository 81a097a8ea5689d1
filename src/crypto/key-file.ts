import { readFile } from 'node:fs/promises';
import { errors, FlattenedEncrypt, flattenedDecrypt, type FlattenedJWE } from 'jose';
import { AppError } from '../error.js';
import { storeError } from '../level.js';
import { writeNewFile } from '../new-file.js';
import { fromBase64url, fromUtf8, isBase64url, utf8 } from './bytes.js';
import { decodeCanonical, encodeCanonical } from './canonical.js';
import { checkPrivateKey, type PrivateJwk } from './signing-key.js';

/** Every secret of a node. */
export interface NodeKeys {
  v: 1;
  /** Signs checkpoints. */
  log: PrivateJwk;
  /** Signs statements. */
  author: PrivateJwk;
  /** Signs access tokens of the node's own issuer. */
  token: PrivateJwk;
  /** 32 bytes, base64url: protects the keyring and derives idempotent nonces. */
  master: string;
}

const ALG = 'PBES2-HS512+A256KW';
const ENC = 'A256GCM';
const TYP = 'provtrail-keys+jwe';
const ROUNDS = 600_000;
const ROUNDS_MAX = 1_200_000;
const FILE_MAX_BYTES = 16_384;
const JWE_MEMBERS = 'ciphertext,encrypted_key,iv,protected,tag';
const HEADER_MEMBERS = 'alg,enc,p2c,p2s,typ';

/**
 * Writes the keys as a flattened JWE (PBES2-HS512+A256KW, A256GCM), mode 0600, durable on return. An existing file is
 * never overwritten: it may be the only copy of keys that open records.
 * @param rounds of PBES2; the default costs a guesser half a second a guess
 * @throws AppError DATA_DIRECTORY_EXISTS, KEY_REFUSED, STORE_FULL, STORE_FAILED
 */
export async function writeKeyFile(
  path: string,
  keys: NodeKeys,
  passphrase: string,
  rounds = ROUNDS,
): Promise<void> {
  checkNodeKeys(keys);
  const jwe = await new FlattenedEncrypt(utf8(encodeCanonical(keys)))
    .setProtectedHeader({ alg: ALG, enc: ENC, typ: TYP })
    .setKeyManagementParameters({ p2c: rounds })
    .encrypt(passphraseBytes(passphrase));
  try {
    await writeNewFile(path, JSON.stringify(jwe) + '\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new AppError('DATA_DIRECTORY_EXISTS', 'there is a key file already', {
        hint: 'choose another directory',
      });
    }
    throw storeError(error);
  }
}

/**
 * Reads what `writeKeyFile` wrote. Header and rounds are checked before any key is derived.
 * @throws AppError DATA_DIRECTORY_MISSING without a file; KEY_FILE_LOCKED for another passphrase or a changed
 * file; SEAL_REFUSED or NON_CANONICAL for any other JWE; KEY_REFUSED for keys that are not a node's
 */
export async function readKeyFile(path: string, passphrase: string): Promise<NodeKeys> {
  const jwe = parseJwe(await readText(path));
  const text = await decrypt(jwe, passphraseBytes(passphrase));
  const keys: unknown = decodeCanonical(text);
  checkNodeKeys(keys);
  return keys;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw storeError(error);
    throw new AppError('DATA_DIRECTORY_MISSING', 'there is no key file');
  }
}

function parseJwe(text: string): FlattenedJWE {
  if (text.length > FILE_MAX_BYTES) throw refuse('it is too large');
  const jwe = parseJson(text);
  if (namesOf(jwe) !== JWE_MEMBERS) throw refuse(`its members are not ${JWE_MEMBERS}`);
  checkHeader(jwe['protected']);
  return jwe as unknown as FlattenedJWE;
}

function checkHeader(encoded: unknown): void {
  if (typeof encoded !== 'string') throw refuse('it has no protected header');
  const text = fromUtf8(fromBase64url(encoded));
  const header = parseJson(text);
  // parsing keeps the last of two equal names; writing again shows that there were two
  if (JSON.stringify(header) !== text || namesOf(header) !== HEADER_MEMBERS) {
    throw refuse(`its header members are not ${HEADER_MEMBERS}`);
  }
  const { alg, enc, typ, p2c } = header;
  if (alg !== ALG || enc !== ENC || typ !== TYP) throw refuse(`it is not ${ALG} with ${ENC}`);
  if (!Number.isSafeInteger(p2c) || (p2c as number) < 1 || (p2c as number) > ROUNDS_MAX) {
    throw refuse(`p2c is limited to ${ROUNDS_MAX}`);
  }
}

async function decrypt(jwe: FlattenedJWE, passphrase: Uint8Array): Promise<string> {
  try {
    const { plaintext } = await flattenedDecrypt(jwe, passphrase, {
      keyManagementAlgorithms: [ALG],
      contentEncryptionAlgorithms: [ENC],
      maxPBES2Count: ROUNDS_MAX,
      maxDecompressedLength: 0,
    });
    return fromUtf8(plaintext);
  } catch (error) {
    if (!(error instanceof errors.JWEDecryptionFailed)) throw refuse('it is malformed');
    throw new AppError('KEY_FILE_LOCKED', 'the passphrase does not open the key file', {
      hint: 'check the passphrase; if it is right, the file was changed: restore it from a backup',
    });
  }
}

function checkNodeKeys(keys: unknown): asserts keys is NodeKeys {
  const { v, log, author, token, master } = (keys ?? {}) as Partial<NodeKeys>;
  if (namesOf(keys) !== 'author,log,master,token,v' || v !== 1 || !isBase64url(master, 32)) {
    throw new AppError('KEY_REFUSED', 'these are not the keys of a node');
  }
  for (const key of [log, author, token]) checkPrivateKey(key);
}

/** Precomposed, because keyboards differ in how they spell the same character. */
function passphraseBytes(passphrase: string): Uint8Array {
  if (passphrase === '') throw new AppError('KEY_REFUSED', 'the passphrase is empty');
  return utf8(passphrase.normalize('NFC'));
}

function parseJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw refuse('it is not JSON');
  }
}

function namesOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.keys(value).sort().join() : '';
}

function refuse(reason: string): AppError {
  return new AppError('SEAL_REFUSED', `the key file is refused: ${reason}`);
}
