export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

export type EventMembers = Record<string, unknown>;

/** An ObjectEvent at minute `n` of 2026; members given replace its own. */
export function buildEvent(n: number, members: EventMembers = {}): EventMembers {
  return {
    type: 'ObjectEvent',
    eventID: `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    eventTime: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
    eventTimeZoneOffset: '+00:00',
    epcList: [`urn:epc:id:sgtin:0614141.107346.${n}`],
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    ...members,
  };
}

/** A document of EPCIS 2.0 with these events. */
export function buildDocument(events: EventMembers[], context: unknown = EPCIS_CONTEXT): string {
  return JSON.stringify({
    '@context': context,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T00:00:00Z',
    epcisBody: { eventList: events },
  });
}
