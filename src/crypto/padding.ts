const SPACE = 0x20;

/** The smallest padded size, in bytes: most small resources look alike. */
export const PADDED_MIN_BYTES = 512;

/**
 * The Padmé length (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", 2019): at most 12 % more, and only
 * O(log log n) bits of the size remain visible.
 * @param sizeBytes below 2^31
 */
export function padme(sizeBytes: number, min = PADDED_MIN_BYTES): number {
  const size = Math.max(sizeBytes, min, 2);
  const exponent = 31 - Math.clz32(size);
  const freeBits = exponent - (32 - Math.clz32(exponent));
  const step = 2 ** Math.max(freeBits, 0);
  return Math.ceil(size / step) * step;
}

/** The bytes followed by spaces, which JSON ignores, up to the Padmé length. */
export function pad(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(padme(bytes.length));
  padded.set(bytes);
  return padded.fill(SPACE, bytes.length);
}

/** The bytes without the spaces at their end. */
export function unpad(padded: Uint8Array): Uint8Array {
  let size = padded.length;
  while (size > 0 && padded[size - 1] === SPACE) size--;
  return padded.subarray(0, size);
}
