import type { AlertFilter } from '../graph/alert/alert-filter.js';
import type { AlertMark, NewAlerts } from '../graph/alert/alert-list.js';
import { AppError } from '../error.js';
import { Alarm } from '../graph/follow/alarm.js';
import { parseAlertQuestion, shapeAlert, type AlertQuestion, type AlertView } from './alert.js';
import { checkEventReader } from './event-list.js';
import type { QueryRooms, Reader } from './reader.js';

/** Alerts read ahead of a listener: what one who is slow makes us hold. */
const CHUNK = 64;
/** How often is looked while something is still to be worked out: nobody rings for that. */
const PENDING_MS = 1_000;
/** Clocks are set; whoever waits for one looks at it now and then. */
const WAIT_MAX_MS = 60_000;

/**
 * Every alert raised from now on, and those that come due; with a position, first those that rest on something behind it
 * and those that have come due since. An alert is told once, as it stands then: what is added to its evidence, and that
 * it is withdrawn, is not told. Ends when the listener goes, or its signal aborts.
 *
 * @throws AppError UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT also for a position the log has not reached
 */
export function watchAlerts(
  reader: Reader,
  {
    question = {},
    after,
    signal,
  }: { question?: AlertQuestion; after?: number; signal?: AbortSignal },
): AsyncIterableIterator<AlertView> {
  checkEventReader(reader);
  const filter = parseAlertQuestion(question);
  const { size } = reader.rooms.ledger.head();
  if (after !== undefined && after >= size) {
    throw new AppError('BAD_USER_INPUT', `the log has ${size} entries: none has come after that`, {
      limit: size,
    });
  }
  const watch = new AlertWatch(reader.rooms, signal);
  const alerts = follow(reader, watch, filter, after);
  return {
    next: () => alerts.next(),
    // a generator that waits cannot be told to stop: it must be woken first
    return: async () => {
      watch.stop();
      return alerts.return(undefined);
    },
    throw: async (error: unknown) => {
      watch.stop();
      return alerts.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow(
  reader: Reader,
  watch: AlertWatch,
  filter: AlertFilter,
  after: number | undefined,
): AsyncGenerator<AlertView, undefined> {
  const { graph, now } = reader.rooms;
  try {
    let mark = await startAt(reader, after);
    while (!watch.isStopped) {
      watch.listen();
      const page: NewAlerts = await graph.read.alertsSince(filter, mark, now(), CHUNK);
      for (const node of page.alerts) {
        if (watch.isStopped) return;
        yield shapeAlert(node);
      }
      mark = page.mark;
      if (!page.isMore) await watch.wait(waitOf(page, now()));
    }
  } finally {
    watch.stop();
  }
}

async function startAt(reader: Reader, after: number | undefined): Promise<AlertMark> {
  const { graph, now } = reader.rooms;
  const mark = await graph.read.alertMark(now());
  if (after === undefined) return mark;
  const { entry } = await reader.load.entry.load(after);
  return { ...mark, id: 0, floor: { known: after, time: entry.at } };
}

function waitOf({ pending, nextDue = Infinity }: NewAlerts, now: number): number {
  if (pending > 0) return PENDING_MS;
  return Math.max(1, Math.min(nextDue - now, WAIT_MAX_MS));
}

/** Wakes when the index has applied more, when time has passed, or when it is time to stop. */
class AlertWatch {
  isStopped = false;
  private isRung = false;
  private readonly alarm = new Alarm();
  private readonly unsubscribe: () => void;

  constructor(
    rooms: QueryRooms,
    private readonly signal?: AbortSignal,
  ) {
    this.unsubscribe = rooms.follower.onApplied(() => {
      this.isRung = true;
      this.alarm.ring();
    });
    signal?.addEventListener('abort', this.stop, { once: true });
    if (signal?.aborted) this.stop();
  }

  /** From here on, whatever is applied ends the next wait. */
  listen(): void {
    this.isRung = false;
  }

  async wait(ms: number): Promise<void> {
    if (!this.isStopped && !this.isRung) await this.alarm.wait(ms);
  }

  readonly stop = (): void => {
    if (this.isStopped) return;
    this.isStopped = true;
    this.signal?.removeEventListener('abort', this.stop);
    this.unsubscribe();
    this.alarm.ring();
  };
}
