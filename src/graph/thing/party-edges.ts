import type { DatabaseSync } from 'node:sqlite';
import type { EdgeRow, ScanMoment } from '../edge/edge-scan.js';
import { Select } from '../select.js';
import type { Attribution } from './attribution.js';
import type { AttributionReader } from './attribution-reader.js';
import type { EventThingReader, NamedThing } from './event-thing-reader.js';
import { PARTY_ROLES_SQL } from './known-sql.js';
import { ATTRIBUTED, INPUT_ROLES } from './naming-relation.js';
import type { TermIds } from './term-id.js';
import { CLASS_ROLE_MIN, DESTINATION_PATH } from './thing-path.js';

const EVENTS_AT_ONCE = 32;
const ITEMS_AT_ONCE = 512;
/** Items whose attributions are kept while a party's events are read. */
const KEPT_MAX = 20_000;

/** The event that names the party, and when it happened, ms. */
interface Told {
  seq: number;
  time: number;
}

/** What of one party's things is known so far in one reading. */
interface Reading {
  party: number;
  uri: string;
  moment: ScanMoment;
  kept: Map<number, Attribution[]>;
  classes: Set<number>;
}

/** Edges of parties to what was theirs. */
export class PartyEdges {
  private readonly named: Select<[place: number]>;
  private readonly events: Select<[time: number, seq: number]>;
  private readonly textOf: Select<[text: string]>;

  constructor(
    database: DatabaseSync,
    private readonly things: EventThingReader,
    private readonly attributions: AttributionReader,
    private readonly terms: TermIds,
  ) {
    const roles = PARTY_ROLES_SQL.join(', ');
    this.named = new Select(
      database,
      `SELECT j.key FROM json_each(?) j WHERE EXISTS (
         SELECT 1 FROM mention m WHERE m.what = j.value AND m.role IN (${roles})) LIMIT 1`,
    );
    const arms = PARTY_ROLES_SQL.map(
      (role) => `SELECT time, seq FROM mention
        WHERE what = ?1 AND role = ${role} AND (time, seq) > (?2, ?3)`,
    );
    this.events = new Select(
      database,
      `${arms.join(' UNION ALL ')} ORDER BY time, seq LIMIT ${EVENTS_AT_ONCE}`,
    );
    this.textOf = new Select(database, 'SELECT text FROM term WHERE id = ?');
  }

  /** The place of the first that is a party to anything. */
  firstParty(things: readonly number[]): number | undefined {
    return this.named.get(JSON.stringify(things))?.[0];
  }

  /** In order of the event that says so first, page by page. */
  *one(party: number, moment: ScanMoment): Generator<EdgeRow[]> {
    const uri = this.textOf.get(party)?.[0];
    if (uri === undefined) return;
    const reading: Reading = { party, uri, moment, kept: new Map(), classes: new Set() };
    let [time, seq] = [Number.MIN_SAFE_INTEGER, -1];
    for (;;) {
      const rows = this.events.all(party, time, seq);
      yield* this.ofEvents([...new Set(rows.map(([, each]) => each))], reading);
      if (rows.length < EVENTS_AT_ONCE) return;
      [time, seq] = rows[rows.length - 1]!;
      if (time > (moment.asOf ?? Infinity)) return;
    }
  }

  private *ofEvents(seqs: number[], reading: Reading): Generator<EdgeRow[]> {
    for (let left = seqs; left.length > 0;) {
      const { events, done } = this.things.read(left, reading.moment);
      for (const { seq, time, things } of events) {
        const passed = things.filter(({ role }) => !INPUT_ROLES.has(role));
        for (let i = 0; i < passed.length; i += ITEMS_AT_ONCE) {
          yield this.ofThings({ seq, time }, passed.slice(i, i + ITEMS_AT_ONCE), reading);
        }
      }
      left = left.slice(done);
    }
  }

  private ofThings(event: Told, things: readonly NamedThing[], reading: Reading): EdgeRow[] {
    const instances = things.filter(({ role }) => role < CLASS_ROLE_MIN).map(({ id }) => id);
    const classes = things.filter(({ role }) => role >= CLASS_ROLE_MIN).map(({ id }) => id);
    const path = this.terms.idOfPath(DESTINATION_PATH);
    const rows: EdgeRow[] = [];
    this.keep(instances, reading);
    const { asOf } = reading.moment;
    for (const id of new Set(instances)) {
      for (const { party, since, until, evidence } of reading.kept.get(id)!) {
        if (party !== reading.uri || evidence !== event.seq) continue;
        if (asOf !== undefined && until !== null && until <= asOf) continue;
        rows.push([0, ATTRIBUTED, -id, path, evidence, since, until]);
      }
    }
    return this.addClasses(rows, event, classes, reading);
  }

  /** Events come in order of time, so the first that names a class is the one that says so first. */
  private addClasses(rows: EdgeRow[], event: Told, ids: number[], reading: Reading): EdgeRow[] {
    const path = this.terms.idOfPath(DESTINATION_PATH);
    for (const id of ids) {
      if (reading.classes.has(id)) continue;
      reading.classes.add(id);
      rows.push([0, ATTRIBUTED, -id, path, event.seq, event.time, null]);
    }
    return rows;
  }

  private keep(ids: readonly number[], { kept, moment }: Reading): void {
    if (kept.size > KEPT_MAX) kept.clear();
    const fresh = [...new Set(ids)].filter((id) => !kept.has(id));
    const found = this.attributions.of(fresh, moment.upTo);
    fresh.forEach((id, i) => kept.set(id, found[i]!));
  }
}
