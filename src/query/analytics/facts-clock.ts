import { AppError, isAppError } from '../../error.js';
import type { FactValue } from '../../facts/facts-reader.js';
import type { Reader } from '../reader.js';

/** What is kept back for shaping and sending an answer that came late: a part of the time of a request, at most so long. */
const RESERVE_SHARE = 0.1;
const RESERVE_MAX_MS = 500;

/** Questions to the facts within what is left of a request's time: what is late is interrupted, not only left behind. */
export class FactsClock {
  /** Up to where the facts were, when they were last asked: nothing is counted over less. */
  private settled = 0;

  constructor(private readonly reader: Reader) {}

  /** @throws AppError DEADLINE, QUERY_TOO_COMPLEX, UNAVAILABLE, STORE_FAILED */
  readonly ask = async <Row extends unknown[]>(
    sql: string,
    parameters: readonly FactValue[] = [],
  ): Promise<Row[]> => {
    const deadlineMs = this.leftMs();
    return this.reader.rooms.facts.query<Row>(sql, parameters, {
      deadlineMs,
      atLeast: this.settled,
      ...(this.reader.signal && { signal: this.reader.signal }),
    });
  };

  /** Up to where the facts are when all is in, or half of the time is over; 0 when all of it is. */
  async caughtUp(position: number): Promise<number> {
    const { follower, facts } = this.reader.rooms;
    try {
      const kept = this.leftMs() / 2;
      await atMost(follower.caughtUp(position), kept / 2);
      return (this.settled = await facts.caughtUp(position, { deadlineMs: this.leftMs() - kept }));
    } catch (error) {
      if (isAppError(error, 'DEADLINE')) return 0;
      throw error;
    }
  }

  private leftMs(): number {
    const { deadlineMs } = this.reader.rooms.limits;
    const reserve = Math.min(RESERVE_MAX_MS, deadlineMs * RESERVE_SHARE);
    const left = this.reader.remainingMs() - reserve;
    if (left > 0) return left;
    throw new AppError('DEADLINE', 'the time for this request is over');
  }
}

/** Waits for the work, but no longer than that; whether it came to an end is asked elsewhere. */
async function atMost(work: Promise<unknown>, ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    work.then(done, done);
  });
}
