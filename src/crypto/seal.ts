import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { AppError } from '../error.js';
import { fromBase64url, fromUtf8, isBase64url, toBase64url, utf8 } from './bytes.js';
import { pad, padme, unpad } from './padding.js';
import { drawBytes, type RandomBytes } from './random.js';
import { deriveContentKey, type RecordVersion, type ScopeKey } from './scope.js';

export { padme };

/** A sealed record as it lies in IPFS: a flattened JWE (RFC 7516), every member base64url. */
export interface RecordBlock {
  protected: string;
  aad: string;
  iv: string;
  ciphertext: string;
  tag: string;
}

export interface SealInput extends RecordVersion {
  /** The resource's JSON text. Spaces at its end do not come back. */
  plaintext: string;
  mediaType: string;
  scope: ScopeKey;
  randomBytes: RandomBytes;
}

export interface SealedRecord {
  block: RecordBlock;
  /** `cekc`, for the statement. */
  commitment: string;
  /** Size after padding: the only size anyone may learn. */
  sizeBytes: number;
}

export interface OpenInput extends RecordVersion {
  block: RecordBlock;
  scope: ScopeKey;
  /** `cekc` from the signed statement. */
  commitment: string;
}

/** The largest record, in bytes of its UTF-8 text. */
export const RECORD_SIZE_MAX_BYTES = 1_048_576;
const CIPHERTEXT_MAX_CHARACTERS = Math.ceil((RECORD_SIZE_MAX_BYTES * 4) / 3);
const MEDIA_TYPES = [
  'application/fhir+json',
  'application/ld+json',
  'application/vnd.provtrail.dataset+json',
  'application/prov+json',
];
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals one record version: AES-256-GCM under a key of its own, padded. The header texts are assembled, not
 * serialised, because this is the hottest path of a capture; tests hold the result equal to jose's.
 * @throws AppError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, KEY_REFUSED, BAD_USER_INPUT
 */
export function sealRecord(input: SealInput): SealedRecord {
  const { plaintext, mediaType, log, rid, ver, scope, randomBytes } = input;
  if (!MEDIA_TYPES.includes(mediaType)) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `records are ${MEDIA_TYPES.join(' or ')}`);
  }
  const padded = pad(encodePlaintext(plaintext));
  const { cek, commitment, kid } = deriveContentKey(scope, log, rid, ver);
  const header = formatHeader(mediaType, kid);
  const aad = formatAad(input);
  const iv = drawBytes(randomBytes, IV_BYTES);
  // a key object costs 1 us to make and saves 10: Node is slow with raw keys
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(cek), iv, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(utf8(`${header}.${aad}`));
  const ciphertext = cipher.update(padded);
  cipher.final();
  const block = {
    protected: header,
    aad,
    iv: toBase64url(iv),
    ciphertext: toBase64url(ciphertext),
    tag: toBase64url(cipher.getAuthTag()),
  };
  return { block, commitment, sizeBytes: padded.length };
}

/**
 * Opens what `sealRecord` makes and nothing else, and returns the text without its padding. The key is
 * compared with the signed commitment first, since AES-GCM alone would let one ciphertext open differently for
 * two readers. Header and additional data are compared with the texts they must be, never interpreted.
 * @throws AppError SEAL_REFUSED, KEY_REFUSED, BAD_USER_INPUT
 */
export function openRecord(input: OpenInput): string {
  const { block, log, rid, ver, scope, commitment } = input;
  const { cek, commitment: own, kid } = deriveContentKey(scope, log, rid, ver);
  if (own !== commitment) throw refuse('the key is not the one committed to');
  checkBlock(block);
  if (!MEDIA_TYPES.some((mediaType) => formatHeader(mediaType, kid) === block.protected)) {
    throw refuse('the protected header is not the expected one');
  }
  if (formatAad(input) !== block.aad) throw refuse('sealed for another record');
  return decodePlaintext(decrypt(block, cek));
}

/** The media type a block's header names, unproven until the block is opened. @throws AppError SEAL_REFUSED */
export function mediaTypeOf(block: RecordBlock): string {
  // every kid is 16 bytes, so each media type has headers of one text but for the kid
  const isOf = (mediaType: string) => {
    const [before, after] = formatHeaderText(mediaType, '\0').split('\0') as [string, string];
    const header = Buffer.from(block.protected, 'base64url').toString();
    return header.startsWith(before) && header.endsWith(after);
  };
  const mediaType = MEDIA_TYPES.find(isOf);
  if (mediaType === undefined) throw refuse('the protected header is not the expected one');
  return mediaType;
}

function encodePlaintext(plaintext: string): Uint8Array {
  const bytes = plaintext.length > RECORD_SIZE_MAX_BYTES ? undefined : utf8(plaintext);
  if (bytes === undefined || bytes.length > RECORD_SIZE_MAX_BYTES) {
    throw new AppError('TOO_LARGE', `a record is limited to ${RECORD_SIZE_MAX_BYTES} bytes`, {
      limit: RECORD_SIZE_MAX_BYTES,
    });
  }
  return bytes;
}

function decodePlaintext(padded: Uint8Array): string {
  try {
    return fromUtf8(unpad(padded));
  } catch {
    throw refuse('the content is not UTF-8');
  }
}

function formatHeader(mediaType: string, kid: string): string {
  return toBase64url(utf8(formatHeaderText(mediaType, kid)));
}

function formatHeaderText(mediaType: string, kid: string): string {
  return `{"alg":"dir","cty":"${mediaType}","enc":"A256GCM","kid":"${kid}","typ":"provtrail-record+jwe"}`;
}

function formatAad({ log, rid, ver }: RecordVersion): string {
  return toBase64url(utf8(`{"log":"${log}","rid":"${rid}","v":1,"ver":${ver}}`));
}

function checkBlock(block: unknown): asserts block is RecordBlock {
  const isObject = typeof block === 'object' && block !== null;
  if (!isObject || Object.keys(block).sort().join() !== 'aad,ciphertext,iv,protected,tag') {
    throw refuse('a record block has exactly the members protected, aad, iv, ciphertext and tag');
  }
  const { ciphertext, iv, tag } = block as RecordBlock;
  if (!isBase64url(iv, IV_BYTES)) throw refuse('the iv is not 12 bytes');
  if (!isBase64url(tag, TAG_BYTES)) throw refuse('the tag is not 16 bytes');
  if (typeof ciphertext !== 'string' || ciphertext.length > CIPHERTEXT_MAX_CHARACTERS) {
    throw refuse(`the ciphertext is limited to ${RECORD_SIZE_MAX_BYTES} bytes`);
  }
}

function decrypt(block: RecordBlock, cek: Uint8Array): Uint8Array {
  const key = createSecretKey(cek);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, fromBase64url(block.iv), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(utf8(`${block.protected}.${block.aad}`));
    decipher.setAuthTag(fromBase64url(block.tag));
    const padded = decipher.update(fromBase64url(block.ciphertext));
    decipher.final();
    return padded;
  } catch {
    throw refuse('the block does not open');
  }
}

function refuse(message: string): AppError {
  return new AppError('SEAL_REFUSED', message);
}
