import { DatabaseSync } from 'node:sqlite';
import type { IndexRow } from '../../../src/graph/row.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import type { MasterFacts } from '../../../src/record/epcis/fact/master-fact.js';
import { LogBuilder, TestIndex } from '../log-builder.js';

export const NOON = Date.UTC(2026, 0, 1, 12);
export const HOUR_MS = 3_600_000;

export interface EventSpec extends EventFacts {
  type?: string;
  id?: string;
  /** After noon. */
  hour?: number;
}

/** A log of supply events; positions are those of its rows. */
export class TraceLog extends LogBuilder {
  event({ type = 'ObjectEvent', id, hour = 0, ...facts }: EventSpec): IndexRow {
    return this.add(`event-${this.rows.length}`, {
      class: 'epcis.event',
      extract: {
        type,
        ...(id !== undefined && { id }),
        occurredAt: NOON + hour * HOUR_MS,
        event: facts,
      },
    });
  }

  master(facts: MasterFacts): IndexRow {
    return this.add(`master-${this.rows.length}`, {
      class: 'master.data',
      extract: { type: 'Vocabulary', master: facts },
    });
  }

  pack(parent: string, children: string[], spec: EventSpec = {}): IndexRow {
    return this.event({ type: 'AggregationEvent', action: 'ADD', parent, children, ...spec });
  }

  unpack(parent: string, children: string[], spec: EventSpec = {}): IndexRow {
    return this.event({ type: 'AggregationEvent', action: 'DELETE', parent, children, ...spec });
  }

  /** The event of that id never happened. */
  declareError(spec: EventSpec): IndexRow {
    return this.event({ ...spec, error: {} });
  }
}

/** An index of these rows, read as a thread of the graph would read it. */
export class TraceIndex {
  private readonly index: TestIndex;
  readonly database: DatabaseSync;

  constructor({ rows }: TraceLog, batch = Infinity) {
    this.index = new TestIndex();
    for (let i = 0; i < rows.length; i += batch) {
      this.index.writer.apply(rows.slice(i, i + Math.min(batch, rows.length)));
    }
    this.database = new DatabaseSync(this.index.path, { readOnly: true });
  }

  get reader() {
    return this.index.reader;
  }

  close(): void {
    this.database.close();
    this.index.close();
  }
}
