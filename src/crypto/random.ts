/** A source of `count` unpredictable bytes. Passed in everywhere, so that tests can repeat a run. */
export type RandomBytes = (count: number) => Uint8Array;

/** The system's generator. */
export const systemRandomBytes: RandomBytes = (count) =>
  globalThis.crypto.getRandomValues(new Uint8Array(count));
