/** Lengths of time that a window is cut into, in UTC. A week begins on Monday (ISO 8601). */
export const BUCKETS = ['HOUR', 'DAY', 'WEEK', 'MONTH'] as const;
export type Bucket = (typeof BUCKETS)[number];

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** The epoch was a Thursday. */
const MONDAY_MS = 4 * DAY_MS;

/** Start of the bucket in which a time (ms) lies, ms. */
export function bucketSql(time: string, bucket: Bucket): string {
  if (bucket === 'HOUR') return floorSql(time, HOUR_MS, 0);
  if (bucket === 'DAY') return floorSql(time, DAY_MS, 0);
  if (bucket === 'WEEK') return floorSql(time, 7 * DAY_MS, MONDAY_MS);
  // the one place where PostgreSQL spells it otherwise: extract(epoch FROM date_trunc('month', to_timestamp(t / 1000.0)))
  return `epoch_ms(date_trunc('month', make_timestamp(${time} * 1000)))`;
}

/** Days since the epoch. */
export function daySql(time: string): string {
  return `CAST(${floorSql(time, DAY_MS, 0)} / ${DAY_MS} AS INTEGER)`;
}

/** `%` takes the sign of what is divided: times before the epoch must not be rounded up. */
function floorSql(time: string, size: number, offset: number): string {
  const rest = `((${time} - ${offset}) % ${size} + ${size}) % ${size}`;
  return `(${time} - ${rest})`;
}

/** First ms of the month, UTC. */
export function monthOf(time: number, ahead = 0): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead, 1);
}
