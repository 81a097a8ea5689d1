import { describe, expect, it } from '@jest/globals';
import type { EventFilter } from '../../src/graph/event/event-filter.js';
import { isAppError, type AppError } from '../../src/error.js';
import { parseEventParameters, type EventParameters } from '../../src/query/event-parameter.js';
import fc from '../support/fast-check.js';

const STEP = 'https://ref.gs1.org/cbv/BizStep-';
const DISP = 'https://ref.gs1.org/cbv/Disp-';
const GS1 = 'https://gs1.org/voc/';
const SGTIN = 'urn:epc:id:sgtin:0614141.107346.2017';
const LINK = 'https://id.gs1.org/01/10614141073464/21/2017';
const GTIN = 'https://id.gs1.org/01/10614141073464';
const SGLN = 'urn:epc:id:sgln:0614141.07346.1234';
const PLACE = 'https://id.gs1.org/414/0614141073467/254/1234';
const NOON = '2026-01-31T12:00:00Z';
const NOON_MS = Date.UTC(2026, 0, 31, 12);
const NAMESPACES = { ex: 'https://ns.example.com/epcis/' };
const FIELD = 'https://ns.example.com/epcis/size';

function filterOf(parameters: EventParameters): EventFilter {
  return parseEventParameters(parameters, NAMESPACES).filter;
}

