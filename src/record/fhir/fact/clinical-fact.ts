/**
 * What analytics needs of a clinical record, from its plaintext alone. Times are ms since the epoch; amounts are whole
 * ten-thousandths (money.ts); persons, parties and records are called by the names their references come to
 * (reference.ts), codes `system|code`. Members are absent rather than empty.
 */
export type ClinicalFact = ClaimFact | EncounterFact | PatientFact | DispenseFact | PartyFact;

export interface ClaimFact {
  kind: 'CLAIM' | 'EOB';
  patient?: string;
  provider?: string;
  payer?: string;
  /** `system|code` */
  type?: string;
  use?: string;
  status?: string;
  outcome?: string;
  created?: number;
  since?: number;
  until?: number;
  amounts?: Amounts;
  currency?: string;
  /** An amount has more digits than are kept, is too large, or is of another currency than the rest: left out or rounded. */
  isInexact?: true;
  /** Of an EOB: the claim it answers. */
  claim?: string;
  lines?: LineFact[];
}

/** Ten-thousandths of the currency. */
export interface Amounts {
  billed?: number;
  allowed?: number;
  paid?: number;
  denied?: number;
}

export interface LineFact {
  code?: string;
  /** What the code is called. */
  label?: string;
  /** Codes of modifiers, sorted, with a blank between. */
  modifiers?: string;
  /** Ten-thousandths. */
  quantity?: number;
  /** The first encounter it names. */
  encounter?: string;
  since?: number;
  until?: number;
  amounts?: Amounts;
}

export interface EncounterFact {
  kind: 'ENCOUNTER';
  patient?: string;
  provider?: string;
  class?: string;
  type?: string;
  status?: string;
  since?: number;
  until?: number;
}

export interface PatientFact {
  kind: 'PATIENT';
  isDeceased?: true;
  /** ms; absent where only the fact is told. */
  deceasedAt?: number;
}

export interface DispenseFact {
  kind: 'DISPENSE';
  patient?: string;
  code?: string;
  label?: string;
  status?: string;
  /** Ten-thousandths. */
  quantity?: number;
  handed?: number;
}

/** Whoever provides or pays. */
export interface PartyFact {
  kind: 'PARTY';
  name?: string;
}

/** Members whose texts are names and codes, which repeat: whoever stores facts may keep each once. */
export const NAMING_MEMBERS = [
  'patient',
  'provider',
  'payer',
  'type',
  'class',
  'claim',
  'code',
  'label',
  'encounter',
  'name',
] as const;
