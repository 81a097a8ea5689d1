import { describe, expect, it } from '@jest/globals';
import { formatProvJson } from '../../../src/record/prov/format.js';
import type { ProvDocument } from '../../../src/record/prov/prov.js';
import { readProvJson } from '../../../src/record/prov/read.js';
import { provDocument } from './arbitrary.js';
import { eachChange } from './change.js';
import { sameMeaning } from './same-meaning.js';
import fc, { tries } from '../../support/fast-check.js';

const write = (document: ProvDocument): string => [...formatProvJson(document)].join('');

describe('any PROV document', () => {
  it('means the same once written and read, and what was read is written one way', () => {
    fc.assert(
      fc.property(provDocument, (document) => {
        const read = readProvJson(write(document));
        expect(sameMeaning(document, read)).toBe(true);
        const text = write(read);
        expect(write(readProvJson(text))).toBe(text);
      }),
      tries(500, 41),
    );
  });

  it('is not another that differs in one thing', () => {
    fc.assert(
      fc.property(provDocument, fc.nat(), (document, pick) => {
        const changes = [...eachChange(document)];
        if (changes.length === 0) return;
        const { what, document: changed } = changes[pick % changes.length]!;
        const isSame = sameMeaning(document, readProvJson(write(changed)));
        expect({ what, isSame }).toEqual({ what, isSame: false });
      }),
      tries(500, 42),
    );
  });

  it('is the same whatever its anonymous ids are called, and in whatever order it stands', () => {
    fc.assert(
      fc.property(provDocument, (document) => {
        const renamed = readProvJson(write(document).replaceAll(/"_:([abc])"/g, '"_:other-$1"'));
        const turned = { ...renamed, records: renamed.records.toReversed() };
        expect(sameMeaning(document, turned)).toBe(true);
      }),
      tries(200, 43),
    );
  });
});

describe('a document of many bundles and prefixes', () => {
  it('is read and written within seconds', () => {
    const of = (name: (n: number) => [string, unknown]) =>
      Object.fromEntries(Array.from({ length: 15_000 }, (_, n) => name(n)));
    const text = JSON.stringify({
      prefix: of((n) => [`p${n}`, `urn:p:${n}/`]),
      entity: of((n) => [`p${n}:e`, {}]),
      bundle: of((n) => [`p0:${n}`, { prefix: { own: `urn:p:${n}/e` }, entity: { 'own:1': {} } }]),
    });
    const read = readProvJson(text);
    expect(read.bundles[7]!.records[0]!.id).toBe('urn:p:7/e1');
    expect(write(read)).toContain('"own:1"');
  });
});

describe('the comparison of documents', () => {
  const read = (entity: object, more: object = {}) =>
    readProvJson(JSON.stringify({ prefix: { ex: 'http://example.org/' }, entity, ...more }));
  const value = (text: string, type: string) =>
    read({ 'ex:e': { 'ex:a': { $: text, type: `xsd:${type}` } } });

  it.each([
    ['1', '+01', 'int'],
    ['1.50', '1.5', 'decimal'],
    ['1e3', '1000', 'double'],
    ['true', '1', 'boolean'],
    ['2026-01-31T12:00:00Z', '2026-01-31T13:00:00.000+01:00', 'dateTime'],
  ])('takes %s and %s for the same %s', (one, other, type) => {
    expect(sameMeaning(value(one, type), value(other, type))).toBe(true);
  });

  it.each([
    ['1', '2', 'int'],
    ['1', '01', 'string'],
    ['1.5', '1.51', 'decimal'],
    ['2026-01-31T12:00:00.0001Z', '2026-01-31T12:00:00.0002Z', 'dateTime'],
  ])('tells %s from %s as %s', (one, other, type) => {
    expect(sameMeaning(value(one, type), value(other, type))).toBe(false);
  });

  it('tells two anonymous things from one', () => {
    const used = (...names: string[]) => {
      const relations = names.map((name, i) => [`_:u${i}`, { 'prov:entity': name, 'ex:n': i }]);
      return { used: Object.fromEntries(relations) as object };
    };
    const one = read({ '_:x': {} }, used('_:x', '_:x'));
    const two = read({ '_:x': {}, '_:y': {} }, used('_:x', '_:y'));
    expect(sameMeaning(one, two)).toBe(false);
    expect(sameMeaning(two, read({ '_:p': {}, '_:q': {} }, used('_:q', '_:p')))).toBe(true);
  });

  it('pairs the anonymous of a ring, which nothing but each other tells apart', () => {
    const ring = (names: string[]) =>
      read(
        {},
        {
          alternateOf: Object.fromEntries(
            names.map((name, i) => [
              `_:r${i}`,
              { 'prov:alternate1': name, 'prov:alternate2': names[(i + 1) % names.length] },
            ]),
          ),
        },
      );
    const six = ['_:1', '_:2', '_:3', '_:4', '_:5', '_:6'];
    expect(sameMeaning(ring(six), ring(six.toReversed()))).toBe(true);
    const threes = {
      ...ring(six),
      records: [...ring(['_:a', '_:b', '_:c']).records, ...ring(['_:d', '_:e', '_:f']).records],
    };
    expect(sameMeaning(ring(six), threes)).toBe(false);
  });
});
