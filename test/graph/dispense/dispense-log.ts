import { DatabaseSync } from 'node:sqlite';
import type { IndexRow } from '../../../src/graph/row.js';
import { STEP } from '../../../src/record/cbv/known-term.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import type { DispenseFacts } from '../../../src/record/fhir/fact/dispense.js';
import { LogBuilder, TestIndex, type RowSpec } from '../log-builder.js';

const TYPES = { DISPENSE: 'MedicationDispense', EOB: 'ExplanationOfBenefit', CLAIM: 'Claim' };

/** A log of dispensings, as pharmacies and payers tell of them. */
export class DispenseLog extends LogBuilder {
  /** @param former the version it takes the place of */
  event(facts: EventFacts, time: number, id?: string, former?: IndexRow): IndexRow {
    const spec: RowSpec = {
      class: 'epcis.event',
      extract: {
        type: 'ObjectEvent',
        ...(id !== undefined && { id }),
        occurredAt: time,
        event: { action: 'OBSERVE', bizStep: STEP.dispensing, ...facts },
      },
    };
    const name = `event-${this.rows.length}`;
    return former ? this.revise(former, name, spec) : this.add(name, spec);
  }

  record(dispense: DispenseFacts | undefined, former?: IndexRow, references: string[] = []) {
    const type = dispense ? TYPES[dispense.kind] : 'MedicationDispense';
    const name = `record-${this.rows.length}`;
    const spec: RowSpec = { extract: { type, ...(dispense && { dispense }) }, from: references };
    return former ? this.revise(former, name, spec) : this.add(name, spec);
  }

  product(id: string, ndc?: string): IndexRow {
    return this.add(id, {
      class: 'master.data',
      extract: {
        type: 'Vocabulary',
        master: { id, vocabulary: 'EPCClass', ...(ndc !== undefined && { ndc }) },
      },
    });
  }
}

export interface Joins {
  /** `record -> event path`, of every edge that is derived. */
  joins: string[];
  /** What the index says it has, and what it has. */
  counted: number;
  stored: number;
}

/** What is in the index of these rows, captured in batches of that size. */
export function joinsOf(rows: IndexRow[], batch = Infinity): Joins {
  const index = new TestIndex();
  for (let i = 0; i < rows.length; i += batch) {
    index.writer.apply(rows.slice(i, Math.min(i + batch, rows.length)));
  }
  const database = new DatabaseSync(index.path, { readOnly: true });
  const all = (sql: string) =>
    database.prepare(sql, { returnArrays: true }).all() as unknown as (string | number)[][];
  const joins = all(`SELECT e.src, e.dst, t.text FROM edge e JOIN term t ON t.id = e.path
    WHERE e.rel = 0 ORDER BY e.src, e.dst`).map(([src, dst, path]) => `${src} -> ${dst} ${path}`);
  const [[counted], [stored]] = [
    all('SELECT edges FROM meta')[0]!,
    all('SELECT count(*) FROM edge')[0]!,
  ] as [[number], [number]];
  database.close();
  index.close();
  return { joins, counted, stored };
}
