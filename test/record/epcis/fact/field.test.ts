import { describe, expect, it } from '@jest/globals';
import type { FieldFact } from '../../../../src/record/epcis/fact/event-fact.js';
import { extractEvent } from '../../../../src/record/epcis/extract.js';
import { buildEvent } from '../build.js';

const CONTEXT = { ex: 'https://ns.example.com/epcis/', bare: 'http://ns.example.com/epcis' };

function fieldsOf(members: Record<string, unknown>, context: unknown = CONTEXT): FieldFact[] {
  return (
    extractEvent(buildEvent('ObjectEvent', { '@context': context, ...members })).event!.fields ?? []
  );
}

const NS = 'https://ns.example.com/epcis/';
const named = (name: string, fact: Partial<FieldFact>) => ({ area: 'EVENT', name, ...fact });

describe('facts of extensions', () => {
  it.each([
    ['ex:field', `${NS}field`],
    ['bare:field', 'http://ns.example.com/epcis#field'],
    ['nobody:field', 'nobody:field'],
    ['https://else.example.com/field', 'https://else.example.com/field'],
    ['rdfs:comment', 'http://www.w3.org/2000/01/rdf-schema#comment'],
  ])('have %s as %s', (name, full) => {
    expect(fieldsOf({ [name]: 'x' })).toEqual([named(full, { text: 'x' })]);
  });

  it.each([
    [12.5, { text: '12.5', number: 12.5 }],
    ['12.50', { text: '12.50', number: 12.5 }],
    ['007', { text: '007', number: 7 }],
    ['1e999', { text: '1e999' }],
    [-0, { text: '0', number: 0 }],
    [true, { text: 'true' }],
    ['', { text: '' }],
    ['2026-07-22', { text: '2026-07-22', time: Date.UTC(2026, 6, 22) }],
    [
      '2026-07-22T06:45:00+02:00',
      { text: '2026-07-22T06:45:00+02:00', time: Date.UTC(2026, 6, 22, 4, 45) },
    ],
    ['2026-02-31', { text: '2026-02-31' }],
    [
      { '@value': '5', '@type': 'xsd:integer' },
      { text: '5', number: 5 },
    ],
    [{ '@id': 'https://a.example/1' }, { text: 'https://a.example/1' }],
  ])('say of %j what it is', (value, fact) => {
    expect(fieldsOf({ 'ex:a': value })).toEqual([named(`${NS}a`, fact)]);
  });

  it('are several for a list, none for nothing', () => {
    expect(fieldsOf({ 'ex:a': ['x', 2, ['y']] }).map(({ text }) => text)).toEqual(['x', '2', 'y']);
    expect(fieldsOf({ 'ex:a': [], 'ex:b': null })).toEqual([]);
  });

  it('tell of an object that it is there, and of its members that they are inside', () => {
    const inner = { area: 'EVENT', isInner: true };
    const a = { 'ex:b': 'x', 'ex:c': { 'ex:d': 1 }, plain: 'y' };
    expect(fieldsOf({ 'ex:a': a })).toEqual([
      named(`${NS}a`, {}),
      { ...inner, name: `${NS}b`, text: 'x' },
      { ...inner, name: `${NS}c` },
      { ...inner, name: `${NS}d`, text: '1', number: 1 },
      { ...inner, name: 'plain', text: 'y' },
    ]);
    expect(fieldsOf({ 'ex:a': [{ 'ex:b': 1 }, { 'ex:b': 2 }] })).toEqual([
      named(`${NS}a`, {}),
      { ...inner, name: `${NS}b`, text: '1', number: 1 },
      { ...inner, name: `${NS}b`, text: '2', number: 2 },
    ]);
  });

  it('have an element of XML by its text, and its attributes inside', () => {
    expect(fieldsOf({ 'ex:a': { '@unit': 'mm', '#text': '5' } })).toEqual([
      named(`${NS}a`, { text: '5', number: 5 }),
      { area: 'EVENT', isInner: true, name: '@unit', text: 'mm' },
    ]);
  });

  it('follow the context that is nearest', () => {
    const a = { '@context': { ex: 'urn:inner' }, 'ex:b': 1 };
    expect(fieldsOf({ 'ex:a': a }).map(({ name }) => name)).toEqual([`${NS}a`, 'urn:inner:b']);
    const list = [CONTEXT, { ex: 'urn:later:' }];
    expect(fieldsOf({ 'ex:a': 1 }, list).map(({ name }) => name)).toEqual(['urn:later:a']);
  });

  it('say where in the event they stand', () => {
    const facts = fieldsOf({
      readPoint: { id: 'urn:a:1', 'ex:a': 1 },
      bizLocation: { id: 'urn:a:1', 'ex:a': 1 },
      errorDeclaration: { declarationTime: '2026-08-01T00:00:00Z', 'ex:a': 1 },
      ilmd: { 'ex:a': 1 },
      sensorElementList: [
        {
          'ex:a': 1,
          sensorMetadata: { 'ex:a': 1 },
          sensorReport: [{ type: 'Temperature', 'ex:a': 1 }],
        },
      ],
    });
    expect(facts.map(({ area }) => area).sort()).toEqual(
      [
        ...['BIZ_LOCATION', 'ERROR_DECLARATION', 'ILMD', 'READ_POINT'],
        ...['SENSOR_ELEMENT', 'SENSOR_METADATA', 'SENSOR_REPORT'],
      ].sort(),
    );
    expect(new Set(facts.map(({ name }) => name))).toEqual(new Set([`${NS}a`]));
  });

  it('leave out our own members, and texts that are too long', () => {
    const provtrail = 'https://provtrail.dev/ns#';
    expect(
      fieldsOf({ 'p:xml': '<a/>', 'ex:a': 'x'.repeat(4_097) }, { ...CONTEXT, p: provtrail }),
    ).toEqual([named(`${NS}a`, {})]);
    expect(fieldsOf({ [`ex:${'x'.repeat(4_096)}`]: 1 })).toEqual([]);
  });

  it('are at most 1,000, the lot among them', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => i);
    const event = buildEvent('ObjectEvent', {
      'cbvmda:a': many,
      ilmd: { 'cbvmda:lotNumber': 'L1', 'cbvmda:other': { 'cbvmda:b': many } },
    });
    const { fields, lot } = extractEvent(event).event!;
    expect(fields).toHaveLength(1_000);
    expect(lot).toBe('L1');
  });

  it('end below a depth nobody needs', () => {
    let value: unknown = 'deepest';
    for (let i = 0; i < 5_000; i++) value = i % 2 === 0 ? [value] : { 'ex:a': value };
    const fields = fieldsOf({ 'ex:a': value });
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.length).toBeLessThan(40);
    expect(fields.some(({ text }) => text === 'deepest')).toBe(false);
  });
});
