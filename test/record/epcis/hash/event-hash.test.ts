import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { STANDARD_CONTEXT } from '../../../../src/record/epcis/hash/event-context.js';
import { eventHash, preHash, readEvents } from '../../../../src/record/epcis/hash/event-hash.js';
import type { JsonObject } from '../../../../src/record/json-object.js';
import { EVENT, preHashes, tailOf } from './build.js';
import fc from '../../../support/fast-check.js';

const PREFIXES = { a: 'https://a.example/', b: 'urn:b:' };

describe('the pre-hash string', () => {
  it('has the type first, then the fields in the order of the standard', () => {
    const shuffled = { action: 'ADD', eventTimeZoneOffset: '+01:00', type: 'AggregationEvent' };
    const event = { certificationInfo: 'c', parentID: 'p', ...shuffled, transformationID: 't' };
    expect(preHashes(event)).toEqual([
      'eventType=AggregationEventeventTimeZoneOffset=+01:00certificationInfo=cparentID=paction=ADDtransformationID=t',
    ]);
  });

  it('leaves out what the storing party adds, corrections, and comments at any depth', () => {
    const comment = { 'rdfs:comment': 'c' };
    const errorDeclaration = { declarationTime: '2024-02-01T00:00:00Z' };
    expect(tailOf({ eventID: 'e', recordTime: 'r', errorDeclaration, ...comment })).toBe('');
    expect(tailOf({ readPoint: { id: 'r', ...comment }, ilmd: { 'x:y': comment } })).toBe(
      'readPointid=rilmdx:y',
    );
  });

  it('leaves out the XML that we keep beside an event, by whatever prefix', () => {
    const kept = { '@context': { p: 'https://provtrail.dev/ns#' }, 'p:xml': '<ObjectEvent/>' };
    expect(tailOf({ ...kept, 'https://provtrail.dev/ns#xmlSizeBytes': 1 })).toBe('');
  });

  it('sorts lists, and joins an item with its members', () => {
    const quantityList = [
      { uom: 'KGM', quantity: 2, epcClass: 'z' },
      { epcClass: 'a', quantity: 1.5 },
    ];
    expect(tailOf({ epcList: undefined })).toBe('');
    expect(preHashes({ type: 'ObjectEvent', epcList: ['b', 'a', 'B'], quantityList })).toEqual([
      'eventType=ObjectEventepcListepc=Bepc=aepc=bquantityListquantityElementepcClass=aquantity=1.5quantityElementepcClass=zquantity=2uom=KGM',
    ]);
  });

  it('writes transactions, sources and destinations with the type first, sorted, after the sensors', () => {
    const event = {
      type: 'ObjectEvent',
      sourceList: [{ source: 's', type: 'https://t.example/1' }],
      destinationList: [{ destination: 'd', type: 'https://t.example/2' }],
      bizTransactionList: [
        { bizTransaction: 'y', type: 'https://t.example/b' },
        { bizTransaction: 'z' },
        { bizTransaction: 'x', type: 'https://t.example/a' },
      ],
      ilmd: { 'a:b': 'c' },
      sensorElementList: [{ sensorReport: [{ value: 1 }] }],
    };
    expect(preHashes(event)).toEqual([
      'eventType=ObjectEventsensorElementListsensorElementsensorReportvalue=1' +
        'bizTransactionListbizTransaction=ztype=https://t.example/abizTransaction=xtype=https://t.example/bbizTransaction=y' +
        'destinationListtype=https://t.example/2destination=d' +
        'ilmda:b=c' +
        'sourceListtype=https://t.example/1source=s',
    ]);
  });

  it('keeps extensions inside the element they stand in, sorted by their expanded names', () => {
    const event = {
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', PREFIXES],
      readPoint: { 'b:n': '2', id: 'r', 'a:m': '1' },
      'b:x': { 'a:z': ['2', '1'], 'a:y': '' },
      'a:w': true,
    };
    expect(tailOf(event)).toBe(
      'readPointid=r{https://a.example/}m=1{urn:b:}n=2' +
        '{https://a.example/}w=true' +
        '{urn:b:}x{https://a.example/}y{https://a.example/}z=1{https://a.example/}z=2',
    );
  });

  it('puts members it does not know to the end, under the names they stand in', () => {
    const sensorElementList = [
      { sensorReport: [{ bizRules: 'b', uom: 'CEL' }, { other: 1 }] },
      { sensorMetadata: { bizRules: 'm' } },
    ];
    expect(tailOf({ sensorElementList, zzz: 1, empty: {} })).toBe(
      'sensorElementListsensorElementsensorMetadatabizRules=msensorElementsensorReportuom=CEL' +
        'sensorElementListsensorElementsensorReportbizRules=bsensorReportother=1' +
        'zzz=1',
    );
  });

  it.each([
    ['a prefix of the document', { '@context': { p: 'https://n.example/' } }, 'p:local'],
    ['another prefix', { '@context': [{ q: { '@id': 'https://n.example/' } }] }, 'q:local'],
    ['the whole URI', {}, 'https://n.example/local'],
  ])('gives an extension the same name whether it has %s', (_how, document, name) => {
    const [string] = preHashes({ ...document, epcisBody: { eventList: [{ [name]: 'v' }] } });
    expect(string).toBe('{https://n.example/}local=v');
  });

  it('lets an event have prefixes of its own, over those of the document', () => {
    const event = { '@context': { p: 'https://own.example/' }, 'p:a': 1, 'q:b': 2 };
    const prefixes = { p: 'https://outer.example/', q: 'https://q.example/' };
    expect(preHashes({ '@context': prefixes, epcisBody: { event } })).toEqual([
      '{https://own.example/}a=1{https://q.example/}b=2',
    ]);
  });

  it('does not write out a namespace that is longer than any is', () => {
    const prefixes = { p: `https://${'n'.repeat(2_000)}.example/` };
    expect(tailOf({ '@context': prefixes, 'p:a': 1 })).toBe('p:a=1');
  });

  it('leaves out the extensions that the document tells it to, and nothing of the standard', () => {
    const event = { action: 'ADD', 'p:hash': 'h', 'p:kept': 'k', 'q:alias': { 'p:hash': 'h' } };
    const document = {
      '@context': { p: 'https://p.example/', q: 'https://q.example/', r: 'https://p.example/' },
      'r:ignoreFields': ['r:hash', 'action'],
      epcisBody: { eventList: [event] },
    };
    expect(preHashes(document)).toEqual([
      'action=ADD{https://p.example/}kept=k{https://q.example/}alias{https://p.example/}hash=h',
    ]);
  });
});

