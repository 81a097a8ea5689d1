import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Facts } from '../../src/facts/facts.js';
import type { IndexRow } from '../../src/graph/row.js';
import { formatLine, generateSupply } from '../../src/sample/supply/supply.js';
import { readDocument } from '../../src/record/document.js';
import { isProblem, type Extract, type RecordClass } from '../../src/record/draft.js';
import { extractContent } from '../../src/record/extract.js';
import { LogBuilder, TestIndex } from '../graph/log-builder.js';

/** An index and the facts that follow it, on this thread, in directories that go away. */
export class FactsWorld {
  readonly index = new TestIndex();
  private readonly directory = mkdtempSync(join(tmpdir(), 'provtrail-facts-'));
  readonly paths = { directory: join(this.directory, 'facts'), index: this.index.path };
  facts = Facts.open(this.paths, { threads: false });

  apply(rows: readonly IndexRow[]): void {
    this.index.writer.apply([...rows]);
    while (this.index.writer.settle() > 0);
  }

  catchUp(): Promise<number> {
    return this.facts.caughtUp(Infinity);
  }

  async reopen(): Promise<void> {
    await this.facts.close();
    this.facts = Facts.open(this.paths, { threads: false });
  }

  /** Every table but those of ids that depend on the way, sorted, so that two worlds can be compared. */
  async dump(): Promise<Record<string, string[]>> {
    const tables: Record<string, string[]> = {};
    for (const [table, columns] of Object.entries(DUMPED)) {
      const where = table === 'term' ? NAMED : '';
      const rows = await this.facts.query(`SELECT ${columns} FROM ${table} ${where}`);
      tables[table] = rows.map((row) => JSON.stringify(row)).sort();
    }
    return tables;
  }

  async close(): Promise<void> {
    await this.facts.close();
    this.index.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Terms of rows that have gone since may stay. */
const NAMED = `WHERE id IN (SELECT item FROM event_item UNION SELECT place FROM event UNION SELECT code FROM line
  UNION SELECT step FROM event UNION SELECT parent FROM containment UNION SELECT -patient FROM claim)`;

const DUMPED: Record<string, string> = {
  meta: 'position, settled',
  term: '*',
  kind: '*',
  record: '*',
  event: '*',
  event_item: '*',
  quantity: '*',
  unit: '*',
  sensor: '*',
  containment: '*',
  conflict: '*',
  alert: 'type, item, gtin, first, raised, known',
  place: '*',
  product: '*',
  dirty: '*',
  inside: '*',
  stay: '*',
  custody: '*',
  transfer: '*',
  life: '*',
  claim: '*',
  line: '*',
  encounter: '*',
  patient: '*',
  dispense: '*',
  party: '*',
};

/** A generated year of supply as the rows of a log. */
export function supplyLog(seed: number, events: number): LogBuilder {
  const supply = generateSupply({ seed, events });
  const log = new LogBuilder(Date.UTC(2026, 0, 1));
  const add = (recordClass: RecordClass, extract: Extract) =>
    log.add(`${log.rows.length}`, {
      ...{ class: recordClass, mediaType: 'application/ld+json' },
      extract,
    });
  for (const draft of readDocument(JSON.stringify(supply.masterData))) {
    if (!isProblem(draft)) add(draft.class, draft.extract);
  }
  for (const event of supply.events) {
    add('epcis.event', extractContent(formatLine(event), 'application/ld+json'));
  }
  return log;
}
