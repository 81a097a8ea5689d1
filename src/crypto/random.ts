/** A source of `count` unpredictable bytes. Passed in everywhere, so that tests can repeat a run. */
export type RandomBytes = (count: number) => Uint8Array;

const POOL_BYTES = 4096;

/** The system's generator. */
export const systemRandomBytes: RandomBytes = (count) =>
  globalThis.crypto.getRandomValues(new Uint8Array(count));

/** Draws exactly `count` bytes: a short iv or key would be accepted by the ciphers and lost on the way back. */
export function drawBytes(randomBytes: RandomBytes, count: number): Uint8Array {
  const bytes = randomBytes(count);
  if (bytes.length !== count) throw new RangeError(`the random source gave ${bytes.length} bytes`);
  return bytes;
}

/** Asks the source for 4 KiB at a time, since a call costs microseconds whatever its size. No byte is given twice. */
export function poolRandomBytes(source: RandomBytes = systemRandomBytes): RandomBytes {
  let pool: Uint8Array = new Uint8Array();
  return (count) => {
    if (count > POOL_BYTES) return source(count);
    if (pool.length < count) pool = drawBytes(source, POOL_BYTES);
    const bytes = pool.slice(0, count);
    pool = pool.subarray(count);
    return bytes;
  };
}
