import type { DatabaseSync } from 'node:sqlite';
import type { ScanMoment } from '../edge/edge-scan.js';
import { encodeRole } from '../event/mention-role.js';
import { Select } from '../select.js';
import { EventThingReader } from './event-thing-reader.js';
import { countsSql } from './known-sql.js';
import type { Naming } from './naming-reader.js';
import { INPUT_ROLES, OUTPUT_ROLES } from './naming-relation.js';

/** Which side of a transformation. */
export type Side = 'INPUT' | 'OUTPUT';

/** A thing on the other side of a transformation. */
export interface Counterpart {
  id: number;
  /** The event by which both were told. */
  evidence: number;
  /** As what that event names one of the two: code of a role. */
  role: number;
}

const ROLES: Record<Side, ReadonlySet<number>> = { INPUT: INPUT_ROLES, OUTPUT: OUTPUT_ROLES };
const PARTS_AT_ONCE = 64;

/** Events of one transformation told apart by its id; an event without one is whole. */
export class TransformationReader {
  private readonly ids: Select<[place: number, id: number | null]>;
  private readonly parts: Select<[time: number, seq: number]>;

  constructor(
    database: DatabaseSync,
    private readonly things: EventThingReader,
  ) {
    this.ids = new Select(
      database,
      `SELECT j.key, t.id FROM json_each(?) j CROSS JOIN event e ON e.seq = j.value
       LEFT JOIN term t ON t.text = e.detail ->> '$.transformationId'`,
    );
    this.parts = new Select(
      database,
      `SELECT m.time, m.seq FROM mention m CROSS JOIN event e ON e.seq = m.seq
       WHERE m.what = ?1 AND m.role = ${encodeRole('TRANSFORMATION_ID')}
         AND (m.time, m.seq) > (?4, ?5) AND ${countsSql('?2')} AND e.time <= ?3
       ORDER BY m.time, m.seq LIMIT ${PARTS_AT_ONCE}`,
    );
  }

  /**
   * What a thing was made from, or what was made of it, in order of id; each once, by the event that completed the pair first.
   *
   * @param own the transformations that name the thing
   * @param side where they name it
   */
  counterparts(own: readonly Naming[], side: Side, moment: ScanMoment): Counterpart[] {
    const found = new Map<number, Counterpart>();
    const roles = new Map(own.map(({ seq, role }) => [seq, role]));
    for (const { first, parts } of this.groups(own, moment)) {
      for (const seqs of parts) this.match({ first, roles, side, seqs, moment, found });
    }
    return [...found.values()].sort((a, b) => a.id - b.id);
  }

  private match(search: {
    first: Naming;
    /** As what each of its own events names the thing. */
    roles: ReadonlyMap<number, number>;
    side: Side;
    seqs: readonly number[];
    moment: ScanMoment;
    found: Map<number, Counterpart>;
  }): void {
    const { first, side, moment, found } = search;
    const others = ROLES[side === 'INPUT' ? 'OUTPUT' : 'INPUT'];
    for (let seqs = search.seqs; seqs.length > 0;) {
      const { events, done } = this.things.read(seqs, moment);
      for (const { seq, type, things } of events) {
        // any event may carry the id; only a transformation makes one thing of another
        if (type !== 'TRANSFORMATION') continue;
        const evidence = Math.max(seq, first.seq);
        // where the evidence names the output is what counts
        const isOutput = side === 'INPUT' && seq === evidence;
        const ownRole = side === 'INPUT' ? first.role : search.roles.get(evidence);
        for (const { id, role } of things) {
          if (!others.has(role)) continue;
          const former = found.get(id);
          const isBetter = !former || evidence < former.evidence;
          if (!isBetter && !(isOutput && evidence === former.evidence)) continue;
          found.set(id, { id, evidence, role: isOutput ? role : (ownRole ?? role) });
        }
      }
      seqs = seqs.slice(done);
    }
  }

  /** The earliest told of the thing's own events in each transformation, and all parts of that. */
  private *groups(own: readonly Naming[], moment: ScanMoment) {
    const firsts = new Map<number, Naming>();
    for (const [place, id] of this.ids.all(JSON.stringify(own.map(({ seq }) => seq)))) {
      const naming = own[place]!;
      if (id === null) {
        yield { first: naming, parts: [[naming.seq]] };
        continue;
      }
      const first = firsts.get(id);
      if (!first || naming.seq < first.seq) firsts.set(id, naming);
    }
    for (const [id, first] of firsts) yield { first, parts: this.partsOf(id, moment) };
  }

  private *partsOf(
    id: number,
    { upTo, asOf = Number.MAX_SAFE_INTEGER }: ScanMoment,
  ): Generator<number[]> {
    let [time, seq] = [Number.MIN_SAFE_INTEGER, -1];
    for (;;) {
      const rows = this.parts.all(id, upTo, asOf, time, seq);
      yield [...new Set(rows.map(([, part]) => part))];
      if (rows.length < PARTS_AT_ONCE) return;
      [time, seq] = rows[rows.length - 1]!;
    }
  }
}
