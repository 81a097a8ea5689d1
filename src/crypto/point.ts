import { AppError } from '../error.js';

/**
 * y of the points of order 1, 2, 4 and 8 (little-endian, sign bit cleared). They are the whole small subgroup;
 * a key or an R among them makes one signature good for many messages (Chalkias et al., "Taming the many EdDSAs").
 */
const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map((hex) => Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16)));
/** L = 2^252 + 27742317777372353535851937790883648493, the order of the group, little-endian. */
const GROUP_ORDER = Uint8Array.from(
  [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
  ].concat(Array<number>(15).fill(0), 0x10),
);

/** The rule that an encoded point breaks, if any. Whether it lies on the curve is left to the verifier. */
export function pointFault(
  bytes: Uint8Array,
  offset = 0,
): 'NON_CANONICAL' | 'SMALL_ORDER' | undefined {
  if (isBeyondField(bytes, offset)) return 'NON_CANONICAL';
  return SMALL_ORDER.some((y) => hasY(bytes, offset, y)) ? 'SMALL_ORDER' : undefined;
}

/**
 * Checks an encoded Ed25519 point (32 bytes). Runtimes disagree about these encodings, and a log must not
 * be valid in one runtime and invalid in another.
 * @throws AppError KEY_REFUSED
 */
export function checkPoint(bytes: Uint8Array): void {
  if (bytes.length !== 32) throw new AppError('KEY_REFUSED', 'an Ed25519 point has 32 bytes');
  const fault = pointFault(bytes);
  if (fault === 'SMALL_ORDER') throw new AppError('KEY_REFUSED', 'a point of small order');
  if (fault !== undefined) throw new AppError('KEY_REFUSED', 'a point in non-canonical encoding');
}

/** True when the 32 little-endian bytes at `offset` are below L: a larger S would be a second spelling (RFC 8032 5.1.7). */
export function isReducedScalar(bytes: Uint8Array, offset = 0): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = bytes[offset + i]! - GROUP_ORDER[i]!;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** y >= p = 2^255 - 19. */
function isBeyondField(bytes: Uint8Array, offset: number): boolean {
  if ((bytes[offset + 31]! & 0x7f) !== 0x7f || bytes[offset]! < 0xed) return false;
  for (let i = 1; i < 31; i++) if (bytes[offset + i] !== 0xff) return false;
  return true;
}

function hasY(bytes: Uint8Array, offset: number, y: Uint8Array): boolean {
  if ((bytes[offset + 31]! & 0x7f) !== y[31]) return false;
  for (let i = 0; i < 31; i++) if (bytes[offset + i] !== y[i]) return false;
  return true;
}
