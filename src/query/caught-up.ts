import type { Reader } from './reader.js';

/**
 * Waits until what is in the log by now has been indexed, so that a receipt can be followed at once.
 *
 * @param knownAt number of ledger entries that are asked about; all when left out
 * @throws AppError DEADLINE
 */
export async function caughtUp(reader: Reader, knownAt = Infinity): Promise<void> {
  const { graph, follower, ledger } = reader.rooms;
  const needed = Math.min(ledger.head().size, knownAt);
  const { cursor } = await reader.within(graph.read.status());
  if (cursor < needed) await reader.within(follower.caughtUp(needed));
}
