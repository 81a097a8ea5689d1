import { iso } from '../coding.js';
import type { Random } from '../random.js';
import { HOUR_MS, MINUTE_MS } from './clock.js';
import type { Step, SupplyEvent } from './journal.js';
import { ORGANISATIONS, placeOf, type Organisation } from './organisation.js';

/** One error declaration to so many events. */
export const DECLARATION_EVERY = 100;

const DECLARED_AFTER_HOURS = { low: 2, high: 60 };

/**
 * Events that were captured wrong and taken back: with a wrong place, and put right by the event as it should have been;
 * or of something that never happened. Each adds two events, the wrong one and its declaration, to what is told.
 */
export function makeMistakes(random: Random, steps: Step[], count: number): Step[] {
  const candidates = steps.filter(
    ({ event, delayMs }) => 'readPoint' in event && 'action' in event && delayMs === undefined,
  );
  const made: Step[] = [];
  for (let i = 0; i < count && candidates.length > 0; i++) {
    const [step] = candidates.splice(random.below(candidates.length), 1) as [Step];
    const isInvented = step.event['action'] === 'OBSERVE' && random.chance(0.4);
    made.push(...(isInvented ? invent(random, step) : misplace(random, step)));
  }
  return made;
}

/** The event is first told of another place; once that is taken back, it comes as it is. */
function misplace(random: Random, step: Step): Step[] {
  const { time, event } = step;
  const wrong = elsewhere(random, event);
  const delayMs = declarationDelay(random);
  step.delayMs = delayMs + MINUTE_MS;
  const why = { reason: 'incorrect_data', correctiveEventIDs: [event.eventID] };
  return [{ time, event: wrong, delayMs: 0 }, declare({ time, event: wrong }, delayMs, why)];
}

/** A sighting that never was. */
function invent(random: Random, { time, event }: Step): Step[] {
  const moment = time + MINUTE_MS / 2;
  const wrong = { ...elsewhere(random, event), eventTime: iso(moment) };
  const invented = { time: moment, event: wrong, delayMs: 0 };
  const why = { reason: 'did_not_occur' };
  return [invented, declare(invented, declarationDelay(random), why)];
}

function declare({ time, event }: Step, delayMs: number, why: object): Step {
  const errorDeclaration = { declarationTime: iso(time + delayMs), ...why };
  return { time, event: { ...event, errorDeclaration }, delayMs };
}

function elsewhere(random: Random, event: SupplyEvent): SupplyEvent {
  const wrong = { ...event, eventID: `urn:uuid:${random.uuid()}` };
  const id = otherPlace(random, (event['readPoint'] as { id: string }).id);
  for (const name of ['readPoint', 'bizLocation'])
    if (name in event) Object.assign(wrong, { [name]: { id } });
  return wrong;
}

function otherPlace(random: Random, id: string): string {
  const others = ORGANISATIONS.filter((each) => !id.startsWith(placeOf(each).slice(0, -1)));
  return placeOf(random.pick(others as [Organisation, ...Organisation[]]));
}

function declarationDelay(random: Random): number {
  const { low, high } = DECLARED_AFTER_HOURS;
  return random.between(low * HOUR_MS, high * HOUR_MS);
}
