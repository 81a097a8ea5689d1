import type { EdgeRow, ScanDirection, ScanMoment } from '../edge/edge-scan.js';
import type { RelationFilter } from '../edge/relation.js';
import { attributionsOf, type Attribution } from './attribution.js';
import type { AttributionReader } from './attribution-reader.js';
import type { MemberReader, Membership } from './member-reader.js';
import type { Naming, NamingReader } from './naming-reader.js';
import * as relation from './naming-relation.js';
import type { PartyEdges } from './party-edges.js';
import { isChosen } from './relation-choice.js';
import type { TermIds } from './term-id.js';
import { DESTINATION_PATH, THING_ROLES } from './thing-path.js';
import type { TransformationReader } from './transformation-reader.js';

/** What is read at once; a thing that has more is read by itself. */
export const ROWS_AT_ONCE = 8_192;

const CHILD_PATH = THING_ROLES.indexOf('CHILD');
/** Relations of things to events; those of one direction, in order. */
const TO_EVENTS: Record<ScanDirection, readonly number[]> = {
  UPSTREAM: [relation.GENERATED, relation.INVALIDATED],
  DOWNSTREAM: [relation.USED],
};

export interface ThingQuestion {
  direction: ScanDirection;
  filter: RelationFilter;
  moment: ScanMoment;
}

/** What edges of things are read with. */
export interface ThingReaders {
  namings: NamingReader;
  members: MemberReader;
  transformations: TransformationReader;
  attributions: AttributionReader;
  parties: PartyEdges;
  terms: TermIds;
}

/** Edges of things to events and to one another. In order of relation; events by time, things as their reader has them. */
export class ItemEdges {
  constructor(private readonly readers: ThingReaders) {}

