import { AppError } from '../error.js';
import { fromBase64url, fromUtf8, isBase64url, toBase64url, utf8 } from './bytes.js';
import { verifySignature } from './signature.js';
import type { PublicJwk, Signer } from './signing-key.js';

/** RFC 7515 flattened JWS JSON serialisation, without unprotected header. */
export interface FlattenedJws {
  payload: string;
  protected: string;
  signature: string;
}

export interface VerifyOptions {
  /** The only `typ` accepted: keeps a token from being replayed as a statement. */
  typ: string;
  /** The key in force for a kid. Keys come from here alone, never from the header. */
  keyOf: (kid: string) => PublicJwk | undefined;
}

/** Longest payload text, in bytes: that of a ledger entry. */
const PAYLOAD_MAX_BYTES = 65_535;
const PAYLOAD_MAX_CHARACTERS = Math.ceil((PAYLOAD_MAX_BYTES * 4) / 3);
const KID_LENGTH = 43;

/** Signs the text under the protected header JCS {"alg":"Ed25519","kid","typ"}. */
export async function signFlattened(
  payloadText: string,
  typ: string,
  signer: Signer,
): Promise<FlattenedJws> {
  const header = headerPrefix + signer.kid + headerSuffix(typ);
  const encoded = { payload: toBase64url(utf8(payloadText)), protected: toBase64url(utf8(header)) };
  const signature = await signer.sign(signingInput(encoded));
  return { ...encoded, signature: toBase64url(signature) };
}

/**
 * Verifies what `signFlattened` makes and nothing else, and returns the payload text. The header is compared
 * with the one text it may have, so `alg`, `crit`, `b64`, `jwk`, `jku` and duplicates are never interpreted.
 * @throws AppError SIGNATURE_REFUSED
 */
export async function verifyFlattened(jws: unknown, options: VerifyOptions): Promise<string> {
  checkMembers(jws);
  const kid = readKid(jws.protected, options.typ);
  const key = options.keyOf(kid);
  if (key === undefined) throw refuse('no such key is in force');
  if (!isBase64url(jws.signature, 64))
    throw refuse('the signature is not 64 bytes of canonical base64url');
  const payload = readPayload(jws.payload);
  if (!(await verifySignature(key, signingInput(jws), fromBase64url(jws.signature)))) {
    throw refuse('the signature does not match');
  }
  return payload;
}

const headerPrefix = '{"alg":"Ed25519","kid":"';

function headerSuffix(typ: string): string {
  return `","typ":"${typ}"}`;
}

function signingInput(jws: { payload: string; protected: string }): Uint8Array {
  return utf8(`${jws.protected}.${jws.payload}`);
}

function checkMembers(jws: unknown): asserts jws is FlattenedJws {
  const isObject = typeof jws === 'object' && jws !== null;
  if (!isObject || Object.keys(jws).sort().join() !== 'payload,protected,signature') {
    throw refuse('a flattened JWS has exactly the members payload, protected and signature');
  }
  if (!Object.values(jws).every((value) => typeof value === 'string')) {
    throw refuse('the members of a flattened JWS are strings');
  }
}

/** The kid of a header that has exactly the expected text around it. */
function readKid(encoded: string, typ: string): string {
  const suffix = headerSuffix(typ);
  const length = headerPrefix.length + KID_LENGTH + suffix.length;
  // the header has one possible length: anything longer is refused before it is decoded
  const header = encoded.length === Math.ceil((length * 4) / 3) ? decodeText(encoded) : '';
  const kid = header.slice(headerPrefix.length, headerPrefix.length + KID_LENGTH);
  if (header !== headerPrefix + kid + suffix || !isBase64url(kid, 32)) {
    throw refuse('the protected header is not the expected one', {
      hint: `it must be exactly ${headerPrefix}<RFC 7638 thumbprint>${suffix}`,
    });
  }
  return kid;
}

function readPayload(encoded: string): string {
  if (encoded.length > PAYLOAD_MAX_CHARACTERS) {
    throw refuse(`the payload is limited to ${PAYLOAD_MAX_BYTES} bytes`, {
      limit: PAYLOAD_MAX_BYTES,
    });
  }
  return decodeText(encoded);
}

function decodeText(encoded: string): string {
  try {
    return fromUtf8(fromBase64url(encoded));
  } catch {
    throw refuse('not canonical base64url of UTF-8');
  }
}

function refuse(message: string, data?: { hint?: string; limit?: number }): AppError {
  return new AppError('SIGNATURE_REFUSED', message, data);
}
