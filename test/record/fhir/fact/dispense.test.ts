import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dispenseFacts } from '../../../../src/record/fhir/fact/dispense.js';
import type { JsonObject } from '../../../../src/record/json-object.js';
import { isShared } from '../../../support/shared-data.js';

const CMS = join(process.cwd(), '../shared/data/fhir/cms');
const ifCms = isShared(CMS) ? it : it.skip;
const read = (name: string) =>
  JSON.parse(readFileSync(join(CMS, `${name}.json`), 'utf8')) as JsonObject;
const dayOf = (date: string) => Date.parse(date) / 86_400_000;

const NDC = { system: 'http://hl7.org/fhir/sid/ndc', code: '0591-0369-01' };

describe('facts of a dispensing', () => {
  ifCms('of Medicare Part D are its prescription number, its drug and its day', () => {
    expect(dispenseFacts(read('ExplanationOfBenefit-Pharmacy'))).toEqual({
      kind: 'EOB',
      patient: 'Patient/123456789',
      prescriptions: ['900001'],
      products: [{ ndc: '00071015523', day: dayOf('2024-01-15') }],
    });
  });

  ifCms('are there for a claim of another type only where a line names a drug', () => {
    const carrier = dispenseFacts(read('ExplanationOfBenefit-Carrier'));
    expect(carrier?.products).toHaveLength(1);
    expect(dispenseFacts(read('ExplanationOfBenefit-PriorAuth'))).toBeUndefined();
  });

  it('of a MedicationDispense are its identifiers, its prescription, its drug and when it was handed over', () => {
    const facts = dispenseFacts({
      resourceType: 'MedicationDispense',
      status: 'completed',
      identifier: [{ system: 'https://pharmacy.example/rx/', value: '7' }],
      subject: { reference: 'Patient/1' },
      authorizingPrescription: [
        { reference: 'urn:uuid:06ca4ad8-c363-4c2e-8bfe-8c0043508525' },
        { identifier: { system: 'urn:rx', value: '8' } },
      ],
      medicationReference: { reference: '#m' },
      contained: [{ resourceType: 'Medication', id: 'm', code: { coding: [NDC] } }],
      whenHandedOver: '2026-01-02T01:00:00+02:00',
    });
    expect(facts).toEqual({
      kind: 'DISPENSE',
      patient: 'Patient/1',
      prescriptions: [
        ...['7', 'https://pharmacy.example/rx/7'],
        ...['urn:uuid:06ca4ad8-c363-4c2e-8bfe-8c0043508525', '8', 'urn:rx/8'],
      ],
      products: [{ ndc: '00591036901', day: dayOf('2026-01-01') }],
    });
  });

  it('name instances by EPC, by label, and by a serial number beside the drug', () => {
    const epcsOf = (more: JsonObject) =>
      dispenseFacts({ resourceType: 'MedicationDispense', ...more })?.epcs;
    const unit = 'https://id.gs1.org/01/00305910369019/21/A1';
    expect(epcsOf({ note: [{ text: '(01)00305910369019(10)LOT(21)A1' }] })).toEqual([unit]);
    expect(epcsOf({ extension: [{ valueUri: unit }] })).toEqual([unit]);
    const bySerial = epcsOf({
      medicationCodeableConcept: { coding: [NDC] },
      contained: [{ resourceType: 'Device', serialNumber: 'A1' }],
    });
    expect(bySerial).toContain(unit);
    expect(bySerial).toHaveLength(10);
    expect(epcsOf({ contained: [{ serialNumber: 'A1' }] })).toBeUndefined();
  });

  it('are none of what did not happen, of what says no day, of other resources', () => {
    const dispense = (more: JsonObject) =>
      dispenseFacts({
        resourceType: 'MedicationDispense',
        medicationCodeableConcept: { coding: [NDC] },
        ...more,
      });
    expect(dispense({ whenHandedOver: '2026-01-02' })).toBeDefined();
    expect(dispense({ whenHandedOver: '2026-01-02', status: 'entered-in-error' })).toBeUndefined();
    expect(dispense({ whenHandedOver: '2026-01' })).toBeUndefined();
    expect(dispense({ whenHandedOver: '2026-01-02', resourceType: 'Observation' })).toBeUndefined();
    expect(
      dispenseFacts({ resourceType: 'Claim', item: 7, type: [null], supportingInfo: ['x'] }),
    ).toBeUndefined();
  });
});
