import { concat, utf8 } from '../crypto/bytes.js';
import { hmacSha256 } from '../crypto/digest.js';
import { drawBytes, type RandomBytes } from '../crypto/random.js';

const SECRET_BYTES = 32;
const SECRET_PREFIX = 'whsec_';

export function createSecret(randomBytes: RandomBytes): Uint8Array {
  return new Uint8Array(drawBytes(randomBytes, SECRET_BYTES));
}

/** As receivers' libraries take it. */
export function formatSecret(secret: Uint8Array): string {
  return SECRET_PREFIX + Buffer.from(secret).toString('base64');
}

/**
 * `GS1-Signature` (EPCIS 2.0, REST bindings): HMAC-SHA256 of the body, base64.
 *
 * @param token the receiver's, as it was given when it subscribed
 */
export function signBody(token: string, body: Uint8Array): Record<string, string> {
  return { 'gs1-signature': Buffer.from(hmacSha256(utf8(token), body)).toString('base64') };
}

/**
 * The headers by which a receiver knows a delivery is ours and not old, as the Standard Webhooks specification (1.0.0)
 * says them.
 *
 * @param id the same for each attempt to deliver the same
 * @param at ms
 */
export function signDelivery(
  secret: Uint8Array,
  { id, at, body }: { id: string; at: number; body: Uint8Array },
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const tag = hmacSha256(secret, concat(utf8(`${id}.${timestamp}.`), body));
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${Buffer.from(tag).toString('base64')}`,
  };
}
