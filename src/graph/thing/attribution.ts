import type { TypedFact } from '../../record/epcis/fact/event-fact.js';
import { PARTY_TYPES } from './known-sql.js';
import type { Naming } from './naming-reader.js';
import { INPUT_ROLES } from './naming-relation.js';
import { CLASS_ROLE_MIN } from './thing-path.js';

/** That a thing was somebody's: event times in ms, half-open. */
export interface Attribution {
  /** Canonical URI. */
  party: string;
  since: number;
  /** Null while it is. */
  until: number | null;
  /** The event that says so first. */
  evidence: number;
}

/** An event may say whose things are; what goes into a transformation is nobody's from then on. */
export function tellsParty({ role, destinations }: Naming): boolean {
  return destinations !== null && !INPUT_ROLES.has(role);
}

/**
 * Whose one thing was, by the events that name it, in any order. An instance is its owner's until an event names another owner,
 * and its holder's likewise. Of a class or a lot others may get a part, so it stays with each who ever got some.
 */
export function attributionsOf(namings: readonly Naming[]): Attribution[] {
  const telling = namings.filter(tellsParty);
  const ofInstance = telling.filter(({ role }) => role < CLASS_ROLE_MIN).sort(byPosition);
  const ofClass = telling.filter(({ role }) => role >= CLASS_ROLE_MIN).sort(byTime);
  const found = [
    ...PARTY_TYPES.flatMap((type) => foldInstance(ofInstance, type)),
    ...foldClass(ofClass),
  ];
  found.sort((a, b) => a.since - b.since || a.evidence - b.evidence);
  return withoutTwins(found);
}

function foldInstance(events: readonly Naming[], type: string): Attribution[] {
  const attributions: Attribution[] = [];
  const open = new Map<string, Attribution>();
  for (const { time, seq, destinations } of events) {
    const parties = partiesIn(destinations!, [type]);
    if (parties.size === 0) continue;
    for (const [party, attribution] of open) {
      if (parties.has(party)) continue;
      attribution.until = time;
      open.delete(party);
    }
    for (const party of parties) {
      if (open.has(party)) continue;
      const attribution: Attribution = { party, since: time, until: null, evidence: seq };
      attributions.push(attribution);
      open.set(party, attribution);
    }
  }
  return attributions;
}

function foldClass(events: readonly Naming[]): Attribution[] {
  const first = new Map<string, Attribution>();
  for (const { time, seq, destinations } of events) {
    for (const party of partiesIn(destinations!, PARTY_TYPES)) {
      if (!first.has(party)) first.set(party, { party, since: time, until: null, evidence: seq });
    }
  }
  return [...first.values()];
}

function partiesIn(destinations: string, types: readonly string[]): Set<string> {
  const facts = JSON.parse(destinations) as TypedFact[];
  const meant = facts.filter(({ type }) => type !== undefined && types.includes(type));
  return new Set(meant.map(({ value }) => value));
}

/** Owner and holder at once is said once. */
function withoutTwins(attributions: Attribution[]): Attribution[] {
  const seen = new Set<string>();
  return attributions.filter(({ party, since, until, evidence }) => {
    const key = JSON.stringify([party, since, until, evidence]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function byPosition(a: Naming, b: Naming): number {
  return a.time - b.time || a.record - b.record || a.seq - b.seq;
}

function byTime(a: Naming, b: Naming): number {
  return a.time - b.time || a.seq - b.seq;
}
