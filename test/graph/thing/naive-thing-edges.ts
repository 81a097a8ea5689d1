import type { Movement } from '../../../src/graph/containment/movement.js';
import { formatMovements } from '../../../src/graph/event/event-movement.js';
import { PARTY } from '../../../src/record/cbv/known-term.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import { naiveReplay } from '../containment/naive-containment.js';
import type { LoggedEvent } from './random-things.js';

/** `from relation to`, then the event that says so, the path, and when it held. */
export type NaiveEdge = string;

interface Moment {
  upTo: number;
  asOf?: number;
}

/** All edges of things, read off the events one by one as DOMAIN 3 says them: what the scan is held against. */
export function naiveThingEdges(
  events: readonly LoggedEvent[],
  { upTo, asOf = Infinity }: Moment,
): NaiveEdge[] {
  const counting = events.filter(
    ({ seq, isVoid, voided }) => !isVoid && seq <= upTo && (voided ?? Infinity) > upTo,
  );
  const happened = counting.filter(({ time }) => time <= asOf);
  const isAsked = asOf !== Infinity;
  const held = [...memberships(counting), ...attributions(counting)].filter(
    ({ since, until }) => !isAsked || (since <= asOf && (until ?? Infinity) > asOf),
  );
  const edges = [
    ...happened.flatMap(namings),
    ...derivations(happened),
    ...held.map((each) => {
      const { from, to, since, until, evidence, path } = each;
      return `${from} ${each.relation} ${to} ${evidence} ${path} ${since} ${until ?? 'still'}`;
    }),
  ];
  return [...new Set(edges)].sort();
}

const PATHS = {
  epcs: '/epcList',
  children: '/childEPCs',
  parent: '/parentID',
  inputs: '/inputEPCList',
  outputs: '/outputEPCList',
};

/** Each thing once for each relation, by the first list that names it. */
function namings(event: LoggedEvent): string[] {
  const seen = new Set<string>();
  return named(event.facts).flatMap(({ thing, path }) => {
    const relation = relationOf(event, path);
    if (seen.has(`${relation} ${thing}`)) return [];
    seen.add(`${relation} ${thing}`);
    const [from, to] = relation === 'used' ? [event.seq, thing] : [thing, event.seq];
    return [`${from} ${relation} ${to} ${event.seq} ${path}`];
  });
}

function relationOf({ type, facts: { action } }: LoggedEvent, path: string): string {
  if (type === 'TransformationEvent' && path.startsWith('/output')) return 'wasGeneratedBy';
  if (type === 'ObjectEvent' && action === 'ADD') return 'wasGeneratedBy';
  if (type === 'ObjectEvent' && action === 'DELETE') return 'wasInvalidatedBy';
  return 'used';
}

function named(facts: EventFacts): { thing: string; path: string }[] {
  const lists = (Object.keys(PATHS) as (keyof typeof PATHS)[]).flatMap((list) =>
    [facts[list] ?? []].flat().map((thing) => ({ thing, path: PATHS[list] })),
  );
  const quantities = (facts.quantities ?? []).map(({ list, epcClass }) => ({
    thing: epcClass,
    path: `/${list}`,
  }));
  return [...lists, ...quantities];
}

function derivations(events: readonly LoggedEvent[]): string[] {
  const transformations = events.filter(({ type }) => type === 'TransformationEvent');
  const best = new Map<string, { evidence: number; path: string }>();
  for (const output of transformations) {
    for (const input of transformations) {
      const id = output.facts.transformationId;
      if (output !== input && (id === undefined || id !== input.facts.transformationId)) continue;
      for (const { thing: from, path: outPath } of named(output.facts)) {
        for (const { thing: to, path: inPath } of named(input.facts)) {
          if (!outPath.startsWith('/output') || !inPath.startsWith('/input') || from === to)
            continue;
          const evidence = Math.max(output.seq, input.seq);
          const path = output.seq >= input.seq ? outPath : inPath;
          const key = `${from} wasDerivedFrom ${to}`;
          const former = best.get(key);
          // named by the output, where the evidence names it
          const isBetter = !former || evidence < former.evidence;
          const isOutput = evidence === former?.evidence && former.path.startsWith('/input');
          if (isBetter || (isOutput && path === outPath)) best.set(key, { evidence, path });
        }
      }
    }
  }
  return [...best].map(([key, { evidence, path }]) => `${key} ${evidence} ${path}`);
}

interface Held {
  from: string;
  relation: string;
  to: string;
  since: number;
  until?: number;
  evidence: number;
  path: string;
}

function memberships(events: readonly LoggedEvent[]): Held[] {
  const names: string[] = [];
  const idOf = (text: string) => {
    if (!names.includes(text)) names.push(text);
    return names.indexOf(text);
  };
  const movements = events.flatMap(({ type, facts, time, recordTime, seq }): Movement[] => {
    const { packing } = formatMovements({ type, facts, position: { time, recordTime, seq }, idOf });
    return packing ? [packing] : [];
  });
  return naiveReplay(movements).intervals.map(({ child, parent, from, to }) => ({
    ...{ from: names[parent]!, relation: 'hadMember', to: names[child]!, since: from.time },
    ...{ until: to?.time, evidence: from.seq, path: '/childEPCs' },
  }));
}

const PARTIES = [PARTY.owning_party, PARTY.possessing_party];

function attributions(events: readonly LoggedEvent[]): Held[] {
  const things = new Set(events.flatMap(({ facts }) => named(facts).map(({ thing }) => thing)));
  return [...things].flatMap((thing) => {
    const telling = events.filter(({ facts }) =>
      named(facts).some((each) => each.thing === thing && !each.path.startsWith('/input')),
    );
    const isClass = !thing.startsWith('urn:') && !thing.includes('/21/');
    if (isClass) return classAttributions(thing, telling);
    return PARTIES.flatMap((type) => instanceAttributions(thing, telling, type));
  });
}

function instanceAttributions(thing: string, events: LoggedEvent[], type: string): Held[] {
  const order = [...events].sort(
    (a, b) => a.time - b.time || a.recordTime - b.recordTime || a.seq - b.seq,
  );
  const telling = order.filter((event) => partiesOf(event, [type]).length > 0);
  return telling.flatMap((event, i) => {
    const before = i > 0 ? partiesOf(telling[i - 1]!, [type]) : [];
    return partiesOf(event, [type])
      .filter((party) => !before.includes(party))
      .map((party) => {
        const next = telling.slice(i).find((each) => !partiesOf(each, [type]).includes(party));
        return attribution(thing, party, event, next?.time);
      });
  });
}

function classAttributions(thing: string, events: LoggedEvent[]): Held[] {
  const order = [...events].sort((a, b) => a.time - b.time || a.seq - b.seq);
  const parties = new Set(order.flatMap((event) => partiesOf(event, PARTIES)));
  return [...parties].map((party) => {
    const first = order.find((event) => partiesOf(event, PARTIES).includes(party))!;
    return attribution(thing, party, first);
  });
}

function attribution(from: string, to: string, event: LoggedEvent, until?: number): Held {
  const { seq: evidence, time: since } = event;
  return {
    from,
    relation: 'wasAttributedTo',
    to,
    since,
    until,
    evidence,
    path: '/destinationList',
  };
}

function partiesOf({ facts }: LoggedEvent, types: string[]): string[] {
  const meant = (facts.destinations ?? []).filter(({ type }) => types.includes(type!));
  return [...new Set(meant.map(({ value }) => value))];
}
