import { sha256 as portableSha256 } from '@noble/hashes/sha2.js';
import { nodeCrypto, type NodeCrypto } from './native.js';

const BLOCK_BYTES = 64;

/** SHA-256 of the bytes: Node's one-shot hash where there is one, otherwise the portable one. */
export const sha256: (bytes: Uint8Array) => Uint8Array =
  nodeCrypto === undefined ? portableSha256 : nativeSha256(nodeCrypto);

/**
 * HMAC-SHA256 (RFC 2104), written over the hash above: 4 us, where `createHmac` takes 19 and the
 * portable one 6.
 */
export function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  const short = key.length > BLOCK_BYTES ? sha256(key) : key;
  const inner = new Uint8Array(BLOCK_BYTES + data.length).fill(0x36, 0, BLOCK_BYTES);
  const outer = new Uint8Array(BLOCK_BYTES + 32).fill(0x5c, 0, BLOCK_BYTES);
  for (let i = 0; i < short.length; i++) {
    inner[i]! ^= short[i]!;
    outer[i]! ^= short[i]!;
  }
  inner.set(data, BLOCK_BYTES);
  outer.set(sha256(inner), BLOCK_BYTES);
  return sha256(outer);
}

function nativeSha256(crypto: NodeCrypto): (bytes: Uint8Array) => Uint8Array {
  return (bytes) => {
    // as text and back: 0.6 us less than asking for a buffer, and the hash of a tree node takes 0.4
    const digest = Buffer.from(crypto.hash('sha256', bytes, 'binary'), 'latin1');
    return new Uint8Array(digest.buffer, digest.byteOffset, digest.byteLength);
  };
}
