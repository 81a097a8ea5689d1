import type { ExportColumn } from './export-row.js';

/** A table of facts as it is exported. */
export interface FactTable {
  class: 'fhir.resource' | 'epcis.event';
  /** Its name in the facts. The position is `t.seq`. */
  table: string;
  /** What is joined to a page of it: words by their ids. */
  words: string;
  /** Tells rows of one position apart: a column or a number. */
  n: string;
  /** What `from` and `before` are of. */
  time: string;
  columns: readonly (ExportColumn & { sql: string; isParty?: boolean })[];
}

const text = (name: string, sql: string) => ({ name, sql, kind: 'text' as const });
const time = (name: string, sql: string) => ({ name, sql, kind: 'time' as const });
const decimal = (name: string, sql: string) => ({ name, sql, kind: 'decimal' as const });
const number = (name: string, sql: string) => ({ name, sql, kind: 'number' as const });
/** Whom or what a claim names: the rid of the record that describes it, else what it was called. */
const party = (name: string, sql: string) => ({ ...text(name, sql), isParty: true });

const AMOUNTS = ['billed', 'allowed', 'paid', 'denied'].map((name) => decimal(name, `t.${name}`));

export const FACT_TABLES: Readonly<Record<string, FactTable>> = {
  claims: {
    class: 'fhir.resource',
    table: 'claim',
    words: 'LEFT JOIN term ty ON ty.id = t.type',
    n: '0',
    time: 't.time',
    columns: [
      text('kind', 't.kind'),
      party('patient', 't.patient'),
      party('provider', 't.provider'),
      party('payer', 't.payer'),
      text('type', 'ty.text'),
      text('use', 't.use_'),
      text('status', 't.status'),
      text('outcome', 't.outcome'),
      time('created', 't.created'),
      time('since', 't.since'),
      time('until', 't.until'),
      ...AMOUNTS,
      text('currency', 't.currency'),
      party('claim', 't.claim_ref'),
      { name: 'lines', sql: 't.lines', kind: 'integer' },
    ],
  },
  lines: {
    class: 'fhir.resource',
    table: 'line',
    words: 'LEFT JOIN term co ON co.id = t.code LEFT JOIN term la ON la.id = t.label',
    n: 't.n',
    time: 't.serviced',
    columns: [
      { name: 'n', sql: 't.n', kind: 'integer' },
      text('kind', 't.kind'),
      party('patient', 't.patient'),
      party('provider', 't.provider'),
      party('payer', 't.payer'),
      text('code', 'co.text'),
      text('label', 'la.text'),
      text('modifiers', 't.modifiers'),
      decimal('quantity', 't.quantity'),
      party('encounter', 't.encounter'),
      time('serviced', 't.serviced'),
      time('servicedUntil', 't.serviced_until'),
      ...AMOUNTS,
      text('currency', 't.currency'),
    ],
  },
  encounters: {
    class: 'fhir.resource',
    table: 'encounter',
    words: 'LEFT JOIN term cl ON cl.id = t.class LEFT JOIN term ty ON ty.id = t.type',
    n: '0',
    time: 't.since',
    columns: [
      party('patient', 't.patient'),
      party('provider', 't.provider'),
      text('class', 'cl.text'),
      text('type', 'ty.text'),
      text('status', 't.status'),
      time('since', 't.since'),
      time('until', 't.until'),
    ],
  },
  dispenses: {
    class: 'fhir.resource',
    table: 'dispense',
    words: 'LEFT JOIN term co ON co.id = t.code LEFT JOIN term la ON la.id = t.label',
    n: '0',
    time: 't.handed',
    columns: [
      party('patient', 't.patient'),
      text('code', 'co.text'),
      text('label', 'la.text'),
      text('status', 't.status'),
      decimal('quantity', 't.quantity'),
      time('handed', 't.handed'),
    ],
  },
  sensors: {
    class: 'epcis.event',
    table: 'sensor',
    words: `LEFT JOIN term ty ON ty.id = t.type LEFT JOIN term un ON un.id = t.unit
      LEFT JOIN term de ON de.id = t.device LEFT JOIN term pl ON pl.id = t.place`,
    n: 't.n',
    time: 't.time',
    columns: [
      { name: 'n', sql: 't.n', kind: 'integer' },
      text('type', 'ty.text'),
      text('unit', 'un.text'),
      text('device', 'de.text'),
      text('place', 'pl.text'),
      time('since', 't.since'),
      time('until', 't.until'),
      ...['value', 'min', 'max', 'mean'].map((name) => number(name, `t.${name}`)),
    ],
  },
};
