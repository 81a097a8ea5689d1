import { describe, expect, it } from '@jest/globals';
import { readOne, readProblems } from '../reading.js';
import { buildEvent, EPC, PALLET } from './build.js';

const TYPES = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
];
const QUANTITY = { epcClass: 'urn:epc:class:lgtin:4012345.022222.L1', quantity: 5 };

describe('structure of an EPCIS event', () => {
  it.each(TYPES)('takes a minimal %s', (type) => {
    expect(readOne(buildEvent(type)).extract.type).toBe(type);
  });

  it.each(TYPES)('refuses a %s without its time or offset', (type) => {
    for (const name of ['eventTime', 'eventTimeZoneOffset']) {
      expect(readProblems(buildEvent(type, { [name]: undefined }))).toContain('INVALID_RECORD ');
    }
  });

  it.each(TYPES.filter((type) => type !== 'TransformationEvent'))(
    'refuses a %s without action',
    (type) => {
      expect(readProblems(buildEvent(type, { action: undefined }))).toEqual(['INVALID_RECORD ']);
    },
  );

  it('refuses an action on a TransformationEvent', () => {
    expect(readProblems(buildEvent('TransformationEvent', { action: 'ADD' }))).toEqual([
      'INVALID_RECORD /action',
    ]);
  });

  it.each(['CREATE', 'add', '', 1, null, ['ADD']])('refuses the action %j', (action) => {
    expect(readProblems(buildEvent('ObjectEvent', { action }))).toEqual(['INVALID_RECORD /action']);
  });

  it.each(['AggregationEvent', 'AssociationEvent'])(
    'wants the parent of an %s that adds or deletes, not of one that observes',
    (type) => {
      const without = (action: string) => buildEvent(type, { action, parentID: undefined });
      expect(readProblems(without('ADD'))).toEqual(['INVALID_RECORD ']);
      expect(readProblems(without('DELETE'))).toEqual(['INVALID_RECORD ']);
      expect(readOne(without('OBSERVE')).extract.type).toBe(type);
    },
  );

  it('wants the transactions of a TransactionEvent', () => {
    const event = buildEvent('TransactionEvent', { bizTransactionList: undefined });
    expect(readProblems(event)).toEqual(['INVALID_RECORD ']);
  });

  it.each([
    ['eventTime', '22-07-2026'],
    ['eventTime', '2026-02-30T00:00:00Z'],
    ['eventTime', '2026-07-22T06:45:00'],
    ['eventTime', 1784695500000],
    ['eventTime', '1899-12-31T23:59:59Z'],
    ['eventTime', '9999-12-31T23:59:59-01:00'],
    ['recordTime', 'now'],
    ['eventTimeZoneOffset', '02:00'],
    ['eventTimeZoneOffset', 'Z'],
    ['eventTimeZoneOffset', '+14:30'],
    ['eventTimeZoneOffset', '+2:00'],
    ['eventID', 'not a uri'],
    ['eventID', `urn:x:${'y'.repeat(5_000)}`],
    ['epcList', EPC],
    ['epcList', { '0': EPC }],
    ['bizStep', ''],
    ['bizStep', ['shipping']],
    ['bizStep', `urn:x:${'y'.repeat(5_000)}`],
    ['disposition', {}],
    ['readPoint', PALLET],
    ['bizLocation', {}],
    ['certificationInfo', 5],
    ['persistentDisposition', ['recalled']],
    ['@context', 5],
    ['errorDeclaration', {}],
  ])('refuses %s as %j', (name, value) => {
    expect(readProblems(buildEvent('ObjectEvent', { [name]: value }))).toEqual([
      `INVALID_RECORD /${name}`,
    ]);
  });

  it.each([
    [{ epcList: [EPC, 5] }, '/epcList/1'],
    [{ epcList: [EPC, 'x y'] }, '/epcList/1'],
    [{ epcList: [[EPC]] }, '/epcList/0'],
    [{ quantityList: [QUANTITY, { quantity: 5 }] }, '/quantityList/1'],
    [{ quantityList: [{ ...QUANTITY, quantity: '5' }] }, '/quantityList/0/quantity'],
    [{ quantityList: [{ ...QUANTITY, quantity: -0.1 }] }, '/quantityList/0/quantity'],
    [{ quantityList: [{ ...QUANTITY, uom: 'kilo' }] }, '/quantityList/0/uom'],
    [{ bizTransactionList: [{ type: 'po' }] }, '/bizTransactionList/0'],
    [{ sourceList: [{ source: PALLET }] }, '/sourceList/0'],
    [
      { destinationList: [{ type: 'location', destination: 'x' }] },
      '/destinationList/0/destination',
    ],
    [{ sensorElementList: [{ sensorReport: [] }] }, '/sensorElementList/0/sensorReport'],
    [{ sensorElementList: [{ sensorMetadata: {} }] }, '/sensorElementList/0'],
    [{ persistentDisposition: { set: 'recalled' } }, '/persistentDisposition/set'],
    [{ errorDeclaration: { declarationTime: 'x' } }, '/errorDeclaration/declarationTime'],
    [
      {
        errorDeclaration: { declarationTime: '2026-01-01T00:00:00Z', correctiveEventIDs: [5] },
      },
      '/errorDeclaration/correctiveEventIDs/0',
    ],
    [{ ilmd: { materialType: 'soil' } }, '/ilmd'],
    [{ ilmd: [] }, '/ilmd'],
    [{ parentID: PALLET }, '/parentID'],
    [{ childEPCs: [EPC] }, '/childEPCs'],
    [{ unknown: 1 }, ''],
    [{ 'example:note': 'a\u0000b' }, ''],
  ])('refuses %j', (members, pointer) => {
    expect(readProblems(buildEvent('ObjectEvent', members))).toEqual([`INVALID_RECORD ${pointer}`]);
  });

  it('takes extensions under a namespace, wherever they stand', () => {
    const members = {
      'example:note': { any: ['thing', null, {}] },
      'https://ns.example.org/x': 1,
      ilmd: { 'cbvmda:lotNumber': 'L1' },
      readPoint: { id: PALLET, 'example:gate': '7' },
      quantityList: [{ ...QUANTITY, uom: 'KGM' }, { epcClass: QUANTITY.epcClass }],
      epcList: [],
      sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 26.0, uom: 'CEL' }] }],
    };
    expect(readOne(buildEvent('ObjectEvent', members)).extract.type).toBe('ObjectEvent');
  });

  it('refuses a quantity that no number holds', () => {
    const event = buildEvent('ObjectEvent', { quantityList: [QUANTITY] });
    expect(readProblems(JSON.stringify(event).replace('"quantity":5', '"quantity":1e400'))).toEqual(
      ['INVALID_RECORD /quantityList/0/quantity'],
    );
  });

  it.each(['QuantityEvent', 'example:MyEvent', '', 5])('refuses the event type %j', (type) => {
    const document = { '@context': 'https://x', type: 'EPCISDocument' };
    const eventList = [{ ...buildEvent(), type }];
    expect(readProblems({ ...document, epcisBody: { eventList } })).toEqual([
      'UNKNOWN_RESOURCE_TYPE /epcisBody/eventList/0/type',
    ]);
  });
});
