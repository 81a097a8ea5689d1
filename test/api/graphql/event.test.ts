import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { captureAll, type Captured } from './support/capture-all.js';
import {
  ANONYMOUS,
  CLINICIAN,
  RESEARCHER,
  startApi,
  SUPPLY,
  type TestApi,
} from './support/start-api.js';

const SAMPLES = join(resolve('..', 'shared'), 'data', 'epcis', 'gs1');
const isThere = existsSync(SAMPLES);
if (!isThere && process.env['CI'] === undefined) {
  console.warn('NOT TESTED: the examples of GS1 are not there (../shared/data/epcis/gs1)');
}

const EVENTS = `query ($filter: EventFilter, $orderBy: EventOrder, $first: Int, $after: String, $inherited: Boolean) {
  events(filter: $filter, orderBy: $orderBy, first: $first, after: $after, includeInherited: $inherited) {
    nodes { seq eventID }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
    position
  }
}`;

interface Page {
  events: {
    nodes: { seq: number; eventID: string | null }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
    totalCount: number;
    position: number;
  };
}

const CONTEXT = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { example: 'http://ns.example.com/epcis/' },
];
const UNIT = 'urn:epc:id:sgtin:0614141.107346.';
const CASE = 'urn:epc:id:sscc:0614141.1234567890';

function documentOf(...eventList: object[]): string {
  return JSON.stringify({
    '@context': CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T00:00:00.000Z',
    epcisBody: { eventList },
  });
}

function eventAt(hour: number, id: string, event: object): object {
  return {
    eventID: `urn:event:${id}`,
    eventTime: `2026-01-01T${String(hour).padStart(2, '0')}:00:00.000Z`,
    eventTimeZoneOffset: '+00:00',
    ...event,
  };
}

const seen = (hour: number, id: string, epcList: string[], more: object = {}) =>
  eventAt(hour, id, { type: 'ObjectEvent', action: 'OBSERVE', epcList, ...more });

const measured = (value: number, uom: string) => ({
  sensorElementList: [
    { sensorReport: [{ type: 'Temperature', value, uom, deviceID: `urn:device:${uom}` }] },
  ],
});

/** In the order of the log. */
const LOG = documentOf(
  eventAt(1, 'made', {
    type: 'ObjectEvent',
    action: 'ADD',
    bizStep: 'commissioning',
    epcList: [`${UNIT}1`, `${UNIT}2`],
    ilmd: { 'cbvmda:lotNumber': 'LOT-1', 'example:line': '7' },
  }),
  eventAt(2, 'packed', {
    type: 'AggregationEvent',
    action: 'ADD',
    parentID: CASE,
    childEPCs: [`${UNIT}1`],
    bizStep: 'packing',
  }),
  seen(3, 'shipped', [CASE], {
    bizStep: 'shipping',
    disposition: 'in_transit',
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:po:1' }],
    'example:note': 'Fragile',
  }),
  seen(4, 'cold', [CASE], measured(4, 'CEL')),
  seen(5, 'warm', [CASE], measured(50, 'FAH')),
  eventAt(6, 'unpacked', {
    type: 'AggregationEvent',
    action: 'DELETE',
    parentID: CASE,
    childEPCs: [`${UNIT}1`],
  }),
  seen(7, 'after', [CASE]),
  seen(3, 'shipped', [CASE], {
    bizStep: 'shipping',
    errorDeclaration: { declarationTime: '2026-01-02T00:00:00Z', reason: 'did_not_occur' },
  }),
);

