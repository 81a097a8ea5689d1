import { Agenda, type Task } from './agenda.js';
import { wayInto, walkUp, type Chain, type Way } from './chain.js';
import type { Conflict } from './conflict.js';
import type { ContainmentStore } from './containment-store.js';
import { holdsBefore, type Held } from './interval.js';
import { judge } from './judge.js';
import { touchOf, type Touch } from './movement.js';
import { childrenEndedAt } from './parent-scan.js';
import { comparePositions, type Position } from './position.js';
import { Strand } from './strand.js';

/**
 * Works a change into the stored timelines, as far as it reaches and no further.
 *
 * Why this equals a replay of everything. What an event does to a child depends on three things: the event, where the
 * child was just before it, and (ADD only) the walk up from the parent just before it. So say that everything before
 * position k is as a replay would have it, and look at k:
 *
 * - The event at k is new or void: the change itself has put all it touches on the agenda.
 * - A child is elsewhere just before k than it was: then its strand is under way, and its next step is the next event
 *   that names it or empties the parent it now has. If that is k, it is on the agenda; if not, k does not touch it. (An
 *   event at k that emptied the parent it had does not touch it any more: the strand overwrites that end.)
 * - The walk of k passed a container that was elsewhere then: every step of a strand puts the walks that passed its
 *   child before the next step on the agenda, and a walk found changed puts those children of its event on the
 *   agenda for which the answer may differ.
 * - None of these: the outcome is the one stored.
 *
 * The agenda is worked off in order of position and everything put on it lies ahead, so by induction all positions are
 * as a replay has them. A strand ends where its child is again in the same stay as before: from there on its own
 * past is no reason for a difference. An event in order meets no later ones: a handful of look-ups per child.
 */
export class Splicer {
  private readonly agenda = new Agenda();
  private readonly strands = new Map<number, Strand>();
  private readonly chains = new Map<number, Chain>();
  private sweep?: { parent: number; after: Position; next: Position | undefined };
  /** Events whose share in ending intervals may have changed. */
  private readonly enders = new Set<number>();
  /** Children whose intervals are others than before. */
  readonly touched = new Set<number>();

  /** @param newSeq the event being taken in: nothing is stored for it yet */
  constructor(
    private readonly store: ContainmentStore,
    private readonly levelsMax: number,
    private readonly newSeq?: number,
  ) {}

  /** The containers an ADD into the parent would pass. */
  walk(parent: number, position: Position): Chain {
    return walkUp(parent, position, this.levelsMax, (child, at) => this.parentBefore(child, at));
  }

  push(task: Task): void {
    this.agenda.push(task);
  }

  /** The event may have ended intervals, or may have ended none. */
  watch(seq: number): void {
    this.enders.add(seq);
  }

  /** Until every strand has met its former timeline or come to its end. */
  settle(): void {
    for (let task = this.agenda.pop(); task; task = this.agenda.pop()) {
      if (task.child === undefined) this.walkAgain(task.position);
      else this.step(task, task.child);
    }
    for (const seq of this.enders) this.tellIdle(seq);
  }

  private step({ position, touch }: Task, child: number): void {
    const strand = this.strands.get(child) ?? new Strand(this.store.intervals, child, position);
    strand.step(position, touch ? this.judge(touch, child, strand.held) : strand.held);
    if (strand.hasMet()) {
      this.finish(strand, true);
      return;
    }
    const next = this.nextTouch(child, strand.held, position);
    if (strand.hasMoved()) this.readAgain(child, position, next?.position);
    if (next) {
      this.strands.set(child, strand);
      this.push({ position: next.position, child, touch: next });
    } else this.finish(strand, false);
  }

  private judge(touch: Touch, child: number, before: Held | undefined): Held | undefined {
    const { seq } = touch.position;
    const way = touch.kind === 'ADD' ? this.wayOf(seq, child) : 'FREE';
    const { held, conflicts } = judge(touch, child, before, way);
    if (touch.kind !== 'SWEEP') {
      this.store.conflicts.put(seq, child, conflicts, seq === this.newSeq);
    }
    return held;
  }

  private wayOf(seq: number, child: number): Way {
    let chain = this.chains.get(seq);
    if (!chain) this.chains.set(seq, (chain = this.store.walks.get(seq)));
    return wayInto(chain, child, this.levelsMax);
  }

  private finish(strand: Strand, hasMet: boolean): void {
    this.strands.delete(strand.child);
    const { removed, added } = strand.write(hasMet);
    for (const { to } of [...removed, ...added]) if (to) this.enders.add(to.seq);
    if (removed.length + added.length > 0) this.touched.add(strand.child);
  }

  /** What happens to the child next: something names it, or its parent is emptied. */
  private nextTouch(child: number, held: Held | undefined, after: Position): Touch | undefined {
    const named = this.store.movements.nextTouch(child, after);
    const swept = held && this.nextSweep(held.parent, after);
    if (!swept || (named && comparePositions(named.position, swept) < 0)) return named;
    return { position: swept, kind: 'SWEEP', parent: held.parent };
  }

  /** All children of one event ask the same. */
  private nextSweep(parent: number, after: Position): Position | undefined {
    if (this.sweep?.parent !== parent || this.sweep.after.seq !== after.seq) {
      this.sweep = { parent, after, next: this.store.movements.nextSweep(parent, after) };
    }
    return this.sweep.next;
  }

  private readAgain(node: number, after: Position, upTo?: Position): void {
    for (const position of this.store.walks.readersOf(node, after, upTo)) this.push({ position });
  }

  private walkAgain(position: Position): void {
    const { walks, movements } = this.store;
    const { seq } = position;
    const former = walks.get(seq);
    const chain = this.walk(former[0]!, position);
    if (isSameChain(chain, former)) return;
    walks.put(position, chain, former);
    this.chains.set(seq, chain);
    if (chain.length > this.levelsMax !== former.length > this.levelsMax) {
      const movement = movements.get(seq)!;
      const touch = touchOf(movement);
      for (const child of movement.children) this.push({ position, child, touch });
      return;
    }
    for (const child of new Set([...chain, ...former])) {
      if (chain.includes(child) === former.includes(child)) continue;
      const touch = movements.touchAt(child, position);
      if (touch) this.push({ position, child, touch });
    }
  }

  private parentBefore(child: number, position: Position): number | undefined {
    const strand = this.strands.get(child);
    // Walks come before the steps at their position, so its last step was earlier.
    if (strand) return strand.held?.parent;
    const last = this.store.intervals.lastBefore(child, position);
    return last && holdsBefore(last, position) ? last.parent : undefined;
  }

  /** A DELETE of everything that took nothing out is a conflict of its own. */
  private tellIdle(seq: number): void {
    const { movements, intervals, conflicts } = this.store;
    const unpacked = movements.unpackedBy(seq);
    if (!unpacked) return;
    const { parent, position } = unpacked;
    const isIdle = childrenEndedAt(intervals, parent, position).next().done === true;
    const conflict: Conflict = { kind: 'DELETE_WITHOUT_ADD', seq, parent };
    conflicts.put(seq, undefined, isIdle ? [conflict] : [], false);
  }
}

function isSameChain(a: Chain, b: Chain): boolean {
  return a.length === b.length && a.every((node, i) => node === b[i]);
}
