import type { Coded, Treatment } from './treatment.js';

export const SNOMED = 'http://snomed.info/sct';

/** A drug by its clinical and its package code. */
export function medication(treatment: Treatment): object {
  return {
    coding: [
      { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', ...treatment.drug },
      { system: 'http://hl7.org/fhir/sid/ndc', code: treatment.ndc },
    ],
    text: treatment.drug.display,
  };
}

export function concept(system: string, { code, display }: Coded): object {
  return { coding: [{ system, code, display }], text: display };
}

/** A code of one of HL7's own code systems. */
export function status(system: string, code: string): object {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] };
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
