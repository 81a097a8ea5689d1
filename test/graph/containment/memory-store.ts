import type { Chain } from '../../../src/graph/containment/chain.js';
import { CONFLICT_KINDS, type Conflict } from '../../../src/graph/containment/conflict.js';
import type {
  ConflictStore,
  ContainmentStore,
  IntervalStore,
  MovementStore,
  ParentCursor,
  WalkStore,
} from '../../../src/graph/containment/containment-store.js';
import type { Interval } from '../../../src/graph/containment/interval.js';
import {
  namedBy,
  positionOf,
  sweptBy,
  touchOf,
  type Movement,
  type StoredMovement,
  type Touch,
  type Voiding,
} from '../../../src/graph/containment/movement.js';
import { cursorAt } from '../../../src/graph/containment/parent-scan.js';
import { comparePositions, type Position } from '../../../src/graph/containment/position.js';
import { SortedList } from './sorted-list.js';

class MemoryMovementStore implements MovementStore {
  private readonly bySeq = new Map<number, StoredMovement>();
  private readonly voidings = new Map<number, number>();
  private readonly touches = new Map<number, SortedList<Touch>>();
  private readonly sweeps = new Map<number, SortedList<Touch>>();
  private readonly added = new Map<number, SortedList<number>>();
  private next = 0;

  head(): number {
    return this.next;
  }

  put(movement: Movement, voidedAt?: number): void {
    const { seq } = movement;
    this.next = Math.max(this.next, seq + 1);
    this.bySeq.set(seq, { ...movement, voidedAt });
    const touch: Touch = { ...touchOf(movement), voidedAt };
    for (const child of namedBy(movement)) {
      sortedIn(this.touches, child, compareTouches).insert(touch);
      if (touch.kind === 'ADD') sortedIn(this.added, touch.parent!, compareNumbers).insert(child);
    }
    for (const parent of sweptBy(movement)) {
      sortedIn(this.sweeps, parent, compareTouches).insert({ ...touch, parent });
    }
  }

  get(seq: number): StoredMovement | undefined {
    return this.bySeq.get(seq);
  }

  has(seq: number): boolean {
    return this.bySeq.has(seq);
  }

  void(movement: Movement, voidedAt: number): void {
    this.bySeq.set(movement.seq, { ...movement, voidedAt });
    const touch: Touch = { ...touchOf(movement), voidedAt };
    for (const child of namedBy(movement)) this.touches.get(child)!.replace(touch);
    for (const parent of sweptBy(movement)) {
      this.sweeps.get(parent)!.replace({ ...touch, parent });
    }
  }

  putVoiding({ seq, voids }: Voiding): void {
    this.next = Math.max(this.next, seq + 1);
    this.voidings.set(voids, Math.min(seq, this.voidings.get(voids) ?? seq));
  }

  voidingOf(seq: number): number | undefined {
    return this.voidings.get(seq);
  }

  unpackedBy(seq: number): { parent: number; position: Position } | undefined {
    const movement = this.bySeq.get(seq);
    const counts = movement?.kind === 'DELETE' && movement.voidedAt === undefined;
    if (!counts || movement.children.length > 0) return undefined;
    return { parent: movement.parent, position: positionOf(movement) };
  }

  touchAt(child: number, position: Position): Touch | undefined {
    const touch = this.touches.get(child)?.from({ position, kind: 'ADD' })[0];
    const isThere = touch && comparePositions(touch.position, position) === 0;
    return isThere && touch.voidedAt === undefined ? touch : undefined;
  }

  nextTouch(child: number, after: Position): Touch | undefined {
    return nextOf(this.touches.get(child), after);
  }

  touchesOf(child: number, limit: number): Touch[] {
    return (this.touches.get(child)?.items ?? []).slice(0, limit);
  }

  everAddedTo(parent: number, fromChild: number, limit: number): number[] {
    const children = this.added.get(parent)?.from(fromChild) ?? [];
    return [...new Set(children)].slice(0, limit);
  }

  nextSweep(parent: number, after: Position): Position | undefined {
    return nextOf(this.sweeps.get(parent), after)?.position;
  }

  sweepsOf(parent: number, limit: number): Touch[] {
    return (this.sweeps.get(parent)?.items ?? []).slice(0, limit);
  }
}

class MemoryWalkStore implements WalkStore {
  private readonly chains = new Map<number, Chain>();
  private readonly readers = new Map<number, SortedList<Position>>();

  put(position: Position, chain: Chain, former: Chain = []): void {
    this.drop(position, former);
    this.chains.set(position.seq, chain);
    for (const node of chain) sortedIn(this.readers, node, comparePositions).insert(position);
  }

