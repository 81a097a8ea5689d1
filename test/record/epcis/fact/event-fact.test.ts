import { describe, expect, it } from '@jest/globals';
import type { EventFacts } from '../../../../src/record/epcis/fact/event-fact.js';
import { extractEvent } from '../../../../src/record/epcis/extract.js';
import { readOne } from '../../reading.js';
import { buildDocument, buildEvent, EPC, PALLET } from '../build.js';

const CBV = 'https://ref.gs1.org/cbv/';
const PALLET_LINK = 'https://id.gs1.org/00/106141412345678908';

function factsOf(type: string, members: Record<string, unknown> = {}): EventFacts {
  return readOne(buildDocument([buildEvent(type, members)])).extract.event!;
}

describe('facts of an event', () => {
  it('have canonical identifiers, whichever way they were written', () => {
    const facts = factsOf('ObjectEvent', {
      epcList: ['urn:epc:id:sgtin:0614141.107346.2017', 'https://example.com/gtin/614141073464'],
      readPoint: { id: 'urn:epc:id:sgln:0614141.00729.ABC' },
      bizLocation: { id: 'urn:epc:id:sgln:0614141.00729.0' },
    });
    expect(facts).toEqual({
      action: 'OBSERVE',
      epcs: [
        'https://id.gs1.org/01/10614141073464/21/2017',
        'https://id.gs1.org/01/00614141073464',
      ],
      readPoint: 'https://id.gs1.org/414/0614141007295/254/ABC',
      bizLocation: 'https://id.gs1.org/414/0614141007295',
    });
  });

  it('tell parent and children, and what became of what', () => {
    const times = { recordTime: '2026-07-23T00:00:00.5Z' };
    expect(factsOf('AggregationEvent', times)).toEqual({
      action: 'ADD',
      recordTime: Date.UTC(2026, 6, 23, 0, 0, 0, 500),
      parent: PALLET_LINK,
      children: [EPC],
    });
    expect(factsOf('TransformationEvent', { transformationID: 'urn:t:1' })).toEqual({
      inputs: [EPC],
      outputs: [`${EPC}8`],
      transformationId: 'urn:t:1',
    });
    expect(factsOf('AssociationEvent', { parentID: PALLET })).toMatchObject({
      parent: PALLET_LINK,
    });
  });

  it('name lots and classes by their Digital Links, with the unit as captured', () => {
    const quantityList = [
      { epcClass: 'urn:epc:class:lgtin:4012345.022222.L1', quantity: 5.5, uom: 'GRM' },
      { epcClass: 'urn:epc:idpat:sgtin:0614141.107346.*' },
    ];
    expect(factsOf('ObjectEvent', { epcList: [], quantityList }).quantities).toEqual([
      {
        list: 'quantityList',
        epcClass: 'https://id.gs1.org/01/04012345222227/10/L1',
        quantity: 5.5,
        uom: 'GRM',
      },
      { list: 'quantityList', epcClass: 'https://id.gs1.org/01/10614141073464' },
    ]);
  });

  it.each([
    ['shipping', `${CBV}BizStep-shipping`],
    ['urn:epcglobal:cbv:bizstep:shipping', `${CBV}BizStep-shipping`],
    ['cbv:BizStep-shipping', `${CBV}BizStep-shipping`],
    ['ex:blending', 'https://ex.org/blending'],
    ['https://ex.org/blending', 'https://ex.org/blending'],
    ['nobody:blending', 'nobody:blending'],
  ])('have the business step %s as %s', (bizStep, uri) => {
    const event = buildEvent('ObjectEvent', { bizStep, '@context': { ex: 'https://ex.org/' } });
    expect(readOne(event).extract.event?.bizStep).toBe(uri);
  });

  it('have the types of transactions, sources and destinations in full', () => {
    const facts = factsOf('ObjectEvent', {
      bizTransactionList: [
        { type: 'po', bizTransaction: 'urn:po:1' },
        { bizTransaction: 'urn:b:2' },
      ],
      sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:0614141.00729' }],
      destinationList: [{ type: 'location', destination: 'urn:epc:id:sgln:0614141.00729.0' }],
    });
    expect(facts.bizTransactions).toEqual([
      { type: `${CBV}BTT-po`, value: 'urn:po:1' },
      { value: 'urn:b:2' },
    ]);
    expect(facts.sources).toEqual([
      { type: `${CBV}SDT-owning_party`, value: 'https://id.gs1.org/417/0614141007295' },
    ]);
    expect(facts.destinations).toEqual([
      { type: `${CBV}SDT-location`, value: 'https://id.gs1.org/414/0614141007295' },
    ]);
  });

  it('tell persistent dispositions, and what an error declaration says', () => {
    const errorDeclaration = {
      declarationTime: '2026-08-01T00:00:00Z',
      reason: 'incorrect_data',
      correctiveEventIDs: ['urn:uuid:1'],
      'ext:by': 'QA',
    };
    const persistentDisposition = { set: ['recalled'], unset: ['completeness_inferred'] };
    expect(factsOf('ObjectEvent', { errorDeclaration, persistentDisposition })).toMatchObject({
      set: [`${CBV}Disp-recalled`],
      unset: [`${CBV}Disp-completeness_inferred`],
      error: {
        declaredAt: Date.UTC(2026, 7, 1),
        reason: `${CBV}ER-incorrect_data`,
        correctiveIds: ['urn:uuid:1'],
      },
      fields: [{ area: 'ERROR_DECLARATION', name: 'ext:by', text: 'QA' }],
    });
  });

  it.each([
    ['cbvmda:lotNumber', {}],
    ['mda:lotNumber', { mda: 'urn:epcglobal:cbv:mda' }],
    ['mda:lotNumber', { mda: 'urn:epcglobal:cbv:mda#' }],
    ['urn:epcglobal:cbv:mda:lotNumber', {}],
    ['urn:epcglobal:cbv:mda#lotNumber', {}],
    ['https://ref.gs1.org/cbv/lotNumber', {}],
  ])('know the lot by the name %s', (name, context) => {
    const ilmd = { [name]: 'L1', [name.replace('lotNumber', 'itemExpirationDate')]: '2027-03-31' };
    const event = buildEvent('ObjectEvent', { action: 'ADD', ilmd });
    const { extract } = readOne(buildDocument([event], { '@context': [context] }));
    const expiry = Date.parse('2027-03-31T23:59:59.999Z');
    expect(extract.event).toMatchObject({ lot: 'L1', expiry });
    expect(extract.identifiers).toContainEqual({ system: 'lot', value: 'L1' });
    expect(extract.validUntil).toBe(expiry);
  });

  it('take nothing for a lot that only looks like one', () => {
    for (const name of ['ext:lotNumber', 'ext:cbvmda:lotNumber', 'cbvmda:slotNumber']) {
      expect(factsOf('ObjectEvent', { action: 'ADD', ilmd: { [name]: 'L1' } }).lot).toBeUndefined();
    }
  });

  it('are none of what is no event', () => {
    expect(extractEvent({})).not.toHaveProperty('event');
    expect(extractEvent({ type: 'ObjectEvent' }).event).toEqual({});
  });
});
