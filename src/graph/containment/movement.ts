import { AppError } from '../../error.js';
import type { Position } from './position.js';

interface Moment {
  /** Ledger position: the event's identity here. */
  seq: number;
  /** ms */
  eventTime: number;
  /** ms; the ledger's time where the event has none. */
  recordTime: number;
}

/**
 * Children put into or taken out of a parent. A DELETE without children takes out all there are; one that names
 * quantities only is no movement, for it takes out no unit.
 */
export interface Packing extends Moment {
  kind: 'ADD' | 'DELETE';
  parent: number;
  children: readonly number[];
}

/** Children seen in a parent; without parent, in whatever holds them. */
export interface Sighting extends Moment {
  kind: 'OBSERVE';
  parent?: number;
  children: readonly number[];
}

/**
 * END: these were decommissioned or destroyed; what they hold is let go and lives on. CONSUME: these went into a
 * transformation and so left their container.
 */
export interface Ending extends Moment {
  kind: 'END' | 'CONSUME';
  parent?: undefined;
  children: readonly number[];
}

/** What containment has to know of an EPCIS event; items as integers from 0. One event, one movement. */
export type Movement = Packing | Sighting | Ending;

/** From ledger position `seq` on the movement at `voids` does not count: declared an error, or corrected. */
export interface Voiding {
  seq: number;
  voids: number;
}

export type StoredMovement = Movement & {
  /** Ledger position of the first voiding. */
  voidedAt?: number;
};

/** What befalls one child at one position. SWEEP: all that the parent holds is let go. */
export interface Touch {
  position: Position;
  kind: 'ADD' | 'DELETE' | 'OBSERVE' | 'CONSUME' | 'SWEEP';
  parent?: number;
  voidedAt?: number;
}

export function positionOf({ eventTime, recordTime, seq }: Moment): Position {
  return { time: eventTime, recordTime, seq };
}

/** The parents that a movement empties, whoever is in them. */
export function sweptBy(movement: Movement): readonly number[] {
  if (movement.kind === 'END') return movement.children;
  return movement.kind === 'DELETE' && movement.children.length === 0 ? [movement.parent] : [];
}

/** The children a movement touches by name. */
export function namedBy(movement: Movement): readonly number[] {
  return movement.kind === 'END' ? [] : movement.children;
}

export function touchOf(movement: Movement): Touch {
  const kind = sweptBy(movement).length > 0 || movement.kind === 'END' ? 'SWEEP' : movement.kind;
  return { position: positionOf(movement), kind, parent: movement.parent };
}

/** Whether it counted when the ledger had `knownAt` entries. */
export function wasKnown(seq: number, voidedAt: number | undefined, knownAt: number): boolean {
  return seq < knownAt && (voidedAt === undefined || voidedAt >= knownAt);
}

export function isVoiding(given: Movement | Voiding): given is Voiding {
  return 'voids' in given;
}

/** The last instant a JavaScript Date can name. */
const TIME_MAX = 8.64e15;

/**
 * Each child once, in order: within an event the order of children means nothing.
 *
 * @throws AppError INTERNAL (no event that passed capture yields such a movement)
 */
export function checkMovement(movement: Movement): Movement {
  const { kind, seq, eventTime, recordTime, parent, children } = movement;
  const needsParent = kind === 'ADD' || kind === 'DELETE';
  const mayHaveParent = needsParent || kind === 'OBSERVE';
  const isSound =
    isId(seq) &&
    isTime(eventTime) &&
    isTime(recordTime) &&
    (parent === undefined ? !needsParent : mayHaveParent && isId(parent)) &&
    children.every(isId);
  if (!isSound) throw new AppError('INTERNAL', 'not a movement', { seq: Number(seq) });
  if (children.length < 2) return movement;
  return { ...movement, children: [...new Set(children)].sort((a, b) => a - b) };
}

/** @throws AppError INTERNAL */
export function checkVoiding(voiding: Voiding): Voiding {
  if (isId(voiding.seq) && isId(voiding.voids)) return voiding;
  throw new AppError('INTERNAL', 'not a voiding', { seq: Number(voiding.seq) });
}

function isId(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isTime(value: number): boolean {
  return Number.isSafeInteger(value) && Math.abs(value) <= TIME_MAX;
}
