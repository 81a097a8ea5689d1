import type { IntervalStore } from './containment-store.js';
import { FormerTimeline } from './former-timeline.js';
import type { Position } from './position.js';
import { isSameHeld, type Held, type Interval } from './interval.js';

/** What writing a strand changed. */
export interface Splice {
  removed: Interval[];
  added: Interval[];
}

/**
 * A child's timeline being spliced anew, from one position onward until it meets the former one. Nothing is written
 * before it does: until then the store tells how it was.
 */
export class Strand {
  private readonly former: FormerTimeline;
  private readonly made: Interval[] = [];
  /** Where the child is behind the last step, and so until the next. */
  held: Held | undefined;
  private at: Position;

  constructor(
    private readonly intervals: IntervalStore,
    readonly child: number,
    position: Position,
  ) {
    this.former = new FormerTimeline(intervals, child, position);
    this.held = this.former.first;
    this.at = position;
  }

  /** Takes the child over the event at `position`. */
  step(position: Position, held: Held | undefined): void {
    const before = this.held;
    this.at = position;
    this.held = held;
    if (before && !isSameHeld(before, held)) this.made.push(this.formatInterval(before, position));
  }

  /** True when the child is, behind the last step, where it was before: what follows follows as it did. */
  hasMet(): boolean {
    return isSameHeld(this.held, this.former.behind(this.at));
  }

  /**
   * True when the parent is another than it was, behind the last step and until the next. Where it is the same, the
   * former stay did not end before the next step: what ended it names the child or empties that parent.
   */
  hasMoved(): boolean {
    return this.former.behind(this.at)?.parent !== this.held?.parent;
  }

  /** Writes it, met or at its end: what was stored up to here gives way, what is equal stays. */
  write(hasMet: boolean): Splice {
    const met = hasMet ? this.former.behind(this.at) : undefined;
    const removed = this.former.openedUpTo(this.at).filter((row) => row !== met);
    const added = [...this.made];
    if (!hasMet && this.held) added.push(this.formatInterval(this.held));
    return this.replace(removed, added);
  }

  private replace(removed: Interval[], added: Interval[]): Splice {
    const rest = new Map(removed.map((row) => [row.from.seq, row]));
    const splice: Splice = { removed: [], added: [] };
    for (const row of added) {
      const former = rest.get(row.from.seq);
      rest.delete(row.from.seq);
      if (former?.to?.seq === row.to?.seq && former) continue;
      if (former) {
        this.intervals.end(row);
        splice.removed.push(former);
      } else this.intervals.insert(row);
      splice.added.push(row);
    }
    for (const row of rest.values()) {
      this.intervals.delete(row);
      splice.removed.push(row);
    }
    return splice;
  }

  private formatInterval({ parent, from }: Held, to?: Position): Interval {
    return { child: this.child, parent, from, to };
  }
}
