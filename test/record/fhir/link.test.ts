import { describe, expect, it } from '@jest/globals';
import { readOne } from '../reading.js';
import { buildResource } from './build.js';

const ref = (reference: string) => ({ reference });

function linksOf(type: string, members: Record<string, unknown>): string[] {
  const { references } = readOne(buildResource(type, members)).extract;
  return references
    .filter(({ target }) => !target.startsWith('Patient/'))
    .map(({ relation, target, path, isInverse }) => {
      return `${isInverse ? 'inverse ' : ''}${relation} ${target} ${path}`;
    });
}

describe('links of a FHIR resource', () => {
  it('derive an explanation of benefit from its claim, and from what the claim was made of', () => {
    const members = {
      claim: ref('Claim/1'),
      claimResponse: ref('ClaimResponse/1'),
      related: [{ claim: ref('Claim/0') }],
      prescription: ref('MedicationRequest/1'),
      item: [{ sequence: 1, encounter: [ref('Encounter/1')] }],
      enterer: ref('Practitioner/1'),
    };
    expect(linksOf('ExplanationOfBenefit', members)).toEqual([
      'wasDerivedFrom Claim/1 /claim',
      'wasDerivedFrom ClaimResponse/1 /claimResponse',
      'wasRevisionOf Claim/0 /related/0/claim',
      'wasDerivedFrom MedicationRequest/1 /prescription',
      'wasDerivedFrom Encounter/1 /item/0/encounter/0',
      'refersTo Practitioner/1 /enterer',
    ]);
  });

  it('derive a claim from visits, diagnoses, procedures and prescription, and revise an earlier one', () => {
    const members = {
      item: [{ sequence: 1 }, { encounter: [ref('Encounter/1'), ref('Encounter/2')] }],
      diagnosis: [{ diagnosisReference: ref('Condition/1') }],
      procedure: [{ procedureReference: ref('Procedure/1') }],
      prescription: ref('MedicationRequest/1'),
      related: [{ claim: ref('Claim/0') }],
      facility: ref('Location/1'),
    };
    expect(linksOf('Claim', members)).toEqual([
      'wasDerivedFrom Encounter/1 /item/1/encounter/0',
      'wasDerivedFrom Encounter/2 /item/1/encounter/1',
      'wasDerivedFrom Condition/1 /diagnosis/0/diagnosisReference',
      'wasDerivedFrom Procedure/1 /procedure/0/procedureReference',
      'wasDerivedFrom MedicationRequest/1 /prescription',
      'wasRevisionOf Claim/0 /related/0/claim',
      'refersTo Location/1 /facility',
    ]);
  });

  it('derive a report from its order and results', () => {
    const members = {
      basedOn: [ref('ServiceRequest/1')],
      result: [ref('Observation/1')],
      encounter: ref('Encounter/1'),
    };
    expect(linksOf('DiagnosticReport', members)).toEqual([
      'wasDerivedFrom ServiceRequest/1 /basedOn/0',
      'wasDerivedFrom Observation/1 /result/0',
      'refersTo Encounter/1 /encounter',
    ]);
  });

  it('derive a prescription from its visit, and a dispense from both', () => {
    expect(linksOf('MedicationRequest', { encounter: ref('Encounter/1') })).toEqual([
      'wasDerivedFrom Encounter/1 /encounter',
    ]);
    const members = {
      authorizingPrescription: [ref('MedicationRequest/1')],
      context: ref('Encounter/1'),
      location: ref('Location/1'),
    };
    expect(linksOf('MedicationDispense', members).slice(0, 3)).toEqual([
      'wasDerivedFrom MedicationRequest/1 /authorizingPrescription/0',
      'wasDerivedFrom Encounter/1 /context',
      'refersTo Location/1 /location',
    ]);
  });

  it('derive a document from those it relates to', () => {
    const relatesTo = [{ code: 'transforms', target: ref('DocumentReference/0') }];
    expect(linksOf('DocumentReference', { relatesTo })).toEqual([
      'wasDerivedFrom DocumentReference/0 /relatesTo/0/target',
    ]);
  });

  it.each([
    ['MedicationRequest', 'priorPrescription', 'wasRevisionOf'],
    ['MedicationRequest', 'basedOn', 'wasDerivedFrom'],
    ['Observation', 'derivedFrom', 'wasDerivedFrom'],
    ['Observation', 'hasMember', 'refersTo'],
    ['Procedure', 'basedOn', 'wasDerivedFrom'],
    ['Procedure', 'partOf', 'refersTo'],
    ['Procedure', 'reasonReference', 'refersTo'],
  ])('of a %s by %s: %s', (type, element, relation) => {
    expect(linksOf(type, { [element]: ref('Basic/1') })).toEqual([
      `${relation} Basic/1 /${element}`,
    ]);
  });

  it('read a Provenance as an activity: what it made, what it used, who did it', () => {
    const members = {
      entity: [{ role: 'source', what: ref('DocumentReference/1') }],
      agent: [{ who: ref('Practitioner/1'), onBehalfOf: ref('Organization/1') }],
    };
    expect(linksOf('Provenance', members).sort()).toEqual([
      'inverse wasGeneratedBy Claim/c1 /target/0',
      'used DocumentReference/1 /entity/0/what',
      'wasAssociatedWith Organization/1 /agent/0/onBehalfOf',
      'wasAssociatedWith Practitioner/1 /agent/0/who',
    ]);
  });

  it.each([
    ['removal', 'inverse wasInvalidatedBy'],
    ['derivation', 'used'],
    ['revision', 'used'],
    ['quotation', 'used'],
    ['nonsense', 'used'],
  ])('say of an entity in the role %s: %s', (role, said) => {
    const members = { target: [{ display: 'x' }], agent: [{ who: { display: 'x' } }] };
    const entity = [{ role, what: ref('Basic/1') }];
    expect(linksOf('Provenance', { ...members, entity })).toEqual([
      `${said} Basic/1 /entity/0/what`,
    ]);
  });

  it.each(['Condition', 'Observation', 'Procedure', 'Immunization'])(
    'only refer from a %s to its visit',
    (type) => {
      expect(linksOf(type, { encounter: ref('Encounter/1') })).toEqual([
        'refersTo Encounter/1 /encounter',
      ]);
    },
  );

  it('leave out references to contained resources, and take those out of them', () => {
    const members = {
      contained: [{ resourceType: 'Organization', id: 'o', partOf: ref('Organization/1') }],
      performer: [ref('#o'), ref('#')],
    };
    expect(linksOf('Observation', members)).toEqual([
      'refersTo Organization/1 /contained/0/partOf',
    ]);
  });

  it('take those in extensions and of deeper elements', () => {
    const extension = [{ url: 'http://x', valueReference: ref('Device/1') }];
    expect(linksOf('Observation', { component: [{ code: { text: 'a' }, extension }] })).toEqual([
      'refersTo Device/1 /component/0/extension/0/valueReference',
    ]);
  });

  it('name by business identifier what has no literal reference', () => {
    const identifier = { system: 'http://npi', value: '99' };
    const members = {
      performer: [{ identifier, display: 'D' }, ref('Practitioner?identifier=http://npi|98')],
      device: { identifier: { value: 'no system' } },
      specimen: { identifier, reference: 'Specimen/1' },
    };
    expect(linksOf('Observation', members)).toEqual([
      'refersTo identifier:http://npi|99 /performer/0',
      'refersTo identifier:http://npi|98 /performer/1',
      'refersTo Specimen/1 /specimen',
    ]);
  });

  it('do not take other elements with an identifier for references', () => {
    const qualification = [{ identifier: { system: 's', value: 'v' }, code: { text: 'MD' } }];
    expect(linksOf('Practitioner', { id: 'a', qualification })).toEqual([]);
  });
});
