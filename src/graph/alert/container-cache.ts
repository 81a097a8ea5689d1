import type { DatabaseSync } from 'node:sqlite';
import type { IntervalStore } from '../containment/containment-store.js';
import { endsAfter, type Interval } from '../containment/interval.js';
import { BEFORE_ALL, comparePositions, type Position } from '../containment/position.js';
import type { Timelines } from '../containment/timeline.js';
import { INHERITED_MENTIONS, type InheritedMention } from '../trace/inheritance.js';
import { MentionReader, type Mention } from '../trace/mention-reader.js';

/** Things with more are read span by span. */
const INTERVALS_MAX = 1_000;
const MENTIONS_MAX = 1_000;
/** Containers kept: those of the items of one settling. */
const KEPT_MAX = 2_000;

const EVER = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

/** What all that is in a container asks of it: where it was itself, and which events name it. */
export class ContainerCache implements Timelines {
  private readonly intervals = new Map<number, Interval[]>();
  private readonly mentions = new Map<number, Mention<InheritedMention>[]>();
  private readonly reader: MentionReader;

  constructor(
    database: DatabaseSync,
    private readonly store: IntervalStore,
  ) {
    this.reader = new MentionReader(database);
  }

  listFrom(child: number, position: Position, limit: number): Interval[] {
    const all = this.intervalsOf(child);
    if (all.length === INTERVALS_MAX) return this.read(child, position, limit);
    return all
      .filter((each) => comparePositions(each.from, position) >= 0 || endsAfter(each, position))
      .slice(0, limit);
  }

  /** Newest first; those of the span, and more where there are few. */
  mentionsOf(container: number, span: { from: number; to: number }): Mention<InheritedMention>[] {
    let all = this.mentions.get(container);
    if (!all) {
      all = this.reader.list(container, INHERITED_MENTIONS, EVER, MENTIONS_MAX);
      keep(this.mentions, container, all);
    }
    if (all.length < MENTIONS_MAX) return all;
    return this.reader.list(container, INHERITED_MENTIONS, span, MENTIONS_MAX);
  }

  clear(): void {
    this.intervals.clear();
    this.mentions.clear();
  }

  private intervalsOf(child: number): Interval[] {
    let all = this.intervals.get(child);
    if (!all) {
      all = this.store.openedFrom(child, BEFORE_ALL, INTERVALS_MAX);
      keep(this.intervals, child, all);
    }
    return all;
  }

  private read(child: number, position: Position, limit: number): Interval[] {
    const last = this.store.lastBefore(child, position);
    const begun = last && endsAfter(last, position) ? [last] : [];
    return [...begun, ...this.store.openedFrom(child, position, limit - begun.length)];
  }
}

function keep<V>(kept: Map<number, V>, key: number, value: V): void {
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(key, value);
}
