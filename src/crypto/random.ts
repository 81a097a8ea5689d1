/** A source of `count` unpredictable bytes. Passed in everywhere, so that tests can repeat a run. */
export type RandomBytes = (count: number) => Uint8Array;

/** The system's generator. */
export const systemRandomBytes: RandomBytes = (count) =>
  globalThis.crypto.getRandomValues(new Uint8Array(count));

/** Draws exactly `count` bytes: a short iv or key would be accepted by the ciphers and lost on the way back. */
export function drawBytes(randomBytes: RandomBytes, count: number): Uint8Array {
  const bytes = randomBytes(count);
  if (bytes.length !== count) throw new RangeError(`the random source gave ${bytes.length} bytes`);
  return bytes;
}
