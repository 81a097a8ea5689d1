import { describe, expect, it } from '@jest/globals';
import { formatTraceCsv } from '../../src/query/trace-csv.js';
import { collectTrace } from '../../src/query/trace-prov.js';
import type { ReportedEvent, TraceReport } from '../../src/query/trace-report.js';
import { PARTY } from '../../src/record/cbv/known-term.js';
import { formatProvJson } from '../../src/record/prov/format.js';
import { readProvJson } from '../../src/record/prov/read.js';
import { sameMeaning } from '../record/prov/same-meaning.js';

const UNIT = 'https://id.gs1.org/01/10614141073464/21/1';
const CASE = 'https://id.gs1.org/00/106141412345678908';

function eventOf(seq: number, members: Partial<ReportedEvent> = {}): ReportedEvent {
  return {
    seq,
    eventID: null,
    type: 'ObjectEvent',
    action: 'OBSERVE',
    eventTime: `2026-01-01T0${seq}:00:00.000Z`,
    recordTime: '2026-01-02T00:00:00.000Z',
    bizStep: null,
    disposition: null,
    readPoint: null,
    bizLocation: null,
    parentID: null,
    transformationID: null,
    bizTransactions: [],
    sources: [],
    destinations: [],
    persistentDisposition: null,
    ...members,
  };
}

const SELF = { kind: 'SELF', epc: null, level: null, place: null };
const IN_CASE = { kind: 'CONTAINER', epc: CASE, level: 1, place: null };

const REPORT: TraceReport = {
  epc: UNIT,
  urn: null,
  kind: 'SGTIN',
  gtin: '10614141073464',
  serial: '1',
  lot: 'L1',
  expiry: null,
  productName: null,
  status: 'DECOMMISSIONED',
  since: null,
  bizStep: null,
  disposition: null,
  persistentDispositions: [],
  location: null,
  custodian: null,
  owner: { id: 'urn:example:buyer', name: 'Buyer', latitude: null, longitude: null },
  chain: { containers: [], isComplete: true },
  children: [],
  hasMoreChildren: false,
  history: [
    { source: SELF, role: 'EPC', event: eventOf(1, { action: 'ADD', bizLocation: '=plant' }) },
    {
      source: SELF,
      role: 'CHILD',
      event: eventOf(2, { type: 'AggregationEvent', action: 'ADD', parentID: CASE }),
    },
    {
      source: IN_CASE,
      role: 'EPC',
      event: eventOf(3, {
        destinations: [{ type: PARTY.owning_party, value: 'urn:example:buyer' }],
      }),
    },
    {
      source: { kind: 'LOCATION_SENSOR', epc: null, level: null, place: 'fridge' },
      role: null,
      event: eventOf(4, { readPoint: 'fridge' }),
    },
    { source: SELF, role: 'EPC', event: eventOf(5, { action: 'DELETE' }) },
  ],
  custody: {
    segments: [{ custodian: '=plant', from: '2026-01-01T01:00:00.000Z', to: null, seqs: [1] }],
    gaps: [],
  },
  sensors: [],
  conflicts: [],
  quantities: [],
  isComplete: true,
  reason: null,
  position: 5,
};

const item = 'gs1:01/10614141073464/21/1';
const container = 'gs1:00/106141412345678908';

interface Prov {
  prefix: Record<string, string>;
  entity: Record<string, object>;
  activity: Record<string, object>;
  agent: Record<string, object>;
  [relation: string]: Record<string, unknown>;
}

describe('a trace as PROV-JSON', () => {
  const text = [...formatProvJson(collectTrace(REPORT))].join('');
  const prov = JSON.parse(text) as Prov;

  it('has the item and its containers as entities, events as activities, parties as agents', () => {
    expect(Object.keys(prov.entity).sort()).toEqual([container, item]);
    expect(prov.entity[container]).toEqual({
      'prov:type': { $: 'prov:Collection', type: 'prov:QUALIFIED_NAME' },
    });
    expect(Object.keys(prov.activity)).toHaveLength(5);
    expect(prov.activity['pt:event-3']).toMatchObject({
      'prov:startTime': '2026-01-01T03:00:00.000Z',
      'pt:seq': { $: '3', type: 'xsd:long' },
    });
    expect(prov.agent['ns1:buyer']).toEqual({ 'prov:label': 'Buyer' });
    expect(prov.prefix['ns1']).toBe('urn:example:');
    // no URI, so made one
    expect(prov.agent).toHaveProperty('pt:uri:%3Dplant');
  });

  it('relates them as the events say', () => {
    const relation = (name: string) => Object.values(prov[name]!);
    const by = (seq: number, entity = item) => ({
      'prov:entity': entity,
      'prov:activity': `pt:event-${seq}`,
      'prov:time': `2026-01-01T0${seq}:00:00.000Z`,
    });
    expect(relation('wasGeneratedBy')).toEqual([by(1)]);
    expect(relation('used')).toEqual([by(2), by(3, container)]);
    expect(relation('wasInvalidatedBy')).toEqual([by(5)]);
    expect(relation('hadMember')).toEqual([{ 'prov:collection': container, 'prov:entity': item }]);
    expect(relation('wasAttributedTo')).toHaveLength(2);
  });

  it('uses no prefix it does not declare, and relates nothing it does not name', () => {
    const named = new Set([prov.entity, prov.activity, prov.agent].flatMap(Object.keys));
    for (const name of named) expect(prov.prefix).toHaveProperty(name.split(':')[0]!);
    const ends = ['prov:entity', 'prov:activity', 'prov:agent', 'prov:collection'];
    for (const [kind, members] of Object.entries(prov)) {
      if (['prefix', 'entity', 'activity', 'agent'].includes(kind)) continue;
      for (const relation of Object.values(members) as Record<string, string>[]) {
        for (const end of ends) if (end in relation) expect(named).toContain(relation[end]);
      }
    }
  });
});

describe('a trace as PROV-JSON, read again', () => {
  it('means what it meant', () => {
    const document = collectTrace(REPORT);
    const text = [...formatProvJson(document)].join('');
    expect(sameMeaning(document, readProvJson(text))).toBe(true);
  });
});

describe('a trace as CSV', () => {
  it('has a line for each event, and runs nothing', () => {
    const lines = formatTraceCsv(REPORT).trimEnd().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^epc,eventTime,recordTime,seq,eventID,type,action,/);
    expect(lines[1]).toContain(",'=plant,");
    expect(lines[3]).toContain(`,CONTAINER,${CASE},1,,EPC`);
  });
});
