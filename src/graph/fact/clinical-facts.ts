import type { DatabaseSync } from 'node:sqlite';
import type { Amounts, ClinicalFact } from '../../record/fhir/fact/clinical-fact.js';
import { Select } from '../select.js';
import { decodeClinical, type WiredFact } from './clinical-wire.js';
import type { FactRows } from './fact-columns.js';
import type { TermLookup } from './term-lookup.js';

type Row = [seq: number, facts: string, author: number, at: number, time: number, origin: number];
type Fact = WiredFact<ClinicalFact>;
type Of<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;

/** Where a name leads: the position of the first version of the record meant, or minus the name's term. */
type Meaning = (name: number | undefined) => number | null;

const NEWEST = 'r.until IS NULL';
const COLUMNS = `SELECT c.seq, c.facts, r.author, r.at, r.time, r.origin
  FROM clinical_fact c JOIN record r ON r.seq = c.seq`;
const ALIASES_MAX = 20_000;

/** Reads the newest versions of clinical records, and turns each into rows. */
export class ClinicalFacts {
  private readonly range: Select<Row>;
  private readonly some: Select<Row>;
  private readonly targets: Select<[dst: number, origin: number]>;
  private readonly aliases: Select<[aliases: string]>;
  /** Of records referred to: patients, providers, encounters come again and again. */
  private readonly known = new Map<number, string[]>();

  constructor(
    database: DatabaseSync,
    private readonly terms: TermLookup,
  ) {
    this.range = new Select(
      database,
      `${COLUMNS} WHERE c.seq >= ? AND c.seq < ? AND ${NEWEST} ORDER BY c.seq`,
    );
    this.some = new Select(
      database,
      `${COLUMNS} WHERE c.seq IN (SELECT value FROM json_each(?)) AND ${NEWEST} ORDER BY c.seq`,
    );
    this.targets = new Select(
      database,
      `SELECT e.dst, r.origin FROM edge e JOIN record r ON r.seq = e.dst WHERE e.src = ?`,
    );
    this.aliases = new Select(database, 'SELECT aliases FROM spelling WHERE seq = ?');
  }

  read(from: number, to: number, rows: FactRows): void {
    for (const row of this.range.all(from, to)) this.add(row, rows);
  }

  readSome(seqs: readonly number[], rows: FactRows): void {
    if (seqs.length === 0) return;
    for (const row of this.some.all(JSON.stringify(seqs))) this.add(row, rows);
  }

  private add(row: Row, rows: FactRows): void {
    const fact = decodeClinical(row[1]);
    const meaning = this.meaningsOf(row[0]);
    switch (fact.kind) {
      case 'CLAIM':
      case 'EOB':
        return addClaim(row, fact, meaning, rows);
      case 'ENCOUNTER':
        return addEncounter(row, fact, meaning, rows);
      case 'PATIENT': {
        const { isDeceased = false, deceasedAt = null } = fact;
        return rows.add('patient', [row[0], row[5], isDeceased, deceasedAt]);
      }
      case 'DISPENSE': {
        const { patient, code = null, label = null, status = null, quantity, handed } = fact;
        return rows.add('dispense', [
          ...[row[0], meaning(patient), code, label, status],
          ...[decimal(quantity), handed ?? null],
        ]);
      }
      case 'PARTY':
        return rows.add('party', [row[0], row[5], fact.name ?? null]);
    }
  }

  /** Two references of one relation to one record are one edge, so the edge's path does not tell: names do. */
  private meaningsOf(seq: number): Meaning {
    let origins: Map<string, number> | undefined;
    return (name) => {
      if (name === undefined) return null;
      origins ??= this.originsOf(seq);
      return origins.get(this.terms.textOf(name)) ?? -name;
    };
  }

  private originsOf(seq: number): Map<string, number> {
    const origins = new Map<string, number>();
    for (const [dst, origin] of this.targets.all(seq)) {
      for (const alias of this.aliasesOf(dst)) origins.set(alias, origin);
    }
    return origins;
  }

  private aliasesOf(seq: number): string[] {
    const known = this.known.get(seq);
    if (known) return known;
    const row = this.aliases.get(seq);
    const aliases = row ? (JSON.parse(row[0]) as string[]) : [];
    if (this.known.size >= ALIASES_MAX) this.known.clear();
    this.known.set(seq, aliases);
    return aliases;
  }
}

function addClaim(
  [seq, , author, at, time, origin]: Row,
  fact: Of<'CLAIM' | 'EOB'>,
  meaning: Meaning,
  rows: FactRows,
): void {
  const { kind, amounts, currency = null, lines = [], isInexact = false } = fact;
  const patient = meaning(fact.patient);
  const provider = meaning(fact.provider);
  const payer = meaning(fact.payer);
  const { type = null, use = null, status = null, outcome = null, created = null } = fact;
  const { since = null, until = null } = fact;
  const encounters = new Set<number | null>();
  lines.forEach((line, n) => {
    const encounter = meaning(line.encounter);
    if (encounter !== null) encounters.add(encounter);
    rows.add('line', [
      ...[seq, n, kind, patient, provider, payer, line.code ?? null, line.label ?? null],
      ...[line.modifiers ?? null, decimal(line.quantity), encounter],
      ...[line.since ?? since, line.until ?? until, ...money(line.amounts), currency],
    ]);
  });
  rows.add('claim', [
    ...[seq, kind, origin, author, at, time, patient, provider, payer, type, use, status],
    ...[outcome, created, since, until, ...money(amounts), currency, !isInexact],
    ...[meaning(fact.claim), lines.length, encounters.size],
  ]);
}

function addEncounter(row: Row, fact: Of<'ENCOUNTER'>, meaning: Meaning, rows: FactRows): void {
  const { patient, provider, class: kind = null, type = null, status = null } = fact;
  const { since = null, until = null } = fact;
  rows.add('encounter', [
    ...[row[0], row[5], meaning(patient), meaning(provider), kind, type, status, since, until],
  ]);
}

function money({ billed, allowed, paid, denied }: Amounts = {}): (number | null)[] {
  return [decimal(billed), decimal(allowed), decimal(paid), decimal(denied)];
}

function decimal(value: number | undefined): number | null {
  return value ?? null;
}