function refusalOf(parameters: EventParameters): AppError {
  try {
    parseEventParameters(parameters, NAMESPACES);
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the parameters of SimpleEventQuery', () => {
  const members: [name: string, value: string, filter: EventFilter][] = [
    [
      'eventType',
      'ObjectEvent|AggregationEvent',
      { eventType: ['ObjectEvent', 'AggregationEvent'] },
    ],
    ['GE_eventTime', NOON, { eventTime: { from: NOON_MS } }],
    ['LT_eventTime', NOON, { eventTime: { before: NOON_MS } }],
    ['GE_recordTime', '2026-01-31T13:00:00+01:00', { recordTime: { from: NOON_MS } }],
    ['LT_recordTime', NOON, { recordTime: { before: NOON_MS } }],
    ['EQ_action', 'ADD|DELETE', { action: ['ADD', 'DELETE'] }],
    ['EQ_bizStep', 'shipping', { bizStep: [`${STEP}shipping`] }],
    ['EQ_bizStep', 'urn:epcglobal:cbv:bizstep:shipping', { bizStep: [`${STEP}shipping`] }],
    ['EQ_bizStep', 'cbv:BizStep-shipping', { bizStep: [`${STEP}shipping`] }],
    ['EQ_bizStep', 'ex:repack', { bizStep: ['https://ns.example.com/epcis/repack'] }],
    [
      'EQ_disposition',
      'in_transit|expired',
      { disposition: [`${DISP}in_transit`, `${DISP}expired`] },
    ],
    ['EQ_persistentDisposition_set', 'recalled', { setDisposition: [`${DISP}recalled`] }],
    ['EQ_persistentDisposition_unset', 'recalled', { unsetDisposition: [`${DISP}recalled`] }],
    [
      'EQ_persistentDisposition',
      'recalled',
      { or: [{ setDisposition: [`${DISP}recalled`] }, { unsetDisposition: [`${DISP}recalled`] }] },
    ],
    ['EQ_readPoint', SGLN, { readPoint: [PLACE] }],
    ['WD_readPoint', SGLN, { readPointWithin: [PLACE] }],
    ['EQ_bizLocation', SGLN, { bizLocation: [PLACE] }],
    ['WD_bizLocation', SGLN, { bizLocationWithin: [PLACE] }],
    ['EQ_transformationID', 'urn:uuid:1', { transformationId: ['urn:uuid:1'] }],
    ['MATCH_epc', SGTIN, { epc: [LINK] }],
    ['MATCH_epc', '(01)10614141073464(21)2017', { epc: [LINK] }],
    ['MATCH_epc', 'urn:epc:idpat:sgtin:0614141.107346.*', { epc: [GTIN] }],
    ['MATCH_parentID', SGTIN, { parentId: [LINK] }],
    ['MATCH_inputEPC', SGTIN, { inputEpc: [LINK] }],
    ['MATCH_outputEPC', SGTIN, { outputEpc: [LINK] }],
    ['MATCH_anyEPC', `${SGTIN}|${LINK}`, { anyEpc: [LINK, LINK] }],
    ['MATCH_epcClass', 'urn:epc:class:lgtin:0614141.107346.A1', { epcClass: [`${GTIN}/10/A1`] }],
    ['MATCH_inputEPCClass', GTIN, { inputEpcClass: [GTIN] }],
    ['MATCH_outputEPCClass', GTIN, { outputEpcClass: [GTIN] }],
    ['MATCH_anyEPCClass', GTIN, { anyEpcClass: [GTIN] }],
    ['EQ_eventID', 'ni:///sha-256;a?ver=CBV2.0', { eventId: ['ni:///sha-256;a?ver=CBV2.0'] }],
    ['EXISTS_errorDeclaration', '', { hasErrorDeclaration: true }],
    ['GE_errorDeclarationTime', NOON, { errorDeclarationTime: { from: NOON_MS } }],
    ['LT_errorDeclarationTime', NOON, { errorDeclarationTime: { before: NOON_MS } }],
    ['GE_errorDeclaration_Time', NOON, { errorDeclarationTime: { from: NOON_MS } }],
    ['LT_errorDeclaration_Time', NOON, { errorDeclarationTime: { before: NOON_MS } }],
    [
      'EQ_errorReason',
      'incorrect_data',
      { errorReason: ['https://ref.gs1.org/cbv/ER-incorrect_data'] },
    ],
    ['EQ_correctiveEventID', 'urn:uuid:2', { correctiveEventId: ['urn:uuid:2'] }],
    [
      'EQ_bizTransaction_po',
      'urn:epcglobal:cbv:bt:0614141073467:1152',
      {
        bizTransaction: [
          {
            type: 'https://ref.gs1.org/cbv/BTT-po',
            values: ['urn:epcglobal:cbv:bt:0614141073467:1152'],
          },
        ],
      },
    ],
    [
      'EQ_bizTransaction_',
      'urn:x:1|urn:x:2',
      { bizTransaction: [{ values: ['urn:x:1', 'urn:x:2'] }] },
    ],
    [
      'EQ_source_owning_party',
      SGLN,
      { source: [{ type: 'https://ref.gs1.org/cbv/SDT-owning_party', values: [PLACE] }] },
    ],
    [
      'EQ_destination_urn:epcglobal:cbv:sdt:location',
      SGLN,
      { destination: [{ type: 'https://ref.gs1.org/cbv/SDT-location', values: [PLACE] }] },
    ],
    [
      'EQ_destination_ex:dock',
      'urn:x:1',
      { destination: [{ type: 'https://ns.example.com/epcis/dock', values: ['urn:x:1'] }] },
    ],
    ['EQ_quantity', '5|6.5', { quantity: [{ range: { equal: [5, 6.5] } }] }],
    ['GT_quantity', '5', { quantity: [{ range: { above: 5 } }] }],
    ['GE_quantity', '5', { quantity: [{ range: { from: 5 } }] }],
    ['LT_quantity', '5', { quantity: [{ range: { below: 5 } }] }],
    ['LE_quantity', '-5e-1', { quantity: [{ range: { to: -0.5 } }] }],
    ['GE_quantity_KGM', '5', { quantity: [{ uom: 'KGM', range: { from: 5 } }] }],
  ];

  it.each(members)('reads %s=%s', (name, value, filter) => {
    expect(filterOf({ [name]: value })).toEqual(filter);
  });

  const texts = ['microorganism', 'chemicalSubstance', 'stringValue', 'hexBinaryValue', 'uriValue'];
  const things = ['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'];
  const sensors: [name: string, value: string, filter: EventFilter][] = [
    ['EQ_type', 'Temperature', { sensor: [{ type: `${GS1}Temperature` }] }],
    ['EQ_type', 'gs1:Temperature', { sensor: [{ type: `${GS1}Temperature` }] }],
    [
      'EQ_type',
      'Temperature|Speed',
      { or: [{ sensor: [{ type: `${GS1}Temperature` }] }, { sensor: [{ type: `${GS1}Speed` }] }] },
    ],
    [
      'EQ_exception',
      'ALARM_CONDITION',
      { sensor: [{ texts: [{ name: 'exception', values: [`${GS1}ALARM_CONDITION`] }] }] },
    ],
    [
      'EQ_component',
      'x',
      {
        sensor: [{ texts: [{ name: 'component', values: ['https://ref.gs1.org/cbv/Comp-x'] }] }],
      },
    ],
    [
      'EQ_booleanValue',
      'true',
      { sensor: [{ texts: [{ name: 'booleanValue', values: ['true'] }] }] },
    ],
    ['GE_time', NOON, { sensor: [{ time: { from: NOON_MS } }] }],
    ['LT_time', NOON, { sensor: [{ time: { before: NOON_MS } }] }],
    ['GE_startTime', NOON, { sensor: [{ startTime: { from: NOON_MS } }] }],
    ['LT_startTime', NOON, { sensor: [{ startTime: { before: NOON_MS } }] }],
    ['GE_endTime', NOON, { sensor: [{ endTime: { from: NOON_MS } }] }],
    ['LT_endTime', NOON, { sensor: [{ endTime: { before: NOON_MS } }] }],
    ...texts.map((name): [string, string, EventFilter] => [
      `EQ_${name}`,
      'a|b',
      { sensor: [{ texts: [{ name, values: ['a', 'b'] }] }] },
    ]),
    ...things.map((name): [string, string, EventFilter] => [
      `EQ_${name}`,
      'urn:epc:id:giai:0614141.55',
      { sensor: [{ texts: [{ name, values: ['https://id.gs1.org/8004/061414155'] }] }] },
    ]),
  ];

  it.each(sensors)('reads %s=%s of a sensor', (name, value, filter) => {
    expect(filterOf({ [name]: value })).toEqual(filter);
  });

  const numbers = ['value', 'minValue', 'maxValue', 'meanValue', 'sDev', 'percValue'] as const;
  const bounds = [
    ['EQ', { equal: [12.5] }],
    ['GT', { above: 12.5 }],
    ['GE', { from: 12.5 }],
    ['LT', { below: 12.5 }],
    ['LE', { to: 12.5 }],
  ] as const;
  const measures = numbers.flatMap((number) =>
    bounds.map(([comparison, range]) => [`${comparison}_${number}_CEL`, number, range] as const),
  );

  it.each(measures)('reads %s', (name, number, range) => {
    expect(filterOf({ [name]: '12.5' })).toEqual({ sensor: [{ number, uom: 'CEL', range }] });
  });

  it.each(bounds)('reads %s_percRank, which has no unit', (comparison, range) => {
    const filter = { sensor: [{ number: 'percRank', range }] };
    expect(filterOf({ [`${comparison}_percRank`]: '12.5' })).toEqual(filter);
  });

  const areas = [
    ['', 'EVENT'],
    ['ILMD_', 'ILMD'],
    ['ERROR_DECLARATION_', 'ERROR_DECLARATION'],
    ['readPoint_', 'READ_POINT'],
    ['bizLocation_', 'BIZ_LOCATION'],
    ['SENSORELEMENT_', 'SENSOR_ELEMENT'],
    ['SENSORMETADATA_', 'SENSOR_METADATA'],
    ['SENSORREPORT_', 'SENSOR_REPORT'],
  ] as const;
  const fields = areas.flatMap(([prefix, area]) => [
    [prefix, { area, name: FIELD }] as const,
    [`INNER_${prefix}`, { area, name: FIELD, isInner: true }] as const,
  ]);

  it.each(fields)('reads EQ_, GE_ to LT_ and EXISTS_%sex:size', (prefix, field) => {
    const name = `${prefix}ex:size`;
    expect(filterOf({ [`EXISTS_${name}`]: '' })).toEqual({ field: [field] });
    expect(filterOf({ [`EQ_${name}`]: 'a|b' })).toEqual({
      field: [{ ...field, texts: ['a', 'b'] }],
    });
    expect(filterOf({ [`GE_${name}`]: '1', [`LT_${name}`]: '2' })).toEqual({
      field: [{ ...field, range: { from: 1, below: 2 } }],
    });
    expect(filterOf({ [`GT_${name}`]: NOON, [`LE_${name}`]: NOON })).toEqual({
      field: [{ ...field, time: { from: NOON_MS + 1, before: NOON_MS + 1 } }],
    });
  });

  it('reads what may be spelt in several ways as what it means and as it is written', () => {
    const field = { area: 'EVENT' as const, name: FIELD };
    expect(filterOf({ 'EQ_ex:size': '5.0' })).toEqual({
      or: [
        { field: [{ ...field, texts: ['5.0'] }] },
        { field: [{ ...field, range: { equal: [5] } }] },
      ],
    });
    expect(filterOf({ 'EQ_ex:size': NOON })).toEqual({
      or: [
        { field: [{ ...field, texts: [NOON] }] },
        { field: [{ ...field, time: { from: NOON_MS, before: NOON_MS + 1 } }] },
      ],
    });
  });

  it('names extensions by a full URI, a standard prefix, or an undeclared one as written', () => {
    const nameOf = (name: string) => filterOf({ [`EXISTS_${name}`]: '' }).field?.[0]?.name;
    expect(nameOf(FIELD)).toBe(FIELD);
    expect(nameOf('ILMD_cbvmda:lotNumber')).toBe('urn:epcglobal:cbv:mda:lotNumber');
    expect(nameOf('other:size')).toBe('other:size');
    expect(nameOf('ILMD_lotNumber')).toBe('lotNumber');
  });

  it('takes all that is said of sensors as said of one report', () => {
    const filter = filterOf({
      EQ_type: 'Temperature',
      GE_value_CEL: '2',
      LT_value_CEL: '8',
      GE_maxValue_FAH: '50',
      EQ_stringValue: 'a',
    });
    const common = { type: `${GS1}Temperature`, texts: [{ name: 'stringValue', values: ['a'] }] };
    expect(filter).toEqual({
      sensor: [
        { ...common, number: 'value', uom: 'CEL', range: { from: 2, below: 8 } },
        { ...common, number: 'maxValue', uom: 'FAH', range: { from: 50 } },
      ],
    });
  });

  it('keeps apart what one member of the filter cannot hold', () => {
    const filter = filterOf({
      EQ_type: 'Temperature|Speed',
      EQ_persistentDisposition: 'recalled',
      'EQ_ex:size': '5',
      EQ_action: 'ADD',
    });
    expect(filter.action).toEqual(['ADD']);
    expect(filter.or).toBeDefined();
    expect(filter.and).toHaveLength(2);
  });

  it('takes lists and single values as JSON has them', () => {
    const listed = { EQ_bizStep: ['shipping', 'receiving'], GE_quantity: 5, EQ_booleanValue: true };
    expect(filterOf({ ...listed, EXISTS_errorDeclaration: null })).toEqual({
      bizStep: [`${STEP}shipping`, `${STEP}receiving`],
      quantity: [{ range: { from: 5 } }],
      sensor: [{ texts: [{ name: 'booleanValue', values: ['true'] }] }],
      hasErrorDeclaration: true,
    });
    expect(filterOf({ 'EQ_ex:size': ['a|b'] }).field?.[0]?.texts).toEqual(['a|b']);
  });
});

