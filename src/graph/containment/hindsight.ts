import { AppError } from '../../error.js';
import { wayInto, walkUp } from './chain.js';
import type { Conflict } from './conflict.js';
import type { ContainmentStore } from './containment-store.js';
import { endsAfter, type Interval } from './interval.js';
import { judge } from './judge.js';
import { wasKnown, type Touch } from './movement.js';
import { comparePositions, type Position } from './position.js';
import type { Timelines } from './timeline.js';

/** Events an answer may replay; a second's work. */
export const REPLAYED_MAX = 200_000;

/** A touch of one child, or (SWEEP) of whoever is in the parent. */
interface Happening {
  touch: Touch;
  child?: number;
}

/**
 * What was known of some items at an earlier ledger position: a replay of the events known then and not yet voided,
 * of these items, of every container they were ever put into, and so on upwards. Nothing else can matter to them: an
 * item is moved by events that name it or empty its container, and judged by the containers above.
 */
export class Hindsight implements Timelines {
  private readonly timelines = new Map<number, Interval[]>();
  private readonly inside = new Map<number, Set<number>>();
  private readonly found: Conflict[] = [];

  private constructor(private readonly levelsMax: number) {}

  /**
   * @param knownAt number of ledger entries known: those with seq below it
   * @throws AppError QUERY_TOO_COMPLEX
   */
  static of(
    store: ContainmentStore,
    items: readonly number[],
    knownAt: number,
    levelsMax: number,
  ): Hindsight {
    const hindsight = new Hindsight(levelsMax);
    const happenings = collect(store, items, knownAt);
    happenings.sort((a, b) => comparePositions(a.touch.position, b.touch.position));
    for (let i = 0; i < happenings.length;) {
      const { seq } = happenings[i]!.touch.position;
      const event: Happening[] = [];
      for (; happenings[i]?.touch.position.seq === seq; i++) event.push(happenings[i]!);
      hindsight.replay(event);
    }
    return hindsight;
  }

  listFrom(child: number, position: Position, limit: number): Interval[] {
    const all = this.timelines.get(child) ?? [];
    return all.filter((each) => endsAfter(each, position)).slice(0, limit);
  }

  conflictsOf(child: number): Conflict[] {
    return this.found.filter((each) => each.child === child).sort((a, b) => a.seq - b.seq);
  }

  /** All an event does to the items at hand; its walk is taken before any of it. */
  private replay(event: Happening[]): void {
    const { touch } = event[0]!;
    const { kind, parent, position } = touch;
    const parentBefore = (child: number) => this.openOf(child)?.parent;
    const chain = kind === 'ADD' ? walkUp(parent!, position, this.levelsMax, parentBefore) : [];
    const touches = event.flatMap(({ touch, child }) =>
      child === undefined
        ? [...(this.inside.get(touch.parent!) ?? [])].map((inside) => ({ touch, child: inside }))
        : [{ touch, child }],
    );
    for (const { touch, child } of touches) {
      const before = this.openOf(child);
      const way = wayInto(chain, child, this.levelsMax);
      const { held, conflicts } = judge(touch, child, before, way);
      this.found.push(...conflicts);
      if (before && held?.from !== before.from) this.close(before, position);
      if (held && held.from !== before?.from) this.open({ child, ...held });
    }
  }

  private openOf(child: number): Interval | undefined {
    const last = this.timelines.get(child)?.at(-1);
    return last?.to ? undefined : last;
  }

  private open({ child, parent, from }: Interval): void {
    const timeline = this.timelines.get(child) ?? [];
    this.timelines.set(child, timeline);
    timeline.push({ child, parent, from });
    const inside = this.inside.get(parent) ?? new Set();
    this.inside.set(parent, inside.add(child));
  }

  private close(interval: Interval, to: Position): void {
    interval.to = to;
    this.inside.get(interval.parent)!.delete(interval.child);
  }
}

function collect(store: ContainmentStore, items: readonly number[], knownAt: number): Happening[] {
  const { movements } = store;
  const happenings: Happening[] = [];
  const queue = new Set(items);
  let left = REPLAYED_MAX;
  for (const item of queue) {
    const touches = movements.touchesOf(item, left + 1);
    const sweeps = movements.sweepsOf(item, left + 1);
    left -= touches.length + sweeps.length;
    if (left < 0) {
      throw new AppError('QUERY_TOO_COMPLEX', 'too many events would have to be replayed', {
        hint: 'ask for fewer items, or without knownAt',
        eventsMax: REPLAYED_MAX,
      });
    }
    for (const touch of touches) {
      if (!wasKnown(touch.position.seq, touch.voidedAt, knownAt)) continue;
      happenings.push({ touch, child: item });
      // A set gives what is added to it while it is being walked.
      if (touch.kind === 'ADD') queue.add(touch.parent!);
    }
    for (const touch of sweeps) {
      if (wasKnown(touch.position.seq, touch.voidedAt, knownAt)) happenings.push({ touch });
    }
  }
  return happenings;
}
