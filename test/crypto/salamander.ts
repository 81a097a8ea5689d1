import { createCipheriv } from 'node:crypto';
import { concat } from '../../src/crypto/bytes.js';

const REDUCTION = 0xe1n << 120n;
const ALL = (1n << 128n) - 1n;

/**
 * A ciphertext and tag that AES-256-GCM accepts under both keys: the last block is solved for in GF(2^128) so that both
 * tags are equal (Dodis et al., "Fast Message Franking", 2018). This is the attack the key commitment is for.
 */
export function forgeForTwoKeys(
  keys: [Uint8Array, Uint8Array],
  iv: Uint8Array,
  aad: Uint8Array,
  beginning: Uint8Array,
): { ciphertext: Uint8Array; tag: Uint8Array } {
  const size = beginning.length + 16;
  const [a, b] = keys.map((key) => {
    const h = toBigInt(encryptBlock(key, new Uint8Array(16)));
    const mask = toBigInt(encryptBlock(key, concat(iv, Uint8Array.of(0, 0, 0, 1))));
    // GHASH with the unknown block left zero; that block x adds x * h^2
    const rest = ghash(h, aad, concat(beginning, new Uint8Array(16)), size);
    return { square: multiply(h, h), tag: rest ^ mask };
  }) as [{ square: bigint; tag: bigint }, { square: bigint; tag: bigint }];
  const x = multiply(a.tag ^ b.tag, invert(a.square ^ b.square));
  const tag = a.tag ^ multiply(x, a.square);
  return { ciphertext: concat(beginning, toBytes(x)), tag: toBytes(tag) };
}

function ghash(h: bigint, aad: Uint8Array, ciphertext: Uint8Array, size: number): bigint {
  const lengths = (BigInt(aad.length * 8) << 64n) | BigInt(size * 8);
  const blocks = [...blocksOf(aad), ...blocksOf(ciphertext), lengths];
  return blocks.reduce((hash, block) => multiply(hash ^ block, h), 0n);
}

function blocksOf(bytes: Uint8Array): bigint[] {
  return Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => {
    const block = new Uint8Array(16);
    block.set(bytes.subarray(i * 16, i * 16 + 16));
    return toBigInt(block);
  });
}

/** Multiplication in GF(2^128) as GCM orders its bits (NIST SP 800-38D, algorithm 1). */
function multiply(x: bigint, y: bigint): bigint {
  let product = 0n;
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) product ^= y;
    y = y & 1n ? (y >> 1n) ^ REDUCTION : y >> 1n;
  }
  return product;
}

/** x^(2^128 - 2). */
function invert(x: bigint): bigint {
  let inverse = 1n << 127n;
  let power = x;
  for (let exponent = ALL - 1n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) inverse = multiply(inverse, power);
    power = multiply(power, power);
  }
  return inverse;
}

function encryptBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  return createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block);
}

function toBigInt(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function toBytes(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, i) => Number((value >> BigInt(120 - 8 * i)) & 255n));
}