describe('order and number', () => {
  it('is thirty by event time, newest first, unless something else is asked for', () => {
    expect(parseEventParameters({})).toEqual({ filter: {}, orderBy: 'TIME_DESC', first: 30 });
    const asked = {
      orderBy: 'recordTime',
      orderDirection: 'ASC',
      perPage: '7',
      nextPageToken: 'x',
      eventCountLimit: '9',
    };
    expect(parseEventParameters(asked)).toEqual({
      filter: {},
      orderBy: 'RECORD_ASC',
      first: 7,
      after: 'x',
      eventCountLimit: 9,
    });
    expect(parseEventParameters({ maxEventCount: '9' })).toMatchObject({ maxEventCount: 9 });
  });

  it.each([
    { orderBy: 'quantity' },
    { orderDirection: 'UP' },
    { perPage: '501' },
    { perPage: '0' },
    { perPage: '1.5' },
    { eventCountLimit: '0' },
    { eventCountLimit: '1', maxEventCount: '1' },
  ] as EventParameters[])('refuses %j', (parameters) => {
    expect(refusalOf(parameters).code).toBe('BAD_USER_INPUT');
  });
});

describe('what cannot be read', () => {
  it('is named by its position, never by what it says', () => {
    const error = refusalOf({ EQ_action: 'ADD', secret: 'patient' });
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', data: { position: 2 } });
    expect(error.message).toBe('parameter 2 is none of SimpleEventQuery');
    expect(JSON.stringify([error.message, error.data])).not.toMatch(/secret|patient/);
  });

  it.each([
    { MATCH_epcs: SGTIN },
    { EQ_value_celsius: '5' },
    { EQ_: '5' },
    { EQ_size: '5' },
    { HASATTR_readPoint: 'a' },
    { constructor: '5' },
    { eventType: 'SomeEvent' },
    { EQ_action: 'add' },
    { EQ_bizStep: '' },
    { EQ_bizStep: 'shipping|' },
    { GE_eventTime: 'yesterday' },
    { GE_eventTime: `${NOON}|${NOON}` },
    { GE_quantity: '5|6' },
    { EQ_quantity: 'many' },
    { EQ_quantity: '1e999' },
    { 'GE_ex:size': 'large' },
    { 'EXISTS_ex:size': 'false' },
    { EQ_booleanValue: 'yes' },
    { MATCH_epc: 'urn:epc:idpat:sgtin:0614141.*.*' },
    { EQ_eventID: 'x'.repeat(5_000) },
  ] as EventParameters[])('is refused: %j', (parameters) => {
    expect(refusalOf(parameters).code).toBe('BAD_USER_INPUT');
  });

  it('is told from what the standard has and this node has not', () => {
    for (const name of ['HASATTR_readPoint', 'EQATTR_readPoint_size', 'EXISTS_sensorElementList']) {
      expect(refusalOf({ [name]: 'a' }).message).toContain('not supported here');
    }
  });

  it('fails as expected or not at all, and repeats nothing, whatever it is', () => {
    const word = fc.constantFrom(
      ...['EQ_', 'GE_', 'LT_', 'EXISTS_', 'MATCH_', 'WD_', 'INNER_', 'ILMD_', 'value', 'quantity'],
      ...['_CEL', 'eventTime', 'source_', 'ex:size', '__proto__', 'SENSORREPORT_', 'type', 'epc'],
    );
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('1', NOON, SGTIN, 'a|b'));
    const name = fc.oneof(
      fc.array(word, { maxLength: 4 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    const value = fc.oneof(text, fc.array(text), fc.double(), fc.boolean(), fc.constant(null));
    const query = fc.dictionary(name, value, { maxKeys: 5 });
    fc.assert(
      fc.property(query, (parameters) => {
        try {
          const { filter } = parseEventParameters(parameters, NAMESPACES);
          expect(JSON.parse(JSON.stringify(filter))).toEqual(filter);
        } catch (error) {
          if (!isAppError(error)) throw error;
          expect(['BAD_USER_INPUT', 'QUERY_TOO_COMPLEX']).toContain(error.code);
          expect(error.message).toMatch(/^(?:parameter \d [a-zA-Z0-9 *",-]+|[a-zA-Z ]+)$/);
        }
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  it('is too complex with more values or parameters than are looked for', () => {
    const values = Array.from({ length: 1_001 }, (_, i) => `urn:x:${i}`);
    expect(refusalOf({ MATCH_epc: values.join('|') }).code).toBe('QUERY_TOO_COMPLEX');
    const many = Object.fromEntries(values.map((value) => [`EXISTS_${value}`, '']));
    expect(refusalOf(many).code).toBe('QUERY_TOO_COMPLEX');
  });

  it('is too complex when many numbers are asked of many types of measurement', () => {
    const types = Array.from({ length: 100 }, (_, i) => `urn:t:${i}`).join('|');
    const units = Array.from({ length: 11 }, (_, i) => [`GE_value_A${i}`, '1']);
    const bomb = { EQ_type: types, ...(Object.fromEntries(units) as EventParameters) };
    expect(refusalOf(bomb).code).toBe('QUERY_TOO_COMPLEX');
    expect(filterOf({ ...bomb, EQ_type: 'Temperature' }).sensor).toHaveLength(11);
  });
});
