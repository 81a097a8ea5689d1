import { LEVELS_MAX } from './chain.js';
import type { ContainmentStore } from './containment-store.js';
import {
  checkMovement,
  checkVoiding,
  isVoiding,
  namedBy,
  positionOf,
  sweptBy,
  touchOf,
  type Movement,
  type Voiding,
} from './movement.js';
import { childrenBefore, childrenEndedAt } from './parent-scan.js';
import { comparePositions } from './position.js';
import { Splicer } from './splicer.js';

/**
 * Which item is in which, over time (DOMAIN 2). Consistency law: after each `apply`, intervals and conflicts are those
 * of a replay, in the order of (event time, record time, seq), of all movements applied and not voided; in what order
 * they came makes no difference. Keeps nothing between calls: all state is in the store, and a caller that rolls its
 * transaction back has undone the call.
 */
export class Containment {
  /** @param levelsMax the same as long as the store lives */
  constructor(
    private readonly store: ContainmentStore,
    private readonly levelsMax = LEVELS_MAX,
  ) {}

  /**
   * Takes events in; one whose seq is there already is passed over.
   *
   * @returns the children whose intervals are others now
   * @throws AppError INTERNAL (something that is no movement; nothing has been applied)
   */
  apply(batch: readonly (Movement | Voiding)[]): Set<number> {
    const movements: Movement[] = [];
    const voidings: Voiding[] = [];
    for (const given of batch) {
      if (isVoiding(given)) voidings.push(checkVoiding(given));
      else movements.push(checkMovement(given));
    }
    const touched = new Set<number>();
    const add = (splicer: Splicer) => splicer.touched.forEach((child) => touched.add(child));
    for (const voiding of voidings) this.void(voiding, add);
    // In order of position there is the least to splice again.
    movements.sort((a, b) => comparePositions(positionOf(a), positionOf(b)));
    for (const movement of movements) this.take(movement, add);
    return touched;
  }

  private take(movement: Movement, done: (splicer: Splicer) => void): void {
    const { movements } = this.store;
    const { seq } = movement;
    if (movements.has(seq)) return;
    const voidedAt = movements.voidingOf(seq);
    movements.put(movement, voidedAt);
    if (voidedAt !== undefined) return;
    const splicer = new Splicer(this.store, this.levelsMax, seq);
    this.enter(movement, splicer);
    splicer.settle();
    done(splicer);
  }

  /** Puts all a new event touches on the agenda. */
  private enter(movement: Movement, splicer: Splicer): void {
    const position = positionOf(movement);
    const touch = touchOf(movement);
    if (movement.kind === 'ADD') {
      this.store.walks.put(position, splicer.walk(movement.parent, position));
    }
    for (const child of namedBy(movement)) splicer.push({ position, child, touch });
    for (const parent of sweptBy(movement)) {
      for (const child of childrenBefore(this.store.intervals, parent, position)) {
        splicer.push({ position, child, touch: { ...touch, parent } });
      }
    }
    splicer.watch(movement.seq);
  }

  private void(voiding: Voiding, done: (splicer: Splicer) => void): void {
    const { movements } = this.store;
    movements.putVoiding(voiding);
    const voidedAt = movements.voidingOf(voiding.voids)!;
    const movement = movements.get(voiding.voids);
    if (!movement || movement.voidedAt === voidedAt) return;
    movements.void(movement, voidedAt);
    if (movement.voidedAt !== undefined) return;
    const splicer = new Splicer(this.store, this.levelsMax);
    this.leave(movement, splicer);
    splicer.settle();
    done(splicer);
  }

  /** Puts all a voided event touched on the agenda: nothing happens there now. */
  private leave(movement: Movement, splicer: Splicer): void {
    const { walks, intervals, conflicts } = this.store;
    const position = positionOf(movement);
    conflicts.clear(movement.seq);
    if (movement.kind === 'ADD') walks.drop(position, walks.get(movement.seq));
    for (const child of namedBy(movement)) splicer.push({ position, child });
    for (const parent of sweptBy(movement)) {
      for (const child of [...childrenEndedAt(intervals, parent, position)]) {
        splicer.push({ position, child });
      }
    }
  }
}
