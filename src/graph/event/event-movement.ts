import type { EventFacts } from '../../record/epcis/fact/event-fact.js';
import { DISPOSITION, STEP } from '../../record/cbv/known-term.js';
import type { Movement } from '../containment/movement.js';
import type { Position } from '../containment/position.js';
import type { QuantityChange } from '../containment/quantity-balance.js';

/** What containment needs of an event, texts as ids of terms. */
export interface MovingEvent {
  type: string;
  facts: EventFacts;
  position: Position;
  idOf: (text: string) => number;
}

/** What an event does to what is in what; nothing for most. */
export interface Movements {
  packing?: Movement;
  association?: Movement;
}

/** Steps and dispositions that end a thing, whatever the action. */
const ENDING_STEPS: ReadonlySet<string | undefined> = new Set([
  STEP.decommissioning,
  STEP.destroying,
]);
const ENDING_DISPOSITIONS: ReadonlySet<string | undefined> = new Set([DISPOSITION.destroyed]);

/** DOMAIN 2, "Containment over time". */
export function formatMovements(event: MovingEvent): Movements {
  const { type, facts, idOf } = event;
  switch (type) {
    case 'AggregationEvent':
      return { packing: formatPacking(event) };
    case 'AssociationEvent':
      return { association: formatPacking(event) };
    case 'ObjectEvent': {
      const ends =
        facts.action === 'DELETE' ||
        ENDING_STEPS.has(facts.bizStep) ||
        ENDING_DISPOSITIONS.has(facts.disposition);
      if (!ends || !facts.epcs?.length) return {};
      return { packing: { ...momentOf(event), kind: 'END', children: facts.epcs.map(idOf) } };
    }
    case 'TransformationEvent':
      if (!facts.inputs?.length) return {};
      return { packing: { ...momentOf(event), kind: 'CONSUME', children: facts.inputs.map(idOf) } };
    default:
      return {};
  }
}

/** Quantities of lots that go into or out of a parent, and parents that are emptied. */
export function formatQuantityChanges(event: MovingEvent): QuantityChange[] {
  const { type, facts, position, idOf } = event;
  const { action, parent, quantities = [] } = facts;
  if (type !== 'AggregationEvent' || parent === undefined || action === 'OBSERVE') return [];
  const sign = action === 'ADD' ? 1 : -1;
  const holder = idOf(parent);
  if (isWholeUnpacking(facts)) return [{ parent: holder, position }];
  return quantities.map(({ epcClass, quantity, uom }) => ({
    parent: holder,
    position,
    lot: idOf(epcClass),
    ...(uom !== undefined && { unit: idOf(uom) }),
    ...(quantity !== undefined && { amount: sign * quantity }),
  }));
}

function formatPacking(event: MovingEvent): Movement | undefined {
  const { facts, idOf } = event;
  const { action, parent, children = [] } = facts;
  const moment = momentOf(event);
  const ids = children.map(idOf);
  if (action === 'OBSERVE') {
    if (ids.length === 0) return undefined;
    const where = parent === undefined ? {} : { parent: idOf(parent) };
    return { ...moment, kind: 'OBSERVE', ...where, children: ids };
  }
  if (action === undefined || parent === undefined) return undefined;
  if (ids.length === 0 && !isWholeUnpacking(facts)) return undefined;
  return { ...moment, kind: action, parent: idOf(parent), children: ids };
}

/** A DELETE that names neither children nor quantities takes out all there is. */
function isWholeUnpacking({ action, children, quantities }: EventFacts): boolean {
  return action === 'DELETE' && !children?.length && !quantities?.length;
}

function momentOf({ position: { seq, time: eventTime, recordTime } }: MovingEvent) {
  return { seq, eventTime, recordTime };
}