describe('events', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let captured: Captured[];
  beforeAll(async () => {
    api = await startApi(directory);
    captured = await captureAll(api, [LOG]);
  });
  afterAll(() => api.close());

  const ask = async (variables: Record<string, unknown>) =>
    (await api.get<Page>(SUPPLY, EVENTS, variables)).events;
  const idsOf = (page: Page['events']) =>
    page.nodes.map(({ eventID }) => eventID?.replace('urn:event:', ''));
  const find = async (filter: object, more: object = {}) =>
    idsOf(await ask({ filter, orderBy: 'RECORD_ASC', ...more }));

  it.each([
    ['a bare word', { EQ_bizStep: ['shipping'] }, ['shipped', 'shipped']],
    ['a CURIE', { EQ_bizStep: ['cbv:BizStep-shipping'] }, ['shipped', 'shipped']],
    ['a URN', { EQ_disposition: ['urn:epcglobal:cbv:disp:in_transit'] }, ['shipped']],
    ['a URI', { EQ_bizStep: ['https://ref.gs1.org/cbv/BizStep-packing'] }, ['packed']],
    ['a type', { eventType: ['AggregationEvent'] }, ['packed', 'unpacked']],
    ['an action', { EQ_action: ['DELETE'] }, ['unpacked']],
    ['an instance', { MATCH_epc: [`${UNIT}2`] }, ['made']],
    [
      'an instance as Digital Link',
      { MATCH_epc: ['https://example.com/01/10614141073464/21/1'] },
      ['made', 'packed', 'unpacked'],
    ],
    [
      'a pattern of instances',
      { MATCH_anyEPC: ['urn:epc:idpat:sgtin:0614141.107346.*'] },
      ['made', 'packed', 'unpacked'],
    ],
    [
      'a lot of instances',
      { MATCH_epc: ['urn:epc:class:lgtin:0614141.107346.LOT-1'] },
      ['made', 'packed', 'unpacked'],
    ],
    ['a parent', { MATCH_parentID: [CASE] }, ['packed', 'unpacked']],
    ['a transaction', { EQ_bizTransaction: [{ type: 'po', values: ['urn:po:1'] }] }, ['shipped']],
    [
      'a transaction of another type',
      { EQ_bizTransaction: [{ type: 'inv', values: ['urn:po:1'] }] },
      [],
    ],
    ['a lot number', { lot: ['LOT-1'] }, ['made']],
    [
      'an extension',
      { field: [{ namespace: 'http://ns.example.com/epcis/', name: 'note', EQ: ['Fragile'] }] },
      ['shipped'],
    ],
    [
      'a number in the ILMD',
      { field: [{ area: 'ILMD', name: 'http://ns.example.com/epcis/line', EQ: ['7.0'] }] },
      ['made'],
    ],
    [
      'a member of the ILMD with a standard prefix',
      { field: [{ area: 'ILMD', name: 'cbvmda:lotNumber' }] },
      ['made'],
    ],
    [
      'a temperature in another unit',
      { sensor: [{ type: 'Temperature', uom: 'KEL', GE: 277.15, LT: 283.15 }] },
      ['cold'],
    ],
    [
      'temperatures from a bound that one of them is',
      { sensor: [{ type: 'Temperature', uom: 'FAH', GE: 39.2 }] },
      ['cold', 'warm'],
    ],
    [
      'the report of one device',
      {
        sensor: [{ uom: 'CEL', GT: 0, texts: [{ name: 'deviceID', values: ['urn:device:FAH'] }] }],
      },
      ['warm'],
    ],
    ['an error declaration', { EXISTS_errorDeclaration: true }, ['shipped']],
    ['a reason of error', { EQ_errorReason: ['did_not_occur'] }, ['shipped']],
    ['voided ones', { isVoided: true }, ['shipped']],
    [
      'what is and is not',
      { and: [{ MATCH_anyEPC: [CASE] }], not: { or: [{ EQ_action: ['OBSERVE'] }] } },
      ['packed', 'unpacked'],
    ],
    [
      'a time from and before',
      { GE_eventTime: '2026-01-01T04:00:00Z', LT_eventTime: '2026-01-01T06:00:00Z' },
      ['cold', 'warm'],
    ],
    ['a word nobody has ever used', { EQ_eventID: ['urn:event:none'] }, []],
  ])('are found by %s', async (_, filter, ids) => {
    expect(await find(filter)).toEqual(ids);
  });

  it('reach an instance through the container it is in, while it is', async () => {
    const inherited = { inherited: true };
    expect(await find({ MATCH_epc: [`${UNIT}1`] }, inherited)).toEqual([
      ...['made', 'packed', 'cold', 'warm', 'unpacked'],
    ]);
    expect(await find({ MATCH_epc: [`${UNIT}2`] }, inherited)).toEqual(['made']);
    const cold = { MATCH_anyEPC: [`${UNIT}1`], sensor: [{ uom: 'CEL', LT: 5 }] };
    expect(await find(cold, inherited)).toEqual(['cold']);
    expect(await find(cold)).toEqual([]);
  });

  it.each(['TIME_ASC', 'TIME_DESC', 'RECORD_ASC', 'RECORD_DESC'])(
    'are paged by cursor, none twice and none left out: %s',
    async (orderBy) => {
      const whole = await ask({ orderBy, first: 100 });
      expect(whole.totalCount).toBe(captured.length);
      expect(whole.position).toBe(api.app.ledger.head().size - 1);
      const seqs: number[] = [];
      let after: string | null = null;
      for (let page; !page || page.pageInfo.hasNextPage; after = page.pageInfo.endCursor) {
        page = await ask({ orderBy, first: 3, after });
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        seqs.push(...page.nodes.map(({ seq }) => seq));
      }
      expect(seqs).toEqual(whole.nodes.map(({ seq }) => seq));
    },
  );

  it('refuse a cursor of another question', async () => {
    const { pageInfo } = await ask({ first: 1 });
    const variables = { filter: { EQ_action: ['ADD'] }, after: pageInfo.endCursor };
    expect(await api.fail(SUPPLY, EVENTS, variables)).toBe('BAD_CURSOR');
    const other = { ...SUPPLY, subject: 'supply-2' };
    expect(await api.fail(other, EVENTS, { first: 1, after: pageInfo.endCursor })).toBe(
      'BAD_CURSOR',
    );
  });

  it('say what they hold: from the index at once, lists and content opened', async () => {
    const query = `query ($filter: EventFilter) { events(filter: $filter, orderBy: RECORD_ASC) { nodes {
      type action eventTime recordTime bizStep disposition parentID lot isVoided isErrorDeclaration isRepeat
      bizTransactions { type value } contentState id record { id seq } voidedBy { seq }
      epcList(first: 1) { total epcs } childEPCs { total epcs } quantities { list epcClass quantity uom }
      sensorReports { type value unit texts { name value } }
      epcis
    } } }`;
    type Shown = { events: { nodes: Record<string, unknown>[] } };
    const shown = async (id: string) =>
      (await api.get<Shown>(SUPPLY, query, { filter: { EQ_eventID: [`urn:event:${id}`] } })).events
        .nodes;
    const [made] = await shown('made');
    const { record, epcis, recordTime, ...rest } = made!;
    expect(rest).toEqual({
      type: 'ObjectEvent',
      action: 'ADD',
      eventTime: '2026-01-01T01:00:00.000Z',
      bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning',
      disposition: null,
      parentID: null,
      lot: 'LOT-1',
      isVoided: false,
      isErrorDeclaration: false,
      isRepeat: false,
      bizTransactions: [],
      contentState: 'AVAILABLE',
      id: (record as { id: string }).id,
      voidedBy: null,
      epcList: { total: 2, epcs: ['https://id.gs1.org/01/10614141073464/21/1'] },
      childEPCs: { total: 0, epcs: [] },
      quantities: [],
      sensorReports: [],
    });
    expect(record).toMatchObject({ seq: captured[0]!.seq });
    expect(JSON.parse(epcis as string)).toMatchObject({ eventID: 'urn:event:made', recordTime });
    const [shipped, declaration] = await shown('shipped');
    expect(shipped).toMatchObject({
      isVoided: true,
      voidedBy: { seq: captured[7]!.seq },
      bizTransactions: [{ type: 'https://ref.gs1.org/cbv/BTT-po', value: 'urn:po:1' }],
    });
    expect(declaration).toMatchObject({ isVoided: false, isErrorDeclaration: true });
    const [warm] = await shown('warm');
    expect(warm!['sensorReports']).toEqual([
      {
        type: 'https://gs1.org/voc/Temperature',
        value: 283.15,
        unit: 'KEL',
        texts: expect.arrayContaining([{ name: 'deviceID', value: 'urn:device:FAH' }]),
      },
    ]);
    const [packed] = await shown('packed');
    expect(packed).toMatchObject({ childEPCs: { total: 1 }, epcList: { total: 0, epcs: [] } });
  });

  it.each([
    ['UNAUTHENTICATED', ANONYMOUS],
    ['FORBIDDEN', RESEARCHER],
  ])('are for those who may read them: %s', async (code, viewer) => {
    expect(await api.fail(viewer, EVENTS, {})).toBe(code);
    expect(await api.fail(viewer, EVENTS, { filter: { EQ_eventID: ['urn:none'] } })).toBe(code);
  });

  it('are for clinicians too', async () => {
    const { events } = await api.get<Page>(CLINICIAN, EVENTS, { first: 1 });
    expect(events.nodes).toHaveLength(1);
  });

  it.each([
    ['BAD_USER_INPUT', '/filter/EQ_bizStep/1', { EQ_bizStep: ['shipping', 'shiping'] }],
    ['BAD_USER_INPUT', '/filter/eventType/0', { eventType: ['QuantityEvent'] }],
    [
      'BAD_USER_INPUT',
      '/filter/and/0/sensor/0/type/0',
      { and: [{ sensor: [{ type: 'Temprature' }] }] },
    ],
    ['BAD_USER_INPUT', '/filter/sensor/0', { sensor: [{ uom: 'CEL' }] }],
    ['BAD_USER_INPUT', '/filter/MATCH_epc/0', { MATCH_epc: ['urn:epc:idpat:sgtin:0614141.*.*'] }],
    ['QUERY_TOO_COMPLEX', undefined, { MATCH_epc: Array.from({ length: 1_001 }, String) }],
    [
      'QUERY_TOO_COMPLEX',
      undefined,
      Array.from({ length: 11 }).reduce<object>((not) => ({ not }), {}),
    ],
  ])('refuse what cannot be meant: %s at %s', async (code, pointer, filter) => {
    const { errors } = await api.ask(SUPPLY, EVENTS, { filter });
    expect(errors?.[0]?.extensions).toMatchObject({ code, ...(pointer && { pointer }) });
    expect(JSON.stringify(errors)).not.toMatch(/shiping|Temprature|0614141/);
  });
});

