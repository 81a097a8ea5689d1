import type { IntervalStore } from './containment-store.js';
import { endsAfter, holdsBefore, type Interval } from './interval.js';
import { comparePositions, type Position } from './position.js';

const ROWS_AT_ONCE = 16;

/** A child's intervals as they were stored before a change, from the change onward; read no further than needed. */
export class FormerTimeline {
  private readonly rows: Interval[] = [];
  private isWhole = false;

  constructor(
    private readonly intervals: IntervalStore,
    private readonly child: number,
    private readonly start: Position,
  ) {
    const last = intervals.lastBefore(child, start);
    if (last && holdsBefore(last, start)) this.rows.push(last);
  }

  /** The interval just before the change, which the change does not touch. */
  get first(): Interval | undefined {
    const [first] = this.rows;
    return first && comparePositions(first.from, this.start) < 0 ? first : undefined;
  }

  /** The interval just behind the event at the position. */
  behind(position: Position): Interval | undefined {
    const row = this.openedUpTo(position).at(-1);
    return row && endsAfter(row, position) ? row : undefined;
  }

  /** Those opened at or before the position. */
  openedUpTo(position: Position): Interval[] {
    while (!this.isWhole && !this.reaches(position)) this.read();
    const end = this.rows.findIndex(({ from }) => comparePositions(from, position) > 0);
    return end < 0 ? [...this.rows] : this.rows.slice(0, end);
  }

  private reaches(position: Position): boolean {
    const last = this.rows.at(-1);
    return last !== undefined && comparePositions(last.from, position) > 0;
  }

  private read(): void {
    const last = this.rows.at(-1);
    const isRead = last && comparePositions(last.from, this.start) >= 0;
    const from = isRead ? { ...last.from, seq: last.from.seq + 1 } : this.start;
    const page = this.intervals.openedFrom(this.child, from, ROWS_AT_ONCE);
    this.rows.push(...page);
    this.isWhole = page.length < ROWS_AT_ONCE;
  }
}
