import { DatabaseSync } from 'node:sqlite';
import { ALERT_TYPES } from '../../../src/graph/alert/suspicion.js';
import type { IndexRow } from '../../../src/graph/row.js';
import { STEP } from '../../../src/record/cbv/known-term.js';
import { TestIndex } from '../log-builder.js';
import { TraceLog, type EventSpec } from '../trace/trace-log.js';

/** GTIN and places of one company; places of others. */
export const GTIN = 'https://id.gs1.org/01/09521234000015';
export const PLANT = 'https://id.gs1.org/414/9521234000008';
export const PLANT_DOCK = `${PLANT}/254/dock`;
export const DEPOT = 'https://id.gs1.org/414/4012345000009';
export const PHARMACY = 'https://id.gs1.org/414/7612345000008';
export const TOKYO = 'https://id.gs1.org/414/4512345000004';

export const unit = (serial: string | number) => `${GTIN}/21/${serial}`;
export const box = (n: number) =>
  `https://id.gs1.org/00/09521234000000${String(n).padStart(4, '0')}`;

/** Events by what they are about. */
export class AlertLog extends TraceLog {
  commission(epcs: string[], hour: number, spec: EventSpec = {}): IndexRow {
    return this.seen(epcs, PLANT, hour, { action: 'ADD', bizStep: STEP.commissioning, ...spec });
  }

  ship(epcs: string[], place: string, hour: number, spec: EventSpec = {}): IndexRow {
    return this.seen(epcs, place, hour, { bizStep: STEP.shipping, ...spec });
  }

  receive(epcs: string[], place: string, hour: number, spec: EventSpec = {}): IndexRow {
    return this.seen(epcs, place, hour, { bizStep: STEP.receiving, ...spec });
  }

  seen(epcs: string[], readPoint: string, hour: number, spec: EventSpec = {}): IndexRow {
    return this.event({ epcs, readPoint, hour, action: 'OBSERVE', ...spec });
  }

  place(id: string, latitude: number, longitude: number): IndexRow {
    return this.master({ vocabulary: 'Location', id, latitude, longitude });
  }

  product(id: string, storageMin: number, storageMax: number): IndexRow {
    return this.master({ vocabulary: 'EPCClass', id, storageMin, storageMax });
  }
}

export interface FoundAlert {
  type: string;
  item: string;
  reasons: string[];
  evidence: number[];
  raised: number;
  known: number;
}

/** An index of such a log, all alerts worked out. */
export class AlertIndex {
  readonly index = new TestIndex();
  readonly database = new DatabaseSync(this.index.path, { readOnly: true });

  /** @param settle items at a time; by default all that is left after each batch */
  constructor({ rows }: { rows: IndexRow[] }, batch = Infinity, settle?: number) {
    for (let i = 0; i < rows.length; i += batch) {
      this.apply(rows.slice(i, i + Math.min(batch, rows.length)), settle);
    }
    this.settle();
  }

  apply(rows: IndexRow[], settle?: number): void {
    this.index.writer.apply(rows);
    if (settle !== undefined) this.index.writer.settle(settle);
  }

  settle(): void {
    for (let i = 0; this.index.writer.settle() > 0; i++) {
      if (i > 10_000) throw new Error('it does not end');
    }
  }

  alerts(): FoundAlert[] {
    const rows = this.database
      .prepare(
        `SELECT a.type, t.text AS item, a.reasons, a.evidence, a.raised, a.known
         FROM alert a JOIN term t ON t.id = a.item ORDER BY t.text, a.type, a.first`,
      )
      .all() as { [column: string]: string | number }[];
    return rows.map(({ type, item, reasons, evidence, raised, known }) => ({
      type: ALERT_TYPES[type as number]!,
      item: item as string,
      reasons: JSON.parse(reasons as string) as string[],
      evidence: JSON.parse(evidence as string) as number[],
      raised: raised as number,
      known: known as number,
    }));
  }

  close(): void {
    this.database.close();
    this.index.close();
  }
}

/** `TYPE item REASON+REASON first,other`, sorted. */
export function alertsOf(log: { rows: IndexRow[] }, batch = Infinity): string[] {
  const index = new AlertIndex(log, batch);
  try {
    return index.alerts().map(formatAlert);
  } finally {
    index.close();
  }
}

export function formatAlert({ type, item, reasons, evidence }: FoundAlert): string {
  return `${type} ${item} ${reasons.join('+')} ${evidence.join(',')}`;
}
