import type { SupplyEvent } from '../../../src/sample/supply/supply.js';

/** An alert as the simplest reading of its definition gives it; the evidence is the first. */
export interface Suspect {
  type: string;
  reasons: string[];
  epc: string;
  eventID: string;
}

interface Entry {
  event: SupplyEvent;
  isOwn: boolean;
}

interface Place {
  latitude: number;
  longitude: number;
}

export interface MasterData {
  places: Map<string, Place>;
  /** Storage range by pattern of the product. */
  ranges: Map<string, { min: number; max: number }>;
}

const DAY_MS = 86_400_000;
const CONTAINER_OWN = ['commissioning', 'decommissioning'];

/** Replays everything in order of event time and looks at each item's whole history: slow and plain, as a yardstick. */
export function listSuspects(captured: SupplyEvent[], master: MasterData): Suspect[] {
  const events = inOrder(captured);
  const { histories, reparented, held } = replay(events);
  const suspects = [...reparented];
  const commissioned = commissionings(events);
  for (const [epc, history] of histories) {
    suspects.push(
      ...duplicates(epc, history, commissioned),
      ...travels(epc, history, master),
      ...gaps(epc, history, histories, held),
      ...owners(epc, history),
      ...excursions(epc, history, held, master),
    );
  }
  return suspects;
}

/** What holds, in order of its time: neither declarations nor what they void. */
export function inOrder(captured: SupplyEvent[]): SupplyEvent[] {
  const voided = new Set(captured.filter(isDeclaration).map(({ eventID }) => eventID));
  return captured
    .filter(({ eventID }) => !voided.has(eventID))
    .sort((a, b) => timeOf(a) - timeOf(b));
}

export function isDeclaration(event: SupplyEvent): boolean {
  return 'errorDeclaration' in event;
}

export function namesOf(event: SupplyEvent): string[] {
  const lists = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;
  const parent = event['parentID'] as string | undefined;
  return [...(parent === undefined ? [] : [parent]), ...lists.flatMap((name) => list(event, name))];
}

interface Replay {
  histories: Map<string, Entry[]>;
  reparented: Suspect[];
  /** What each shipped item held when it was shipped, by event and item. */
  held: Map<string, string[]>;
}

function replay(events: SupplyEvent[]): Replay {
  const parentOf = new Map<string, string>();
  const childrenOf = new Map<string, Set<string>>();
  const done: Replay = { histories: new Map(), reparented: [], held: new Map() };
  const note = (epc: string, entry: Entry) => {
    const history = done.histories.get(epc);
    if (history) history.push(entry);
    else done.histories.set(epc, [entry]);
  };
  const leave = (child: string) => {
    childrenOf.get(parentOf.get(child) ?? '')?.delete(child);
    parentOf.delete(child);
  };
  for (const event of events) {
    const own = namesOf(event);
    const inner = own.flatMap((epc) => [...within(epc, childrenOf)]);
    for (const epc of own) note(epc, { event, isOwn: true });
    if (!CONTAINER_OWN.includes(event['bizStep'] as string)) {
      for (const epc of inner) if (!own.includes(epc)) note(epc, { event, isOwn: false });
    }
    for (const epc of own) done.held.set(`${event.eventID} ${epc}`, [...within(epc, childrenOf)]);
    if (event.type === 'AggregationEvent') {
      const parent = event['parentID'] as string;
      for (const child of list(event, 'childEPCs')) {
        const isElsewhere = parentOf.has(child) && parentOf.get(child) !== parent;
        if (event['action'] === 'ADD' && isElsewhere) {
          const { eventID } = event;
          const reasons = ['REPARENTED_WITHOUT_DELETE'];
          done.reparented.push({ type: 'REPARENTED', reasons, epc: child, eventID });
        }
        leave(child);
        if (event['action'] === 'DELETE') continue;
        parentOf.set(child, parent);
        const children = childrenOf.get(parent) ?? new Set();
        childrenOf.set(parent, children.add(child));
      }
    }
    for (const epc of list(event, 'inputEPCList')) leave(epc);
    if (event['action'] === 'DELETE' && event.type === 'ObjectEvent') {
      for (const epc of own) [...(childrenOf.get(epc) ?? [])].forEach(leave);
    }
  }
  return done;
}

function* within(epc: string, childrenOf: Map<string, Set<string>>): Generator<string> {
  for (const child of childrenOf.get(epc) ?? []) {
    yield child;
    yield* within(child, childrenOf);
  }
}

interface Commissioning {
  lot: string;
  expiry: string;
  place: string;
}

