import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../../src/error.js';
import { PROV, XSD } from '../../../src/record/prov/prov.js';
import { readProvJson } from '../../../src/record/prov/read.js';
import fc, { tries } from '../../support/fast-check.js';

const PREFIX = { ex: 'http://example.org/', default: 'http://example.org/0/' };

function read(document: object) {
  return readProvJson(JSON.stringify({ prefix: PREFIX, ...document }));
}

function valuesOf(given: unknown) {
  const { records } = read({ entity: { 'ex:e': { 'ex:a': given } } });
  return records[0]!.attributes.map(({ value }) => value);
}

function faultOf(document: object | string): AppError {
  try {
    if (typeof document === 'string') readProvJson(document);
    else read(document);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('reading PROV-JSON', () => {
  it('refuses a prefix so long that names would be many times the document', () => {
    const prefix = { p: `urn:${'x'.repeat(1_024)}` };
    expect(faultOf({ prefix, entity: { 'p:1': {} } }).data.pointer).toBe('/prefix');
  });

  it('expands names by the prefixes of their bundle, then those of the document', () => {
    const { records, bundles } = read({
      entity: { e: {}, 'ex:e': {} },
      bundle: {
        b: {
          prefix: { default: 'urn:b:', own: 'urn:own:' },
          agent: { e: {}, 'ex:e': {}, 'own:e': {} },
        },
      },
    });
    expect(records.map(({ id }) => id)).toEqual(['http://example.org/0/e', 'http://example.org/e']);
    expect(bundles[0]!.id).toBe('http://example.org/0/b');
    expect(bundles[0]!.records.map(({ id }) => id)).toEqual([
      'urn:b:e',
      'http://example.org/e',
      'urn:own:e',
    ]);
  });

  it('reads each way to write a value', () => {
    expect(valuesOf('text')).toEqual([{ text: 'text', type: `${XSD}string` }]);
    expect(valuesOf([1, 5e9, 1.5, true])).toEqual([
      { text: '1', type: `${XSD}int` },
      { text: '5000000000', type: `${XSD}long` },
      { text: '1.5', type: `${XSD}double` },
      { text: 'true', type: `${XSD}boolean` },
    ]);
    expect(valuesOf({ $: 'oui', lang: 'fr' })).toEqual([
      { text: 'oui', type: `${PROV}InternationalizedString`, lang: 'fr' },
    ]);
    expect(valuesOf({ $: 'ex:x', type: 'prov:QUALIFIED_NAME' })).toEqual([
      { name: 'http://example.org/x', type: `${PROV}QUALIFIED_NAME` },
    ]);
    expect(valuesOf({ $: 7, type: 'ex:own' })).toEqual([
      { text: '7', type: 'http://example.org/own' },
    ]);
  });

  it('keeps the spelling of numbers that a double would not hold', () => {
    const text =
      '{"prefix":{"ex":"urn:x:"},"entity":{"ex:e":{"ex:a":[12345678901234567890,1.10]}}}';
    expect(readProvJson(text).records[0]!.attributes.map(({ value }) => value)).toEqual([
      { text: '12345678901234567890', type: `${XSD}integer` },
      { text: '1.10', type: `${XSD}double` },
    ]);
  });

  it('reads several records of one id, and relations that lack a part', () => {
    const { records } = read({ used: { 'ex:u': [{ 'prov:entity': 'ex:e' }, {}], '_:v': {} } });
    expect(records.map(({ id, attributes }) => [id, attributes.length])).toEqual([
      ['http://example.org/u', 1],
      ['http://example.org/u', 0],
      ['_:v', 0],
    ]);
  });

  it('reads the pairs of a dictionary from a map and from a list', () => {
    const pairs = (set: unknown) =>
      read({
        hadDictionaryMember: { '_:h': { 'prov:key-entity-set': set } },
      }).records[0]!.attributes.map(({ value }) => value);
    const one = [{ key: { text: '1', type: `${XSD}int` }, entity: 'http://example.org/e' }];
    expect(pairs({ '$key-datatype': 'xsd:int', '1': 'ex:e' })).toEqual(one);
    expect(pairs([{ key: { $: '1', type: 'xsd:int' }, $: 'ex:e' }])).toEqual(one);
    expect(pairs([{ key: 1, $: 'ex:e' }])).toEqual(one);
  });

  it.each<[string, object | string, string, string]>([
    ['a list', '[]', 'INVALID_RECORD', ''],
    ['nothing', '', 'EMPTY_INPUT', ''],
    ['half a document', '{"entity":', 'MALFORMED_JSON', ''],
    ['a relation that PROV does not have', { wasEatenBy: {} }, 'INVALID_RECORD', ''],
    ['a bundle in a bundle', { bundle: { b: { bundle: {} } } }, 'INVALID_RECORD', '/bundle'],
    ['a prefix nobody declared', { used: { 'no:x': {} } }, 'INVALID_RECORD', '/used'],
    ['a prefix that is no URI', { prefix: { ex: 'here' } }, 'INVALID_RECORD', '/prefix'],
    ['another prov', { prefix: { prov: 'urn:x:' } }, 'INVALID_RECORD', '/prefix'],
    ['a record that is none', { agent: { a: 1 } }, 'INVALID_RECORD', '/agent'],
    ['null', { agent: { a: { b: null } } }, 'INVALID_RECORD', '/agent'],
    [
      'a time that is none',
      { activity: { a: { 'prov:startTime': 'now' } } },
      'INVALID_RECORD',
      '/activity',
    ],
    [
      'two things where one stands',
      { used: { a: { 'prov:entity': ['a', 'b'] } } },
      'INVALID_RECORD',
      '/used',
    ],
    ['a thing that is a number', { used: { a: { 'prov:entity': 1 } } }, 'INVALID_RECORD', '/used'],
    [
      'a literal with more to it',
      { entity: { a: { b: { $: 'x', unit: 'm' } } } },
      'INVALID_RECORD',
      '/entity',
    ],
    [
      'a number in French',
      { entity: { a: { b: { $: '1', type: 'xsd:int', lang: 'fr' } } } },
      'INVALID_RECORD',
      '/entity',
    ],
    ['depth without end', `{"entity":${'['.repeat(99)}${']'.repeat(99)}}`, 'TOO_DEEP', ''],
    ['a member twice', '{"entity":{},"entity":{}}', 'DUPLICATE_MEMBER', '/entity'],
  ])('refuses %s, says where, and what to do', (_what, document, code, pointer) => {
    const fault = faultOf(document);
    expect([fault.code, fault.data.pointer ?? '']).toEqual([code, pointer]);
    if (code === 'INVALID_RECORD') expect(fault.data.hint).toBeTruthy();
  });

  it('tells the number of a record, and nothing of what it holds', () => {
    const { message, data } = faultOf({
      entity: { 'ex:ok': {}, 'ex:Jane': { 'Jane:Doe': 'secret' } },
    });
    expect(message).toMatch(/^record 2 of entity: /);
    expect(`${message}${JSON.stringify(data)}`).not.toMatch(/Jane|Doe|secret/);
  });

  it('reads anything or refuses it with a code', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('prefix', 'entity', 'used', 'bundle', 'hadDictionaryMember', 'x'),
          fc.dictionary(
            fc.constantFrom('ex:a', 'b', '_:c', '', '_:', 'prov', '__proto__', 'default'),
            fc.oneof(
              fc.jsonValue({ maxDepth: 3 }),
              fc.dictionary(
                fc.constantFrom('prov:entity', 'prov:time', 'prov:key-entity-set', 'prov:x'),
                fc.oneof(fc.jsonValue(), fc.constant({ $: 'ex:a', type: 'prov:QUALIFIED_NAME' })),
              ),
            ),
          ),
        ),
        (document) => {
          try {
            readProvJson(JSON.stringify(document));
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        },
      ),
      tries(1_000, 44),
    );
  });
});
