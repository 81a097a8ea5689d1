import { NAMING_MEMBERS, type ClinicalFact } from '../../record/fhir/fact/clinical-fact.js';

/** A fact with ids of terms in the place of its names and codes. */
export type WiredFact<Fact> = Fact extends readonly (infer Item)[]
  ? WiredFact<Item>[]
  : Fact extends object
    ? {
        [Name in keyof Fact]: Name extends NamingMember ? Wired<Fact[Name]> : WiredFact<Fact[Name]>;
      }
    : Fact;

type NamingMember = (typeof NAMING_MEMBERS)[number];
type Wired<Value> = Value extends string ? number : Value;

const NAMING: ReadonlySet<string> = new Set(NAMING_MEMBERS);

/** JSON text of a fact; a name that many records say is kept once. */
export function encodeClinical(fact: ClinicalFact, idOf: (text: string) => number): string {
  return JSON.stringify(fact, (name, value: unknown) =>
    typeof value === 'string' && NAMING.has(name) ? idOf(value) : value,
  );
}

export function decodeClinical(text: string): WiredFact<ClinicalFact> {
  return JSON.parse(text) as WiredFact<ClinicalFact>;
}