describe('reading events', () => {
  it('finds those of documents, query documents, lists, and bare ones, in their order', () => {
    const queryResults = { resultsBody: { eventList: [{ action: '3' }] } };
    const documents = [
      { epcisBody: { eventList: [{ action: '1' }, 'no event', { action: '2' }] } },
      { epcisBody: { queryResults } },
      { epcisBody: { event: { action: '4' } } },
      { type: 'ObjectEvent', action: '5' },
      { resourceType: 'Patient' },
      7,
    ];
    expect(preHashes(documents)).toEqual([
      'action=1',
      'action=2',
      'action=3',
      'action=4',
      'eventType=ObjectEventaction=5',
    ]);
    expect(preHashes(null)).toEqual([]);
  });
});

describe('the event hash id', () => {
  it('is the SHA-256 of the string in an ni URI with the version of the vocabulary', () => {
    const string = preHash({ ...EVENT, 'x:ä': 'ö' }, STANDARD_CONTEXT);
    const hex = createHash('sha256').update(string, 'utf8').digest('hex');
    expect(eventHash({ ...EVENT, 'x:ä': 'ö' }, STANDARD_CONTEXT)).toBe(
      `ni:///sha-256;${hex}?ver=CBV2.0`,
    );
  });

  it('never throws, whatever stands in the place of an event', () => {
    const names = fc.constantFrom(
      ...['type', 'eventTime', 'epcList', 'sensorElementList', 'readPoint', '@context', 'p:x'],
      ...['__proto__', 'constructor', 'ilmd', 'bizStep', 'sourceList', 'quantityList', 'a://b'],
    );
    const { odd } = fc.letrec((tie) => ({
      odd: fc.oneof({ maxDepth: 5 }, fc.jsonValue(), tie('list'), tie('object')),
      list: fc.array(tie('odd'), { maxLength: 3 }),
      object: fc.dictionary(names, tie('odd'), { maxKeys: 5 }),
    }));
    const events = fc.dictionary(names, odd, { maxKeys: 8 });
    fc.assert(
      fc.property(events, (event) => {
        const read = JSON.parse(JSON.stringify(event)) as JsonObject;
        expect(eventHash(read, STANDARD_CONTEXT)).toMatch(/^ni:\/\/\/sha-256;[\da-f]{64}\?/);
        for (const { context } of readEvents(read)) expect(context).toBeDefined();
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('does not depend on the order of members, of list items, or on prefixes', () => {
    const value = fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean());
    const fields = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), value, { maxKeys: 5 });
    fc.assert(
      fc.property(fields, fc.array(fc.string()), (extensions, epcs) => {
        const written = (prefix: string, reversed: boolean): JsonObject => {
          const members = Object.entries(extensions).map(([k, v]) => [`${prefix}:${k}`, v]);
          const all = [...Object.entries({ ...EVENT, epcList: epcs }), ...members];
          const context = ['@context', { [prefix]: 'https://n.example/' }];
          if (!reversed) return Object.fromEntries([context, ...all]) as JsonObject;
          const object = Object.fromEntries([...all, context].reverse()) as JsonObject;
          return { ...object, epcList: epcs.toReversed() };
        };
        expect(eventHash(written('p', false), STANDARD_CONTEXT)).toBe(
          eventHash(written('qq', true), STANDARD_CONTEXT),
        );
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('holds on to its stack in the deepest of events', () => {
    const deep = JSON.parse('{"x:y":'.repeat(50_000) + '1' + '}'.repeat(50_000)) as JsonObject;
    const list = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
    expect(preHash(deep, STANDARD_CONTEXT)).toMatch(/^(x:y)+$/);
    expect(preHash({ epcList: list, 'x:y': list }, STANDARD_CONTEXT)).toBe('');
  });

  it('reads no member that the event does not have itself', () => {
    const event = JSON.parse('{"__proto__":{"action":"ADD","type":"T"}}') as JsonObject;
    expect(preHash(event, STANDARD_CONTEXT)).toBe('__proto__action=ADDtype=T');
  });
});
