import type { Reader } from './reader.js';

/**
 * Waits until what is in the log by now has been indexed, so that a receipt can be followed at once.
 *
 * @param knownAt number of ledger entries that are asked about; all when left out
 * @throws AppError DEADLINE
 */
export async function caughtUp(reader: Reader, knownAt = Infinity): Promise<void> {
  const { follower, ledger } = reader.rooms;
  const { size } = ledger.head();
  const indexed = size - follower.lag().entries;
  const needed = Math.min(size, knownAt);
  if (indexed < needed) await reader.within(follower.caughtUp(needed));
}
