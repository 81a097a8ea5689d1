import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import type { Moment } from '../containment/containment-reader.js';
import { UnitHistories, type UnitState } from './recall-history.js';
import type { UnitList } from './recall-unit-list.js';
import type { RecallRequest } from './recall.js';

/** Units whose events are read together. */
const AT_ONCE = 500;
/** For an earlier ledger position every event that moved a unit is replayed. */
const REPLAYED_MAX = 20_000;

/**
 * The states of the units of a recall, in the order of the list, from one place of it on.
 *
 * @throws AppError QUERY_TOO_COMPLEX
 */
export function* listStates(
  database: DatabaseSync,
  units: UnitList,
  moment: Required<Moment>,
  from = 0,
): Generator<UnitState> {
  const histories = new UnitHistories(database, moment);
  if (!histories.isNow && units.length > REPLAYED_MAX) throw tooMany();
  for (let i = from; i < units.length; i += AT_ONCE) {
    yield* histories.list(units.slice(i, i + AT_ONCE));
  }
}

/** What is asked for may lie behind what is indexed. @param cursor the next ledger position to be indexed */
export function momentOf(
  { asOf, knownAt = Infinity }: RecallRequest,
  cursor: number,
): Required<Moment> {
  return { asOf, knownAt: Math.min(knownAt, cursor) };
}

function tooMany(): AppError {
  return new AppError(
    'QUERY_TOO_COMPLEX',
    'there are too many units to tell what was known of them at an earlier position',
    { hint: 'leave out knownAt, or ask for one lot', unitsMax: REPLAYED_MAX },
  );
}
