import { isObject, stringAt, type JsonObject } from '../../json-object.js';
import { claimFact } from './claim-fact.js';
import type { ClinicalFact, DispenseFact, EncounterFact, PatientFact } from './clinical-fact.js';
import { amountOf } from './money.js';
import {
  codeOf,
  labelOf,
  momentOf,
  nameOf,
  periodOf,
  personOrOrganisationName,
  type FactSource,
} from './naming.js';

/**
 * The facts of a resource of a type that analytics counts; undefined for any other. Trusts nothing about its structure.
 *
 * @param base the server the resource came from, when that is known
 */
export function clinicalFact(resource: JsonObject, base?: string): ClinicalFact | undefined {
  const source = { resource, base };
  switch (resource['resourceType']) {
    case 'Claim':
      return claimFact(source, 'CLAIM');
    case 'ExplanationOfBenefit':
      return claimFact(source, 'EOB');
    case 'Encounter':
      return encounterFact(source);
    case 'Patient':
      return patientFact(resource);
    case 'MedicationDispense':
      return dispenseFact(source);
    case 'Organization':
    case 'Practitioner':
      return partyFact(resource);
    default:
      return undefined;
  }
}

function encounterFact(source: FactSource): EncounterFact {
  const { resource } = source;
  const patient = nameOf(resource['subject'], source);
  const provider = nameOf(resource['serviceProvider'], source);
  const kind = codeOf(resource['class']);
  const type = codeOf(resource['type']);
  const status = stringAt(resource, 'status');
  return {
    kind: 'ENCOUNTER',
    ...(patient !== undefined && { patient }),
    ...(provider !== undefined && { provider }),
    ...(kind !== undefined && { class: kind }),
    ...(type !== undefined && { type }),
    ...(status !== undefined && { status }),
    ...periodOf(resource['period']),
  };
}

/** A date of death counts to its end: what happened on that day may have been before it. */
function patientFact({ deceasedBoolean, deceasedDateTime }: JsonObject): PatientFact {
  const deceasedAt = periodOf(undefined, deceasedDateTime).until;
  const isDeceased = deceasedBoolean === true || deceasedAt !== undefined;
  return {
    kind: 'PATIENT',
    ...(isDeceased && { isDeceased }),
    ...(deceasedAt !== undefined && { deceasedAt }),
  };
}

function dispenseFact(source: FactSource): DispenseFact {
  const { resource } = source;
  const medication = resource['medicationCodeableConcept'];
  const patient = nameOf(resource['subject'], source);
  const code = codeOf(medication) ?? nameOf(resource['medicationReference'], source);
  const label = labelOf(medication);
  const status = stringAt(resource, 'status');
  const { quantity } = resource;
  const read = isObject(quantity) ? amountOf(quantity['value']) : undefined;
  const handed = momentOf(resource['whenHandedOver']) ?? momentOf(resource['whenPrepared']);
  return {
    kind: 'DISPENSE',
    ...(patient !== undefined && { patient }),
    ...(code !== undefined && { code }),
    ...(label !== undefined && { label }),
    ...(status !== undefined && { status }),
    ...(read && { quantity: read.amount }),
    ...(handed !== undefined && { handed }),
  };
}

function partyFact(resource: JsonObject): ClinicalFact {
  const name = personOrOrganisationName(resource);
  return { kind: 'PARTY', ...(name !== undefined && { name }) };
}
