const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** With the waits below they take 18 to 24 hours. */
export const ATTEMPTS_MAX = 33;

/**
 * How long to wait after so many failures in a row: from 5 s doubled up to an hour, up to a quarter less by chance, so that
 * what failed together does not come again together.
 *
 * @param random from 0 to 1
 * @param retryAfterMs what the receiver asked for; it gets no less, within the longest wait
 */
export function retryDelayMs(failures: number, random: number, retryAfterMs = 0): number {
  const wait = Math.min(FIRST_MS * 2 ** Math.max(0, failures - 1), LONGEST_MS);
  const spread = Math.round(wait * (1 - random / 4));
  return Math.max(spread, Math.min(retryAfterMs, LONGEST_MS));
}

/** `Retry-After` (RFC 9110 section 10.2.3), seconds or a date, as ms from now. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = /GMT$/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
