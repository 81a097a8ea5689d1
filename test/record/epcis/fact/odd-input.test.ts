import { describe, expect, it } from '@jest/globals';
import { extractEvent } from '../../../../src/record/epcis/extract.js';
import { extractVocabulary } from '../../../../src/record/epcis/master-data.js';
import fc from '../../../support/fast-check.js';

const NAMES =
  `@context type eventID eventTime recordTime action bizStep disposition persistentDisposition set unset
  readPoint bizLocation id parentID epcList childEPCs inputEPCList outputEPCList quantityList epcClass quantity uom
  bizTransactionList bizTransaction sourceList source destinationList destination transformationID errorDeclaration
  declarationTime reason correctiveEventIDs ilmd sensorElementList sensorMetadata sensorReport value sDev deviceID
  component time ex:a cbvmda:lotNumber cbvmda:itemExpirationDate @value @id #text __proto__ constructor attributes
  attribute children vocabularyElementList`.split(/\s+/);
const TEXTS = [
  ...[
    'ObjectEvent',
    'TransformationEvent',
    'ADD',
    'shipping',
    'ex:b',
    ':',
    '::',
    'urn:',
    'CEL',
    'KMT',
  ],
  ...[
    '2026-07-22T06:45:00+02:00',
    '2027-01-31',
    'urn:epc:id:sgtin:0614141.107346.2017',
    '%',
    '\ud800',
  ],
  ...['cbvmda:latitude', 'urn:epcglobal:cbv:mda#name', 'NaN', '1e999', '-1'],
];

/** Names and words of EPCIS, where none of them belongs. */
const { value: odd } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom(...TEXTS),
    fc.constantFrom(0, -0, 5.5, 1e308, Infinity, null, true),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 12 }),
}));
const oddObject = fc.dictionary(fc.constantFrom(...NAMES), odd, { maxKeys: 30 });

describe('an extract of what is no event of EPCIS', () => {
  it('is made without a complaint, and is its own JSON', () => {
    fc.assert(
      fc.property(oddObject, odd, (members, context) => {
        // as JSON.parse makes them: own members, whatever they are called
        const event = JSON.parse(JSON.stringify(members)) as Record<string, unknown>;
        const outer = JSON.stringify(context) ?? 'null';
        const extract = extractEvent({ ...event, type: 'ObjectEvent' }, outer);
        expect(JSON.parse(JSON.stringify(extract))).toEqual(extract);
      }),
      { numRuns: 500, seed: 31 },
    );
  });

  it('holds for numbers JSON has no name for', () => {
    fc.assert(
      fc.property(oddObject, (members) => {
        const extract = extractEvent({ ...members, type: 'ObjectEvent' });
        expect(JSON.stringify(extract.event)).not.toContain('null');
        const all = { ...members, vocabularyElementList: [{ id: 'urn:x:1', ...members }] };
        const master = extractVocabulary(all);
        expect(JSON.parse(JSON.stringify(master))).toEqual(master);
      }),
      { numRuns: 500, seed: 32 },
    );
  });
});
