import { preHash, readEvents } from '../../../../src/record/epcis/hash/event-hash.js';

export const EVENT = {
  type: 'ObjectEvent',
  eventTime: '2024-01-31T23:59:59.000Z',
  eventTimeZoneOffset: '+00:00',
  action: 'OBSERVE',
};

const HEAD =
  'eventType=ObjectEventeventTime=2024-01-31T23:59:59.000ZeventTimeZoneOffset=+00:00action=OBSERVE';

/** The pre-hash string of the event above with other members, less what all of these begin with. */
export function tailOf(members: object): string {
  const [string] = preHashes({ ...EVENT, ...members });
  if (!string?.startsWith(HEAD)) throw new Error(`begins otherwise: ${string}`);
  return string.slice(HEAD.length);
}

export function preHashes(document: unknown): string[] {
  return [...readEvents(document)].map(({ event, context }) => preHash(event, context));
}