  get(seq: number): Chain {
    return this.chains.get(seq)!;
  }

  drop(position: Position, chain: Chain): void {
    for (const node of chain) this.readers.get(node)?.delete(position);
  }

  readersOf(node: number, after: Position, upTo?: Position): Position[] {
    const behind = this.readers.get(node)?.after(after) ?? [];
    return upTo ? behind.filter((each) => comparePositions(each, upTo) <= 0) : behind;
  }
}

class MemoryIntervalStore implements IntervalStore {
  private readonly children = new Map<number, SortedList<Interval>>();
  private readonly parents = new Map<number, SortedList<ParentCursor & { interval: Interval }>>();

  lastBefore(child: number, position: Position): Interval | undefined {
    return this.children.get(child)?.before(formatKey(child, position)).at(-1);
  }

  openedFrom(child: number, position: Position, limit: number): Interval[] {
    return (this.children.get(child)?.from(formatKey(child, position)) ?? []).slice(0, limit);
  }

  ofParent(parent: number, after: ParentCursor, limit: number): Interval[] {
    const key = { ...after, interval: formatKey(after.child, after.from) };
    const behind = this.parents.get(parent)?.after(key) ?? [];
    return behind.slice(0, limit).map(({ interval }) => interval);
  }

  insert(interval: Interval): void {
    sortedIn(this.children, interval.child, compareIntervals).insert(interval);
    sortedIn(this.parents, interval.parent, compareCursors).insert(keyOf(interval));
  }

  end(interval: Interval): void {
    this.delete(interval);
    this.insert(interval);
  }

  delete({ child, from }: Interval): void {
    const stored = this.openedFrom(child, from, 1)[0]!;
    this.children.get(child)!.delete(stored);
    this.parents.get(stored.parent)!.delete(keyOf(stored));
  }
}

class MemoryConflictStore implements ConflictStore {
  private readonly all = new SortedList<Conflict>(compareConflicts);

  put(seq: number, child: number | undefined, conflicts: Conflict[], isFirst: boolean): void {
    const isFormer = (each: Conflict) => each.seq === seq && each.child === child;
    const former = isFirst ? [] : this.all.items.filter(isFormer);
    for (const each of former) this.all.delete(each);
    for (const each of conflicts) this.all.insert(each);
  }

  clear(seq: number): void {
    for (const each of this.all.items.filter((one) => one.seq === seq)) this.all.delete(each);
  }

  ofChild(child: number, fromSeq: number, limit: number): Conflict[] {
    const found = this.all.items.filter((each) => each.child === child && each.seq >= fromSeq);
    return found.slice(0, limit);
  }

  list(fromSeq: number, limit: number): Conflict[] {
    return this.all.items.filter(({ seq }) => seq >= fromSeq).slice(0, limit);
  }
}

/** Containment in memory, for tests and small logs: plain, and slow where the other store has an index. */
export class MemoryContainmentStore implements ContainmentStore {
  readonly movements = new MemoryMovementStore();
  readonly walks = new MemoryWalkStore();
  readonly intervals = new MemoryIntervalStore();
  readonly conflicts = new MemoryConflictStore();
}

function nextOf(list: SortedList<Touch> | undefined, after: Position): Touch | undefined {
  const behind = list?.after({ position: after, kind: 'ADD' });
  return behind?.find(({ voidedAt }) => voidedAt === undefined);
}

function keyOf(interval: Interval): ParentCursor & { interval: Interval } {
  return { ...cursorAt(interval), interval };
}

function formatKey(child: number, from: Position): Interval {
  return { child, parent: 0, from };
}

function compareTouches(a: Touch, b: Touch): number {
  return comparePositions(a.position, b.position);
}

function compareIntervals(a: Interval, b: Interval): number {
  return comparePositions(a.from, b.from);
}

function compareCursors(a: ParentCursor, b: ParentCursor): number {
  return a.to - b.to || a.child - b.child || comparePositions(a.from, b.from);
}

function compareConflicts(a: Conflict, b: Conflict): number {
  const code = ({ kind }: Conflict) => CONFLICT_KINDS.indexOf(kind);
  return a.seq - b.seq || (a.child ?? -1) - (b.child ?? -1) || code(a) - code(b);
}

function compareNumbers(a: number, b: number): number {
  return a - b;
}

function sortedIn<T>(
  map: Map<number, SortedList<T>>,
  key: number,
  compare: (a: T, b: T) => number,
): SortedList<T> {
  let list = map.get(key);
  if (!list) map.set(key, (list = new SortedList(compare)));
  return list;
}
