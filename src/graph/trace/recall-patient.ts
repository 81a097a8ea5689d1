import type { DatabaseSync } from 'node:sqlite';
import { decodeClinical } from '../fact/clinical-wire.js';
import { Select } from '../select.js';
import { TermReader } from '../term.js';

/**
 * Whom a clinical record is about: the patient's record it refers to, or the name it has for the patient when no such record
 * is here. Each is a number: the position of the record's first version, or minus the id of the name.
 */
export class PatientReader {
  private readonly facts: Select<[facts: string]>;
  private readonly targets: Select<[origin: number, seq: number]>;
  private readonly aliases: Select<[aliases: string]>;
  private readonly terms: TermReader;

  constructor(database: DatabaseSync) {
    this.terms = new TermReader(database);
    this.facts = new Select(database, 'SELECT facts FROM clinical_fact WHERE seq = ?');
    this.targets = new Select(
      database,
      `SELECT r.origin, r.seq FROM edge e CROSS JOIN record r ON r.seq = e.dst
       CROSS JOIN kind k ON k.id = r.kind
       WHERE e.src = ? AND k.class = 'fhir.resource' AND k.type = 'Patient' ORDER BY r.seq`,
    );
    this.aliases = new Select(database, 'SELECT aliases FROM spelling WHERE seq = ?');
  }

  patientOf(seq: number): number | undefined {
    const targets = this.targets.all(seq);
    const [first, ...others] = new Set(targets.map(([origin]) => origin));
    if (first !== undefined && others.length === 0) return first;
    const name = this.nameIn(seq);
    if (name === undefined) return first;
    const text = this.terms.textOf(name);
    const meant = targets.find(([, target]) => this.aliasesOf(target).includes(text));
    return meant?.[0] ?? -name;
  }

  private nameIn(seq: number): number | undefined {
    const row = this.facts.get(seq);
    const fact = row && decodeClinical(row[0]);
    return fact && 'patient' in fact ? fact.patient : undefined;
  }

  private aliasesOf(seq: number): string[] {
    const row = this.aliases.get(seq);
    return row ? (JSON.parse(row[0]) as string[]) : [];
  }
}
