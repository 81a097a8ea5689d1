import { describe, expect, it } from '@jest/globals';
import { parseEventFilter } from '../../src/query/event-filter.js';
import type { EventFilterQuestion } from '../../src/query/event-filter-question.js';

const CBV = 'https://ref.gs1.org/cbv';

describe('a filter of events', () => {
  it.each<[string, EventFilterQuestion, object]>([
    [
      'terms are full URIs',
      {
        EQ_bizStep: ['shipping', 'urn:epcglobal:cbv:bizstep:receiving', 'https://own.example/step'],
      },
      {
        bizStep: [
          `${CBV}/BizStep-shipping`,
          `${CBV}/BizStep-receiving`,
          'https://own.example/step',
        ],
      },
    ],
    [
      'identifiers are canonical',
      {
        MATCH_epc: ['urn:epc:id:sgtin:0614141.107346.2017', '(01)10614141073464(21)2018', 'own id'],
        EQ_readPoint: ['urn:epc:id:sgln:0614141.00729.0'],
      },
      {
        epc: [
          'https://id.gs1.org/01/10614141073464/21/2017',
          'https://id.gs1.org/01/10614141073464/21/2018',
          'own id',
        ],
        readPoint: ['https://id.gs1.org/414/0614141007295'],
      },
    ],
    [
      'windows have two sides at most',
      { GE_eventTime: 1, LT_recordTime: 2, LT_errorDeclaration_Time: 0 },
      { eventTime: { from: 1 }, recordTime: { before: 2 }, errorDeclarationTime: { before: 0 } },
    ],
    [
      'amounts are of pieces or of a unit',
      { GE_quantity: 2, quantity: [{ uom: 'KGM', LT: 3 }] },
      { quantity: [{ range: { from: 2 } }, { uom: 'KGM', range: { below: 3 } }] },
    ],
    [
      'a report is what its members say together',
      {
        sensor: [
          {
            type: 'Temperature',
            uom: 'CEL',
            GT: 8,
            exception: ['ALARM_CONDITION'],
            texts: [{ name: 'deviceID', values: ['urn:epc:id:giai:4000001.111'] }],
            GE_startTime: 5,
          },
        ],
      },
      {
        sensor: [
          {
            type: 'https://gs1.org/voc/Temperature',
            uom: 'CEL',
            range: { above: 8 },
            texts: [
              { name: 'deviceID', values: ['https://id.gs1.org/8004/4000001111'] },
              { name: 'exception', values: ['https://gs1.org/voc/ALARM_CONDITION'] },
            ],
            startTime: { from: 5 },
          },
        ],
      },
    ],
    [
      'a field is looked for by number as well when it may be one',
      { field: [{ namespace: 'https://ns.example.com/', name: 'a', EQ: ['7.0', 'x'] }] },
      {
        and: [
          {
            or: [
              { field: [{ area: 'EVENT', name: 'https://ns.example.com/a', texts: ['7.0', 'x'] }] },
              {
                field: [{ area: 'EVENT', name: 'https://ns.example.com/a', range: { equal: [7] } }],
              },
            ],
          },
        ],
      },
    ],
    [
      'a field may only be there, or hold within bounds',
      {
        field: [
          { name: 'urn:a:b', isInner: true },
          { area: 'ILMD', name: 'cbvmda:lotNumber', GE: 1, LT_time: 2 },
        ],
      },
      {
        and: [
          { field: [{ area: 'EVENT', name: 'urn:a:b', isInner: true }] },
          {
            field: [
              {
                area: 'ILMD',
                name: 'urn:epcglobal:cbv:mda:lotNumber',
                range: { from: 1 },
                time: { before: 2 },
              },
            ],
          },
        ],
      },
    ],
    [
      'filters hold filters',
      { or: [{ EQ_action: ['ADD'] }, { not: { lot: ['a'] } }], and: [{ isVoided: false }] },
      { or: [{ action: ['ADD'] }, { not: { lot: ['a'] } }], and: [{ isVoided: false }] },
    ],
  ])('%s', (_, question, filter) => {
    expect(parseEventFilter(question)).toEqual(filter);
  });

  const values = (count: number) => Array.from({ length: count }, (_, i) => `urn:x:${i}`);

  it.each<[string, EventFilterQuestion]>([
    ['values in all its parts', { and: [{ MATCH_epc: values(600) }, { lot: values(401) }] }],
    ['numbers', { EQ_quantity: values(1_001).map((_, i) => i) }],
    ['conditions', { sensor: values(101).map(() => ({ GT: 1 })) }],
    ['filters', { or: values(101).map(() => ({})) }],
  ])('holds only so many %s', (_, question) => {
    expect(() => parseEventFilter(question)).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }),
    );
  });

  it.each<[string, EventFilterQuestion]>([
    [
      '/or/0/EQ_source/1/type/0',
      { or: [{ EQ_source: [{ values: [] }, { type: 'x', values: [] }] }] },
    ],
    ['/lot/1', { lot: ['a', 'a'.repeat(4_097)] }],
    ['/quantity/0', { quantity: [{ uom: 'KGM' }] }],
    ['/sensor/0/exception/0', { sensor: [{ exception: ['ALARM'] }] }],
  ])('says where it cannot be meant: %s', (pointer, question) => {
    expect(() => parseEventFilter(question)).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        data: expect.objectContaining({ pointer }),
      }),
    );
  });
});
