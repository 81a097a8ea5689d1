import type { Chain } from './chain.js';
import type { Conflict } from './conflict.js';
import type { Interval } from './interval.js';
import type { Movement, StoredMovement, Touch, Voiding } from './movement.js';
import type { Position } from './position.js';

/** Everything that was captured, voided or not; what all the rest is derived from. */
export interface MovementStore {
  /** One more than the highest ledger position of a movement or voiding; 0 when there is none. */
  head(): number;
  put(movement: Movement, voidedAt?: number): void;
  get(seq: number): StoredMovement | undefined;
  has(seq: number): boolean;
  /** Marks it, in all that is answered from here on. */
  void(movement: Movement, voidedAt: number): void;
  /** The movement it voids need not be there yet. */
  putVoiding(voiding: Voiding): void;
  /** Ledger position of the first voiding of the movement at `seq`. */
  voidingOf(seq: number): number | undefined;
  /** The parent of a DELETE that names no child and counts. */
  unpackedBy(seq: number): { parent: number; position: Position } | undefined;
  /** What a movement that counts does to the child it names there. */
  touchAt(child: number, position: Position): Touch | undefined;
  /** The next movement that names the child and counts. */
  nextTouch(child: number, after: Position): Touch | undefined;
  /** All that name the child, in order, voided ones too. */
  touchesOf(child: number, limit: number): Touch[];
  /** Children some ADD names with the parent, voided or not; ascending, from the given one on. */
  everAddedTo(parent: number, fromChild: number, limit: number): number[];
  /** The next movement that empties the parent and counts. */
  nextSweep(parent: number, after: Position): Position | undefined;
  /** All that empty the parent, in order, voided ones too. */
  sweepsOf(parent: number, limit: number): Touch[];
}

/** Which containers each ADD that counts passed on its walk up from the parent. */
export interface WalkStore {
  /** In place of what that event's walk was before. */
  put(position: Position, chain: Chain, former?: Chain): void;
  /** Without a walk of its own, the event's parent alone. */
  get(seq: number): Chain;
  drop(position: Position, chain: Chain): void;
  /** The events whose walk passed the container; `upTo` included. */
  readersOf(node: number, after: Position, upTo?: Position): Position[];
}

/** Where a parent's list of intervals is gone on with: behind this one. */
export interface ParentCursor {
  /** Time of the end, ENDLESS for none. */
  to: number;
  child: number;
  from: Position;
}

export interface IntervalStore {
  /** The last interval of the child opened before the position, closed or not. */
  lastBefore(child: number, position: Position): Interval | undefined;
  /** Intervals of the child opened at the position or later, in order. */
  openedFrom(child: number, position: Position, limit: number): Interval[];
  /** Intervals of the parent in order of end, child and opening. */
  ofParent(parent: number, after: ParentCursor, limit: number): Interval[];
  insert(interval: Interval): void;
  /** Gives the interval opened there another end, or none. */
  end(interval: Interval): void;
  delete(interval: Interval): void;
}

export interface ConflictStore {
  /** In place of what the event was in conflict with over that child (undefined: over none). */
  put(seq: number, child: number | undefined, conflicts: Conflict[], isFirst: boolean): void;
  /** All of an event. */
  clear(seq: number): void;
  /** By ledger position, from the given one on. */
  ofChild(child: number, fromSeq: number, limit: number): Conflict[];
  /** By ledger position, from the given one on. */
  list(fromSeq: number, limit: number): Conflict[];
}

/**
 * What containment is kept in. Consistency law: the engine's writes are seen by its own reads at once; they become
 * durable and visible to others with the transaction they were made in, which is the caller's. One store is one
 * space: packing in one, associations in another.
 */
export interface ContainmentStore {
  movements: MovementStore;
  walks: WalkStore;
  intervals: IntervalStore;
  conflicts: ConflictStore;
}