(isThere ? describe : describe.skip)('events of the examples of GS1', () => {
  const directory = tempDirectory();
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(directory);
    const files = [
      'Example_9.6.1-ObjectEvent.jsonld',
      'Example_9.6.3-AggregationEvent.jsonld',
      'Example_9.6.4-TransformationEvent.jsonld',
      'PersistentDisposition-example.jsonld',
      'WithErrorDeclaration/ErrorDeclarationAndCorrectiveEvent.jsonld',
      'WithFullCombinationOfFields/object_event_all_possible_fields.jsonld',
      'WithSensorData/SensorDataExample1.jsonld',
      'WithSensorData/SensorDataExample9.jsonld',
    ];
    await captureAll(
      api,
      files.map((file) => readFileSync(join(SAMPLES, file), 'utf8')),
    );
  });
  afterAll(() => api?.close());

  const times = async (filter: object) => {
    const query = `query ($filter: EventFilter) { events(filter: $filter, orderBy: TIME_ASC) { nodes { eventTime type } } }`;
    const { events } = await api.get<{
      events: { nodes: { eventTime: string; type: string }[] };
    }>(SUPPLY, query, { filter });
    return events.nodes.map(({ eventTime, type }) => `${type} ${eventTime.slice(0, 10)}`);
  };

  it.each([
    [
      'a user extension',
      {
        field: [
          {
            name: 'http://ns.example.com/epcis/myField',
            EQ: ['Example of a vendor/user extension'],
          },
        ],
      },
      ['ObjectEvent 2005-04-05', 'AggregationEvent 2013-06-08', 'TransformationEvent 2013-10-31'],
    ],
    [
      'a date in the ILMD',
      {
        field: [
          {
            area: 'ILMD',
            name: 'http://ns.example.com/epcis/bestBeforeDate',
            GE_time: '2014-12-01T00:00:00Z',
          },
        ],
      },
      ['TransformationEvent 2013-10-31'],
    ],
    [
      'an extension of an error declaration',
      {
        field: [{ area: 'ERROR_DECLARATION', name: 'http://ns.example.com/epcis/vendorExtension' }],
      },
      ['TransformationEvent 2020-01-13'],
    ],
    [
      'the class of an input, in kilograms asked for in grams',
      {
        MATCH_inputEPCClass: ['urn:epc:class:lgtin:4012345.011111.4444'],
        quantity: [{ uom: 'GRM', EQ: [10_000] }],
      },
      ['TransformationEvent 2013-10-31'],
    ],
    ['pieces', { EQ_quantity: [220] }, ['TransformationEvent 2013-10-31']],
    [
      'a class of outputs by one instance of them',
      { MATCH_outputEPC: ['urn:epc:idpat:sgtin:4012345.077889.*'] },
      ['TransformationEvent 2013-10-31'],
    ],
    ['instances by class, not inputs', { MATCH_epc: ['urn:epc:idpat:sgtin:4012345.011122.*'] }, []],
    [
      'a temperature above 78.9 degrees Fahrenheit',
      { sensor: [{ type: 'gs1:Temperature', uom: 'FAH', GT: 78.9 }] },
      ['ObjectEvent 2019-04-02'],
    ],
    [
      'a speed in metres per second',
      { sensor: [{ type: 'Speed', uom: 'MTS', EQ: [45] }] },
      ['ObjectEvent 2019-04-02'],
    ],
    ['an alarm', { sensor: [{ exception: ['ALARM_CONDITION'] }] }, ['ObjectEvent 2020-05-07']],
    [
      'what it corrects',
      { EQ_correctiveEventID: ['urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8'] },
      ['TransformationEvent 2020-01-13'],
    ],
  ])('are found by %s', async (_, filter, expected) => {
    expect(await times(filter)).toEqual(expected);
  });
});
