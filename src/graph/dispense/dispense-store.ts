import type { DatabaseSync } from 'node:sqlite';
import type { Change, NewVersion } from '../change.js';
import { Select } from '../select.js';
import type { TermWriter } from '../term.js';
import {
  EVENT_SIDE,
  isDispensing,
  KEY_KINDS,
  keysOfEvent,
  keysOfRecord,
  SIDES,
  type DispenseKey,
} from './dispense-key.js';
import { DrugCodes } from './drug-code.js';
import { JoinTable } from './join-table.js';
import { KeyTable, type KeyRow, type StoredKey } from './key-table.js';
import { Matcher } from './matcher.js';

const GTIN = KEY_KINDS.indexOf('GTIN');
const NDC = KEY_KINDS.indexOf('NDC');

/** What else a run of rows changed. */
export interface DispenseNotes {
  /** Events that count no longer. */
  voided: ReadonlySet<number>;
  /** Products whose master data are new, as ids of terms. */
  products: ReadonlySet<number>;
}

/**
 * Joins records of dispensings with the events of them (DOMAIN 3), inside the caller's transaction and after events and master
 * data are written. What is joined depends on the ledger alone: what a key is shared by is counted again whenever that changes,
 * and what is ambiguous now is taken away.
 */
export class DispenseStore {
  private readonly keys: KeyTable;
  private readonly joins: JoinTable;
  private readonly counting: Select<[seq: number]>;
  private readonly codes: DrugCodes;

  constructor(
    database: DatabaseSync,
    private readonly terms: TermWriter,
  ) {
    this.keys = new KeyTable(database);
    this.joins = new JoinTable(database, terms);
    this.counting = new Select(
      database,
      `SELECT e.seq FROM json_each(?) j CROSS JOIN event e ON e.seq = j.value
       WHERE e.voids = 0 AND e.voided IS NULL`,
    );
    this.codes = new DrugCodes(database);
  }

  /** @returns how many edges there are more than before */
  write({ versions, superseded }: Pick<Change, 'versions' | 'superseded'>, notes: DispenseNotes) {
    const gone = this.keys.of([...superseded.map(({ seq }) => seq), ...notes.voided]);
    this.keys.delete(gone);
    const added = [...this.ofEvents(versions), ...versions.flatMap((each) => this.ofRecord(each))];
    this.keys.insert(added);
    const moved = [...notes.products].flatMap((product) => this.recode(product));
    return this.rejoin([...gone, ...added, ...moved], versions[0]?.row.seq ?? 0);
  }

  /** @param changed rows that are new or gone; @param from the first position that is new */
  private rejoin(changed: readonly KeyRow[], from: number): number {
    if (changed.length === 0) return 0;
    const keys = new Map<string, StoredKey>();
    for (const [kind, key, day] of changed) keys.set(`${kind} ${key} ${day}`, [kind, key, day]);
    const matcher = new Matcher(this.keys);
    const affected = matcher.affectedBy([...keys.values()], from);
    for (const [, , , side, seq] of changed) if (side !== EVENT_SIDE) affected.add(seq);
    let growth = 0;
    for (const record of affected) growth += this.joins.set(record, matcher.joinsOf(record));
    return growth;
  }

  /** Those of the dispensing events that count. */
  private ofEvents(versions: readonly NewVersion[]): KeyRow[] {
    const events = versions.filter(({ row, extract, until }) => {
      const { event, occurredAt } = extract ?? {};
      if (row.class !== 'epcis.event' || !event || occurredAt === undefined) return false;
      return until === undefined && isDispensing(event);
    });
    if (events.length === 0) return [];
    const seqs = JSON.stringify(events.map(({ row }) => row.seq));
    const counting = new Set(this.counting.all(seqs).map(([seq]) => seq));
    return events
      .filter(({ row }) => counting.has(row.seq))
      .flatMap(({ row: { seq }, extract }) => {
        const keys = keysOfEvent(extract!.event!, extract!.occurredAt!);
        const rows = keys.map((key) => this.rowOf(key, EVENT_SIDE, seq));
        return [...rows, ...this.drugsOf(rows)];
      });
  }

  private ofRecord({ row, extract, until }: NewVersion): KeyRow[] {
    const facts = extract?.dispense;
    if (!facts || until !== undefined || row.class !== 'fhir.resource') return [];
    const subject = facts.patient === undefined ? null : this.terms.idOf(facts.patient);
    const side = SIDES.indexOf(facts.kind);
    return keysOfRecord(facts).map((key) => this.rowOf(key, side, row.seq, subject));
  }

  /** Events of a product go by what its master data say now. */
  private recode(product: number): KeyRow[] {
    return this.keys.eventsOf(GTIN, product).flatMap((seq) => {
      const rows = this.keys.of([seq]);
      const former = rows.filter(([kind]) => kind === NDC);
      const now = this.drugsOf(rows);
      this.keys.delete(former);
      this.keys.insert(now);
      return [...former, ...now];
    });
  }

  /** The codes of drugs that an event's products have. */
  private drugsOf(rows: readonly KeyRow[]): KeyRow[] {
    return rows.flatMap(([kind, product, day, side, seq]) => {
      if (kind !== GTIN) return [];
      return this.codes
        .of(product)
        .map((text) => this.rowOf({ kind: 'NDC', text, day }, side, seq));
    });
  }

  private rowOf(
    { kind, text, day = 0 }: DispenseKey,
    side: number,
    seq: number,
    subject: number | null = null,
  ): KeyRow {
    return [KEY_KINDS.indexOf(kind), this.terms.idOf(text), day, side, seq, subject];
  }
}
