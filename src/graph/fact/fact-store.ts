import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { BulkInsert } from '../bulk-insert.js';
import type { NewVersion } from '../change.js';
import type { TermWriter } from '../term.js';
import type { EventFacts } from '../../record/epcis/fact/event-fact.js';
import { siteOf } from '../trace/site.js';
import { encodeClinical } from './clinical-wire.js';

const SITES_MAX = 10_000;

/** Writes what the facts room needs and no other table has, inside the caller's transaction. */
export class FactStore {
  private readonly clinical: BulkInsert;
  private readonly moved: StatementSync;
  private readonly sites = new Map<string, string>();

  constructor(
    database: DatabaseSync,
    private readonly terms: TermWriter,
  ) {
    this.clinical = new BulkInsert(database, 'clinical_fact', 2);
    this.moved = database.prepare('INSERT OR REPLACE INTO packing_moved VALUES (?, ?)');
  }

  /**
   * @param versions a run of versions, at least one, in ledger order
   * @param moved items whose containers they changed
   */
  write(versions: readonly NewVersion[], moved: ReadonlySet<number>): void {
    const rows: SQLInputValue[] = [];
    for (const { row, extract, until } of versions) {
      if (extract?.event) this.nameAll(extract.event);
      // a claim to a version there is already never counts
      if (!extract?.clinical || until === row.seq) continue;
      rows.push(
        row.seq,
        encodeClinical(extract.clinical, (text) => this.terms.idOf(text)),
      );
    }
    this.clinical.run(rows);
    if (moved.size > 0) this.moved.run(versions.at(-1)!.row.seq, JSON.stringify([...moved]));
  }

  /** What events are grouped by has to be a term: sites and units are told nowhere by themselves. */
  private nameAll({ readPoint, bizLocation, sensors, quantities }: EventFacts): void {
    for (const place of [readPoint, bizLocation]) {
      if (place !== undefined) this.terms.idOf(this.siteOf(place));
    }
    for (const { unit } of sensors ?? []) if (unit !== undefined) this.terms.idOf(unit);
    for (const { uom } of quantities ?? []) if (uom !== undefined) this.terms.idOf(uom);
  }

  private siteOf(place: string): string {
    let site = this.sites.get(place);
    if (site !== undefined) return site;
    site = siteOf(place);
    if (this.sites.size >= SITES_MAX) this.sites.clear();
    this.sites.set(place, site);
    return site;
  }
}
