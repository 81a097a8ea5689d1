import type { Relation } from '../draft.js';

/** DOMAIN 3: what a FHIR element says about where its record comes from. */
const RELATIONS = new Map<string, Relation>([
  ['ExplanationOfBenefit.claim', 'wasDerivedFrom'],
  ['Claim.item.encounter', 'wasDerivedFrom'],
  ['Claim.diagnosis.diagnosisReference', 'wasDerivedFrom'],
  ['Claim.procedure.procedureReference', 'wasDerivedFrom'],
  ['Claim.prescription', 'wasDerivedFrom'],
  ['Claim.related.claim', 'wasRevisionOf'],
  ['DiagnosticReport.result', 'wasDerivedFrom'],
  ['DiagnosticReport.basedOn', 'wasDerivedFrom'],
  ['MedicationRequest.encounter', 'wasDerivedFrom'],
  ['MedicationDispense.authorizingPrescription', 'wasDerivedFrom'],
  ['MedicationDispense.context', 'wasDerivedFrom'],
  ['DocumentReference.relatesTo.target', 'wasDerivedFrom'],
  ['Provenance.target', 'wasGeneratedBy'],
  ['Provenance.entity.what', 'used'],
  ['Provenance.agent.who', 'wasAssociatedWith'],
  ['Provenance.agent.onBehalfOf', 'wasAssociatedWith'],
]);

/** @param path from the resource to the Reference; list indexes do not matter */
export function relationAt(type: string, path: readonly (string | number)[]): Relation {
  let element = type;
  for (const step of path) if (typeof step === 'string') element += `.${step}`;
  return RELATIONS.get(element) ?? 'refersTo';
}