  /**
   * Of many things, `place` by `place`.
   *
   * @returns `done`: how many of `things` are answered; none when the first has more than is read at once
   */
  many(things: readonly number[], question: ThingQuestion): { rows: EdgeRow[]; done: number } {
    const { direction, filter, moment } = question;
    const { namings, parties } = this.readers;
    let asked = things;
    if (direction === 'DOWNSTREAM' && isChosen(filter, relation.ATTRIBUTED)) {
      asked = things.slice(0, parties.firstParty(things));
    }
    const named = needsNamings(question) ? namings.many(asked, moment.upTo, ROWS_AT_ONCE) : [];
    let done = named.length < ROWS_AT_ONCE ? asked.length : named[named.length - 1]!.place;
    const members = this.membersOf(asked.slice(0, done), question);
    done = members.done;
    const own = Array.from({ length: done }, (): Naming[] => []);
    for (const naming of named) own[naming.place]?.push(naming);
    const rows = own.flatMap((each, place) =>
      this.ofNamings(things[place]!, place, each, question),
    );
    for (const row of members.rows) if (row[0] < done) rows.push(row);
    return { rows: rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]), done };
  }

  /** Of one thing, however many it has, page by page; `place` is 0. */
  *one(thing: number, question: ThingQuestion): Generator<EdgeRow[]> {
    const { direction, filter, moment } = question;
    const { parties, members } = this.readers;
    const wants = (rel: number) => isChosen(filter, rel);
    const [first, second] = TO_EVENTS[direction];
    if (wants(relation.DERIVED)) {
      const own: Naming[] = [];
      for (const page of this.pagesOf(thing, moment)) {
        for (const each of page) if (isOfSide(each, direction)) own.push(each);
        // whoever asks may look at the clock
        yield [];
      }
      yield this.derived(thing, 0, own, question);
    }
    if (wants(first!)) yield* this.eventPages(thing, first!, question);
    if (wants(relation.ATTRIBUTED)) {
      if (direction === 'DOWNSTREAM') yield* parties.one(thing, moment);
      else yield this.attributed(0, this.readers.attributions.ofOne(thing, moment.upTo), moment);
    }
    if (second !== undefined && wants(second)) yield* this.eventPages(thing, second, question);
    if (!wants(relation.MEMBER)) return;
    for (const page of members.one(thing, direction, moment)) {
      yield page.map((member) => this.memberRow(member));
    }
  }

  private *eventPages(thing: number, rel: number, question: ThingQuestion): Generator<EdgeRow[]> {
    for (const page of this.pagesOf(thing, question.moment)) {
      yield this.toEvents(0, page, rel, question.moment);
    }
  }

  private pagesOf(thing: number, { upTo }: ScanMoment): Generator<Naming[]> {
    return this.readers.namings.one(thing, upTo, ROWS_AT_ONCE);
  }

  /** All but memberships. */
  private ofNamings(
    thing: number,
    place: number,
    namings: Naming[],
    question: ThingQuestion,
  ): EdgeRow[] {
    if (namings.length === 0) return [];
    const { direction, filter, moment } = question;
    namings.sort((a, b) => a.time - b.time || a.seq - b.seq || a.role - b.role);
    const parts: EdgeRow[][] = [];
    const own = namings.filter((each) => isOfSide(each, direction));
    if (own.length > 0 && isChosen(filter, relation.DERIVED)) {
      parts.push(this.derived(thing, place, own, question));
    }
    for (const rel of TO_EVENTS[direction]) {
      if (isChosen(filter, rel)) parts.push(this.toEvents(place, namings, rel, moment));
    }
    if (direction === 'UPSTREAM' && isChosen(filter, relation.ATTRIBUTED)) {
      parts.push(this.attributed(place, attributionsOf(namings), moment));
    }
    return parts.flat();
  }

  /** @param namings in order; an event in several roles, once */
  private toEvents(
    place: number,
    namings: readonly Naming[],
    rel: number,
    { asOf = Infinity }: ScanMoment,
  ): EdgeRow[] {
    const rows: EdgeRow[] = [];
    for (const { role, time, seq, type, action } of namings) {
      if (time > asOf || relation.relationOfNaming(type, action, role) !== rel) continue;
      if (rows[rows.length - 1]?.[2] === seq) continue;
      const path = this.readers.terms.idOfPath(role);
      // the event says so, at whichever end it stands
      rows.push([place, rel, seq, rel === relation.USED ? path : -path]);
    }
    return rows;
  }

  private derived(
    thing: number,
    place: number,
    own: readonly Naming[],
    { direction, moment }: ThingQuestion,
  ): EdgeRow[] {
    const { transformations, terms } = this.readers;
    const happened = own.filter(({ time }) => time <= (moment.asOf ?? Infinity));
    const side = direction === 'UPSTREAM' ? 'OUTPUT' : 'INPUT';
    const rows: EdgeRow[] = [];
    for (const { id, evidence, role } of transformations.counterparts(happened, side, moment)) {
      // what goes in and comes out again is not made from itself
      if (id !== thing) {
        rows.push([place, relation.DERIVED, -id, terms.idOfPath(role), evidence]);
      }
    }
    return rows;
  }

  private attributed(
    place: number,
    attributions: readonly Attribution[],
    { asOf }: ScanMoment,
  ): EdgeRow[] {
    const { terms } = this.readers;
    const path = terms.idOfPath(DESTINATION_PATH);
    const holds = ({ since, until }: Attribution) =>
      asOf === undefined || (since <= asOf && (until === null || until > asOf));
    return attributions
      .filter(holds)
      .map(({ party, since, until, evidence }) => [
        ...([place, relation.ATTRIBUTED, -terms.idOf(party), path] as const),
        ...([evidence, since, until] as const),
      ]);
  }

  private membersOf(
    things: readonly number[],
    { direction, filter, moment }: ThingQuestion,
  ): { rows: EdgeRow[]; done: number } {
    const { members } = this.readers;
    if (!isChosen(filter, relation.MEMBER)) return { rows: [], done: things.length };
    if (members.isNow(moment)) {
      const found = members.many(things, direction, moment, ROWS_AT_ONCE);
      const isAll = found.length < ROWS_AT_ONCE;
      const done = isAll ? things.length : found[found.length - 1]!.place;
      return { rows: found.map((member) => this.memberRow(member)), done };
    }
    const rows: EdgeRow[] = [];
    for (const [place, thing] of things.entries()) {
      for (const page of members.one(thing, direction, moment)) {
        if (rows.length + page.length > ROWS_AT_ONCE) return { rows, done: place };
        for (const member of page) rows.push(this.memberRow({ ...member, place }));
      }
    }
    return { rows, done: things.length };
  }

  private memberRow({ place, other, since, until, evidence }: Membership): EdgeRow {
    const path = this.readers.terms.idOfPath(CHILD_PATH);
    return [place, relation.MEMBER, -other, path, evidence, since, until];
  }
}

function isOfSide({ type, role }: Naming, direction: ScanDirection): boolean {
  const roles = direction === 'UPSTREAM' ? relation.OUTPUT_ROLES : relation.INPUT_ROLES;
  return type === 'TRANSFORMATION' && roles.has(role);
}

/** Attributions are read off the things' side alone. */
function needsNamings({ direction, filter }: ThingQuestion): boolean {
  const others = direction === 'UPSTREAM' ? [relation.ATTRIBUTED] : [];
  return [relation.DERIVED, ...TO_EVENTS[direction], ...others].some((rel) =>
    isChosen(filter, rel),
  );
}