/** By product, what was commissioned where. */
function commissionings(events: SupplyEvent[]): Map<string, Map<string, Commissioning[]>> {
  const found = new Map<string, Map<string, Commissioning[]>>();
  for (const event of events.filter(isCommissioning)) {
    for (const epc of list(event, 'epcList')) {
      const units = found.get(productOf(epc)) ?? new Map<string, Commissioning[]>();
      found.set(productOf(epc), units);
      units.set(epc, [...(units.get(epc) ?? []), describe(event)]);
    }
  }
  return found;
}

function describe(event: SupplyEvent): Commissioning {
  const ilmd = (event['ilmd'] ?? {}) as Record<string, string>;
  return {
    lot: ilmd['cbvmda:lotNumber'] ?? '',
    expiry: ilmd['cbvmda:itemExpirationDate'] ?? '',
    place: placeAt(event) ?? '',
  };
}

function duplicates(
  epc: string,
  history: Entry[],
  commissioned: ReturnType<typeof commissionings>,
): Suspect[] {
  const reasons = new Map<string, string[]>();
  const blame = ({ eventID }: SupplyEvent, reason: string) =>
    reasons.set(eventID, [...(reasons.get(eventID) ?? []), reason]);
  const own = history.filter(({ isOwn }) => isOwn).map(({ event }) => event);
  if (own.length === 0) return [];
  const [first, ...again] = own.filter(isCommissioning);
  for (const event of again) {
    blame(event, 'SECOND_COMMISSIONING');
    if (describe(event).lot !== describe(first!).lot) blame(event, 'LOT_CONFLICT');
    if (describe(event).expiry !== describe(first!).expiry) blame(event, 'EXPIRY_CONFLICT');
  }
  let isOver = false;
  for (const event of own) {
    if (isOver && event['disposition'] !== 'returned') blame(event, 'AFTER_END_OF_LIFE');
    isOver ||= ['decommissioning', 'destroying', 'dispensing'].includes(event['bizStep'] as string);
  }
  const siblings = commissioned.get(productOf(epc));
  if (epc.includes(':sgtin:') && siblings) {
    const isMade = own.some((event) => list(event, 'outputEPCList').includes(epc));
    if (!first && !isMade) blame(own[0]!, 'NEVER_COMMISSIONED');
    const isHome = [...siblings.values()].flat().some(({ place }) => sharesPrefix(epc, place));
    if (first && isHome && !sharesPrefix(epc, placeAt(first)!))
      blame(first, 'FOREIGN_COMMISSIONING');
  }
  return [...reasons].map(([eventID, list]) => ({
    type: 'DUPLICATE_SERIAL',
    reasons: list,
    epc,
    eventID,
  }));
}

function travels(epc: string, history: Entry[], { places }: MasterData): Suspect[] {
  const seen = history
    .filter(({ event }) => placeAt(event) !== undefined)
    .map(({ event }) => event);
  return seen.flatMap((event, i) => {
    const before = seen[i - 1];
    if (!before) return [];
    const [from, to] = [places.get(placeAt(before)!)!, places.get(placeAt(event)!)!];
    const hours = (timeOf(event) - timeOf(before)) / 3_600_000;
    const km = kilometres(from, to);
    const reasons = [
      ...(hours === 0 && siteOf(before) !== siteOf(event) ? ['TWO_PLACES_AT_ONCE'] : []),
      ...(km > 50 && km / hours > 900 ? ['TOO_FAST'] : []),
    ];
    if (reasons.length === 0) return [];
    return [{ type: 'IMPOSSIBLE_TRAVEL', reasons, epc, eventID: event.eventID }];
  });
}

function gaps(
  epc: string,
  history: Entry[],
  histories: Replay['histories'],
  held: Replay['held'],
): Suspect[] {
  const found: Suspect[] = [];
  for (const [i, { event, isOwn }] of history.entries()) {
    const suspect = { type: 'CUSTODY_GAP', epc, eventID: event.eventID };
    if (isOwn && event['bizStep'] === 'shipping') {
      const things = [epc, ...held.get(`${event.eventID} ${epc}`)!];
      const isSeen = things.some((thing) => arrives(histories.get(thing) ?? [], event));
      if (!isSeen) found.push({ ...suspect, reasons: ['NEVER_RECEIVED'] });
    }
    if (isOwn && event['bizStep'] === 'receiving') {
      const before = history.slice(0, i).map((entry) => entry.event);
      const since = before.findLastIndex(
        (each) => isCommissioning(each) || each['bizStep'] === 'receiving',
      );
      const isShipped = before.slice(since + 1).some((each) => each['bizStep'] === 'shipping');
      const isFromElsewhere = before.some((each) => siteOf(each) && siteOf(each) !== siteOf(event));
      if (!isShipped && isFromElsewhere) found.push({ ...suspect, reasons: ['NEVER_SHIPPED'] });
    }
  }
  return found;
}

