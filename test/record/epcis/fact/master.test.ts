import { describe, expect, it } from '@jest/globals';
import type { MasterFacts } from '../../../../src/record/epcis/fact/master-fact.js';
import { extractVocabulary } from '../../../../src/record/epcis/master-data.js';
import { read } from '../../reading.js';
import { describeVectors } from '../../vector-data.js';

type Attribute = [id: string, value: unknown];

function masterOf(attributes: Attribute[], members: Record<string, unknown> = {}): MasterFacts {
  const element = {
    id: 'urn:epc:id:sgln:0614141.00729.0',
    attributes: attributes.map(([id, attribute]) => ({ id, attribute })),
    ...members,
  };
  const type = 'urn:epcglobal:epcis:vtype:Location';
  return extractVocabulary({ type, vocabularyElementList: [element] }).master!;
}

const PLACE = { vocabulary: 'Location', id: 'https://id.gs1.org/414/0614141007295' };
const SHEET = 'https://provtrail.org/ns/storageTemperature';

describe('facts of master data', () => {
  it.each([
    ['cbvmda:'],
    ['urn:epcglobal:cbv:mda#'],
    ['urn:epcglobal:cbv:mda:'],
    ['https://ref.gs1.org/cbv/'],
    ['https://ref.gs1.org/cbv/mda/'],
    [''],
    ['other:'],
  ])('tell where a place is by attributes named %slatitude and so on', (home) => {
    const attributes: Attribute[] = [
      [`${home}latitude`, '-33.86'],
      [`${home}longitude`, 151.2],
      [`${home}name`, ' Sydney '],
    ];
    expect(masterOf(attributes)).toEqual({
      ...PLACE,
      name: 'Sydney',
      latitude: -33.86,
      longitude: 151.2,
    });
  });

  it('prefer the name of the CBV to one of somebody else', () => {
    const [own, other]: Attribute[] = [
      ['cbvmda:name', 'right'],
      ['ex:name', 'wrong'],
    ] as Attribute[];
    expect(masterOf([own!, other!]).name).toBe('right');
    expect(masterOf([other!, own!]).name).toBe('right');
  });

  it('have no coordinates where one is missing or none of the Earth', () => {
    for (const [latitude, longitude] of [
      ['91', '0'],
      ['0', '-181'],
      ['1', ''],
      ['52° 30′', '13'],
    ]) {
      const attributes: Attribute[] = [
        ['cbvmda:latitude', latitude],
        ['cbvmda:longitude', longitude],
      ];
      expect(masterOf(attributes)).toEqual(PLACE);
    }
  });

  it('know what belongs to a place', () => {
    const children = ['urn:epc:id:sgln:0614141.00729.A', 'urn:x:1'];
    expect(masterOf([], { children })).toEqual({
      ...PLACE,
      children: ['https://id.gs1.org/414/0614141007295/254/A', 'urn:x:1'],
    });
  });

  it('have a storage range in kelvin', () => {
    const attributes: Attribute[] = [
      [`${SHEET}Minimum`, '2'],
      [`${SHEET}Maximum`, '8.0'],
      ['cbvmda:descriptionShort', 'Vaccine'],
    ];
    expect(masterOf(attributes)).toEqual({
      ...PLACE,
      name: 'Vaccine',
      storageMin: 275.15,
      storageMax: 281.15,
    });
  });

  it('take for an NDC what says so, or has its form', () => {
    const code = 'cbvmda:additionalTradeItemIdentification';
    const type = 'cbvmda:additionalTradeItemIdentificationTypeCode';
    const two: Attribute[] = [
      [code, '4711'],
      [type, 'SUPPLIER_ASSIGNED'],
      [code, '0001-0123-45'],
      [type, 'US_FDA_NDC'],
    ];
    expect(masterOf(two).ndc).toBe('0001-0123-45');
    expect(masterOf(two.slice(0, 2))).not.toHaveProperty('ndc');
    expect(masterOf([[code, ['4711', '0591-0369-01']]]).ndc).toBe('0591-0369-01');
    expect(masterOf([[code, '4711']])).not.toHaveProperty('ndc');
  });
});

describeVectors('a US pharma shipment', 'epcis/openepcis/1.2/**/GS1_US_Pharma*.xml', ([file]) => {
  it('tells its products and places', () => {
    const masters = read(file!.bytes).drafts.flatMap(({ extract }) => extract.master ?? []);
    expect(masters).toContainEqual({
      vocabulary: 'EPCClass',
      id: 'https://id.gs1.org/01/00300010123455',
      name: 'Epcistra',
      ndc: '0001-0123-45',
    });
    expect(masters).toContainEqual({
      vocabulary: 'Location',
      id: 'https://id.gs1.org/414/0300011111116',
      name: 'GS1 Pharma',
    });
    expect(masters).toHaveLength(6);
  });
});
