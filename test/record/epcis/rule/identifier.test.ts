import { describe, expect, it } from '@jest/globals';
import { toProblems } from '../../../../src/record/draft.js';
import { read, readOne } from '../../reading.js';
import { buildDocument, buildEvent, EPC } from '../build.js';
import fc from '../../../support/fast-check.js';

const WRONG = 'https://id.gs1.org/01/09521141012346/21/2017';
const WRONG_PLACE = 'https://id.gs1.org/414/9521321000011';

const pointersOf = (type: string, members: Record<string, unknown>) => {
  const { warnings = [] } = readOne(buildEvent(type, members));
  expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(['IDENTIFIER_FAULT']));
  return warnings.map(({ pointer }) => pointer);
};

describe('the GS1 keys of an event', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['ObjectEvent', { epcList: [EPC, WRONG, EPC, WRONG] }, ['/epcList/1', '/epcList/3']],
    ['AggregationEvent', { parentID: WRONG }, ['/parentID']],
    ['AssociationEvent', { childEPCs: [WRONG] }, ['/childEPCs/0']],
    [
      'TransformationEvent',
      { inputEPCList: [WRONG], outputQuantityList: [{ epcClass: WRONG, quantity: 1 }] },
      ['/inputEPCList/0', '/outputQuantityList/0/epcClass'],
    ],
    [
      'ObjectEvent',
      {
        readPoint: { id: WRONG_PLACE },
        bizLocation: { id: WRONG_PLACE },
        sourceList: [{ type: 'location', source: WRONG_PLACE }],
        destinationList: [{ type: 'location', destination: WRONG_PLACE }],
      },
      [
        '/readPoint/id',
        '/bizLocation/id',
        '/sourceList/0/source',
        '/destinationList/0/destination',
      ],
    ],
  ])('are warned of where a check digit is wrong: %s with %j', (type, members, pointers) => {
    expect(pointersOf(type, members)).toEqual(pointers);
  });

  it('are kept as they are', () => {
    const event = buildEvent('ObjectEvent', { epcList: [WRONG] });
    const { text, extract } = readOne(event);
    expect(JSON.parse(text)).toEqual(event);
    expect(extract.identifiers).toEqual([{ system: 'epc', value: WRONG }]);
  });

  it('say nothing when all is well, or when they are no GS1 keys', () => {
    const members = { epcList: [EPC, 'urn:example:thing:7', 'https://example.org/thing/7'] };
    expect(readOne(buildEvent('ObjectEvent', members))).not.toHaveProperty('warnings');
  });

  it('are warned of ten times a record, however many they are', () => {
    const epcList = Array.from({ length: 2_000 }, (_, i) => `${WRONG}${i}`);
    const { drafts } = read(
      buildDocument([buildEvent('ObjectEvent', { epcList }), buildEvent('ObjectEvent')]),
    );
    expect(drafts.map(({ warnings }) => warnings?.length)).toEqual([10, undefined]);
    expect(drafts[0]!.warnings![9]!.pointer).toBe('/epcisBody/eventList/0/epcList/9');
  });

  it('are judged the same in a list as each alone', () => {
    const stems = fc.constantFrom(
      'https://id.gs1.org/01/09521141012345/21/',
      'https://id.gs1.org/01/09521141012346/21/',
      'https://id.gs1.org/01/09521141012345/10/L/21/',
      'https://id.gs1.org/01/09521141012345?21=',
      'https://id.gs1.org/00/',
      'urn:epc:id:sgtin:0614141.107346.',
      'urn:epc:id:sgtin:0614141.1073467.',
      'urn:epc:id:sscc:0614141.',
    );
    const serials = fc.oneof(
      fc.stringMatching(/^[0-9A-Za-z%/.]{1,24}$/),
      fc.constant('1234567890'),
    );
    const epcs = fc.array(fc.tuple(stems, serials), { maxLength: 9 });
    fc.assert(
      fc.property(epcs, (parts) => {
        const epcList = [EPC, ...parts.map(([stem, serial]) => stem + serial)];
        const isOdd = (list: string[]) =>
          (readOne(buildEvent('ObjectEvent', { epcList: list })).warnings ?? []).map(
            ({ pointer }) => Number(pointer.split('/')[2]),
          );
        const alone = epcList.flatMap((epc, i) => (isOdd([epc]).length > 0 ? [i] : []));
        expect(isOdd(epcList)).toEqual(alone);
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  it('are never repeated in what is said of them', () => {
    const canary = fc.stringMatching(/^Canary[0-9A-Za-z]{0,30}$/);
    const forms = fc.constantFrom(
      (text: string) => `https://id.gs1.org/01/${text}`,
      (text: string) => `https://id.gs1.org/01/09521141012346/21/${text}`,
      (text: string) => `urn:epc:id:sgtin:${text}`,
      (text: string) => `urn:epc:id:sgtin:0614141.107346.${text}%`,
    );
    fc.assert(
      fc.property(canary, forms, (text, form) => {
        const { drafts } = read(buildEvent('ObjectEvent', { epcList: [form(text)] }));
        expect(JSON.stringify(drafts[0]?.warnings ?? [])).not.toContain('Canary');
      }),
      { seed: 11 },
    );
  });
});

describe('strict reading', () => {
  it('makes one refusal of the warnings about a record', () => {
    const warnings = readOne(buildEvent('ObjectEvent', { epcList: [WRONG, WRONG] })).warnings!;
    expect(toProblems(warnings)).toEqual([
      { pointer: '/epcList/0', code: 'INVALID_RECORD', message: warnings[0]!.message },
      {
        pointer: '/epcList/1',
        code: 'INVALID_RECORD',
        message: warnings[1]!.message,
        isFurther: true,
      },
    ]);
  });
});