function arrives(history: Entry[], shipping: SupplyEvent): boolean {
  return history.some(({ event, isOwn }) => {
    const after = timeOf(event) - timeOf(shipping);
    if (after <= 0 || after > 14 * DAY_MS) return false;
    const isArrival = ['receiving', 'accepting', 'arriving'].includes(event['bizStep'] as string);
    return isArrival || (isOwn && siteOf(event) && siteOf(event) !== siteOf(shipping));
  });
}

function owners(epc: string, history: Entry[]): Suspect[] {
  const found: Suspect[] = [];
  let owner: string | undefined;
  for (const { event, isOwn } of history) {
    const source = partyIn(event, 'sourceList', 'source');
    const destination = partyIn(event, 'destinationList', 'destination');
    if (isOwn && source !== undefined && owner !== undefined && source !== owner) {
      const reasons = ['SOLD_BY_ANOTHER'];
      found.push({ type: 'DOUBLE_OWNERSHIP', reasons, epc, eventID: event.eventID });
    }
    owner = destination ?? owner;
  }
  return found;
}

function partyIn(event: SupplyEvent, name: string, member: string): string | undefined {
  const parties = (event[name] ?? []) as Record<string, string>[];
  return parties.find(({ type }) => type === 'owning_party')?.[member];
}

/** The first of each item, against the ranges of what it is and what it held. */
function excursions(
  epc: string,
  history: Entry[],
  held: Replay['held'],
  { ranges }: MasterData,
): Suspect[] {
  for (const { event, isOwn } of history) {
    if (!isOwn) continue;
    const things = [epc, ...held.get(`${event.eventID} ${epc}`)!];
    const kept = things.map((thing) =>
      ranges.get(`${productOf(thing).replace(':id:', ':idpat:')}.*`),
    );
    const reports = reportsOf(event);
    const isOutside = reports.some(({ value, minValue, maxValue }) =>
      [value, minValue, maxValue].some((each) => kept.some((range) => isBeyond(each, range))),
    );
    const reasons = [
      ...(isOutside ? ['OUT_OF_RANGE'] : []),
      ...(reports.some(({ exception }) => exception) ? ['ALARM_CONDITION'] : []),
    ];
    if (reasons.length > 0) return [{ type: 'EXCURSION', reasons, epc, eventID: event.eventID }];
  }
  return [];
}

/** What is not measured and what has no range is in order. */
function isBeyond(value = NaN, { min, max } = { min: NaN, max: NaN }): boolean {
  return value < min - 0.05 || value > max + 0.05;
}

interface Report {
  exception?: string;
  value?: number;
  minValue?: number;
  maxValue?: number;
}

function reportsOf(event: SupplyEvent): Report[] {
  const elements = (event['sensorElementList'] ?? []) as { sensorReport: Report[] }[];
  return elements.flatMap(({ sensorReport }) => sensorReport);
}

function isCommissioning(event: SupplyEvent): boolean {
  return event.type === 'ObjectEvent' && event['action'] === 'ADD';
}

/** Without the serial number. */
function productOf(epc: string): string {
  return epc.slice(0, epc.lastIndexOf('.'));
}

/** Six digits of the GLN as of the GTIN; in URNs both keys begin with the company prefix. */
function sharesPrefix(epc: string, place: string): boolean {
  return epc.split(':')[4]!.slice(0, 6) === place.split(':')[4]!.slice(0, 6);
}

function placeAt(event: SupplyEvent): string | undefined {
  const place = (event['readPoint'] ?? event['bizLocation']) as { id: string } | undefined;
  return place?.id;
}

function siteOf(event: SupplyEvent): string | undefined {
  return placeAt(event)?.replace(/\.[^.]*$/, '');
}

export function timeOf({ eventTime }: SupplyEvent): number {
  return Date.parse(eventTime);
}

export function list(event: SupplyEvent, name: string): string[] {
  return (event[name] ?? []) as string[];
}

/** Chord through a sphere, then along it: another way than the generator's. */
function kilometres(from: Place, to: Place): number {
  const [a, b] = [unitVector(from), unitVector(to)];
  const chord = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  return 2 * 6_371 * Math.asin(chord / 2);
}

function unitVector({ latitude, longitude }: Place): [number, number, number] {
  const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}
