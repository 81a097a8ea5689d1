import type { DatabaseSync } from 'node:sqlite';
import type { EventCondition } from './event-condition.js';
import type { EventOrder } from './event-filter.js';
import { EventIndex } from './event-index.js';
import { isByTime, isEmptyRange, WHOLE, type EventRange } from './event-range.js';
import { mentionsIn, rankOf, sourcesOf, type EventSource } from './event-source.js';
import {
  ARMS_MAX,
  armsOf,
  EventTableStream,
  MentionStream,
  SetStream,
  type EventStream,
} from './event-stream.js';

export interface PlanBounds {
  /** Fewer are taken all, whatever else there is to choose from. */
  few: number;
  /** Fewer are taken all and put in order, where nothing is in order already. */
  setMax: number;
}

const BOUNDS: PlanBounds = { few: 2_000, setMax: 20_000 };

const TIMES: EventSource = { kind: 'TIMES' };
const SEQS: EventSource = { kind: 'SEQS' };

interface Estimate {
  source: EventSource;
  count: number;
}

/** SQLite knows nothing of our data, so where events are looked for first is decided here. */
export class EventPlanner {
  private readonly index: EventIndex;

  constructor(
    private readonly database: DatabaseSync,
    private readonly bounds = BOUNDS,
  ) {
    this.index = new EventIndex(database);
  }

  /** Places in order, among them those of all events of the range that the condition lets through. */
  plan(condition: EventCondition, orderBy: EventOrder, range: EventRange): EventStream {
    if (isEmptyRange(range)) return new SetStream([], orderBy, range);
    const sources = [...sourcesOf(condition), ...rangeSources(range)];
    const few = this.fewest(sources, range, this.bounds.few);
    if (few) return this.setOf(few, orderBy, range);
    return (
      this.inOrder(sources, orderBy, range) ??
      this.atMost(sources, orderBy, range) ??
      new EventTableStream(this.database, orderBy, range)
    );
  }

  /** The rarest thing that is in order of time already, unless there is less of something that is not. */
  private inOrder(
    sources: readonly EventSource[],
    orderBy: EventOrder,
    range: EventRange,
  ): EventStream | undefined {
    if (!isByTime(orderBy)) return undefined;
    const counted = sources.map((source) => this.countUpTo(this.bounds.setMax, source, range));
    const ordered = counted.filter(({ source }) => isOrdered(source));
    const [best] = ordered.sort((a, b) => a.count - b.count || rankOf(a.source) - rankOf(b.source));
    if (!best || counted.some(({ count }) => count < best.count)) return undefined;
    return new MentionStream(this.database, orderBy, range, mentionsIn(best.source)!);
  }

  private atMost(
    sources: readonly EventSource[],
    orderBy: EventOrder,
    range: EventRange,
  ): EventStream | undefined {
    const fewest = this.fewest(sources, range, this.bounds.setMax);
    return fewest && this.setOf(fewest, orderBy, range);
  }

  /** The source with the fewest places; undefined when none has less than `limit`. */
  private fewest(
    sources: readonly EventSource[],
    range: EventRange,
    limit: number,
  ): EventSource | undefined {
    let best: Estimate | undefined;
    for (const source of sources) {
      const count = this.index.estimate(source, range, best?.count ?? limit);
      if (count < (best?.count ?? limit)) best = { source, count };
      if (best?.count === 0) break;
    }
    return best?.source;
  }

  private countUpTo(limit: number, source: EventSource, range: EventRange): Estimate {
    return { source, count: this.index.estimate(source, range, limit) };
  }

  private setOf(source: EventSource, orderBy: EventOrder, range: EventRange): EventStream {
    return new SetStream(this.index.places(source, range), orderBy, range);
  }
}

/** The order asked for by time is the one in which it is read. */
function isOrdered(source: EventSource): boolean {
  const mentions = mentionsIn(source);
  return mentions !== undefined && armsOf(mentions) <= ARMS_MAX;
}

/** What the range alone says. */
function rangeSources({ lower, upper, fromSeq, toSeq }: EventRange): EventSource[] {
  const isTimed = lower.time > WHOLE.lower.time || upper.time < WHOLE.upper.time;
  const isCut = fromSeq > WHOLE.fromSeq || toSeq < WHOLE.toSeq;
  return [...(isTimed ? [TIMES] : []), ...(isCut ? [SEQS] : [])];
}
