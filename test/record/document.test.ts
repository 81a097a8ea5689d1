import { describe, expect, it } from '@jest/globals';
import { RECORD_SIZE_MAX_BYTES } from '../../src/crypto/seal.js';
import { AppError } from '../../src/error.js';
import { readDocument } from '../../src/record/document.js';
import { extractContent } from '../../src/record/extract.js';
import { buildEvent } from './epcis/build.js';
import { buildBundle, buildResource } from './fhir/build.js';
import { read, readOne, readProblems } from './reading.js';
import fc from '../support/fast-check.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A Patient whose compact text is so many bytes long. */
function buildPatient(sizeBytes: number, filler = 'x'): string {
  const text = (family: string) => JSON.stringify({ resourceType: 'Patient', name: [{ family }] });
  return text(filler.repeat((sizeBytes - text('').length) / Buffer.byteLength(filler)));
}

/** The extract of any text, as if it had been sealed by somebody else's code. */
function rebuild(value: unknown, mediaType: string): string {
  try {
    extractContent(JSON.stringify(value), mediaType);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return 'done';
}

describe('readDocument', () => {
  it('takes a FHIR resource: sealed text, class, media type, scope and place', () => {
    const claim = buildResource('Claim');
    expect(readOne(JSON.stringify(claim, null, 2))).toMatchObject({
      pointer: '',
      class: 'fhir.resource',
      mediaType: 'application/fhir+json',
      text: JSON.stringify(claim),
      scopeLabel: 'patient/Patient/p1',
      extract: { type: 'Claim', id: 'c1' },
    });
  });

  it.each(['1.10', '1e400', '-0', '123456789012345678901234567890', '0.1E+3', '-1.0'])(
    'keeps the number %s as it was spelt, down to the extract of a rebuild',
    (number) => {
      const text = `{"resourceType":"Basic","id":"b","valueDecimal":${number}}`;
      const draft = readOne(` ${text}\n`);
      expect(draft.text).toBe(text);
      expect(draft.extract).toEqual({
        type: 'Basic',
        id: 'b',
        aliases: ['Basic/b'],
        identifiers: [],
        references: [],
      });
    },
  );

  it('takes text and bytes, with and without a byte order mark', () => {
    const text = JSON.stringify(buildResource('Patient'));
    for (const input of [text, `\uFEFF${text}`, utf8(text), utf8(`\uFEFF${text}`)]) {
      expect(readOne(input).text).toBe(text);
    }
  });

  it('takes a list of resources and events, each at its place', () => {
    const { drafts, problems } = read([buildResource('Patient'), buildEvent(), [], { a: 1 }]);
    expect(drafts.map(({ pointer, extract }) => `${pointer} ${extract.type}`)).toEqual([
      '/0 Patient',
      '/1 ObjectEvent',
    ]);
    expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'INVALID_RECORD /2',
      'UNKNOWN_RESOURCE_TYPE /3',
    ]);
  });

  it('takes NDJSON line by line, keeping the good lines', () => {
    const lines = [JSON.stringify(buildResource('Patient')), '', '{"a":1,"a":2}', ' [ ', '{}\r'];
    for (const input of [lines.join('\n'), utf8(lines.join('\n'))]) {
      const { drafts, problems } = read(input, 'application/x-ndjson');
      expect(drafts.map(({ pointer }) => pointer)).toEqual(['/0']);
      expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
        'DUPLICATE_MEMBER /2/a',
        'MALFORMED_JSON /3',
        'UNKNOWN_RESOURCE_TYPE /4',
      ]);
    }
  });

  it.each([
    ['nothing', '', 'EMPTY_INPUT '],
    ['spaces', ' \n ', 'EMPTY_INPUT '],
    ['an empty list', '[]', 'EMPTY_INPUT '],
    ['malformed JSON', '{"resourceType":', 'MALFORMED_JSON '],
    ['text', '"Patient"', 'INVALID_RECORD '],
    ['null', 'null', 'INVALID_RECORD '],
    ['a number', '5', 'INVALID_RECORD '],
    ['an empty object', '{}', 'UNKNOWN_RESOURCE_TYPE '],
    ['an object of no standard', '{"type":"Person"}', 'UNKNOWN_RESOURCE_TYPE '],
    ['a duplicate member', '{"resourceType":"Patient","id":"a","id":"b"}', 'DUPLICATE_MEMBER /id'],
    ['a duplicate __proto__', '{"__proto__":1,"__proto__":2}', 'DUPLICATE_MEMBER '],
    ['100,000 levels of lists', '['.repeat(100_000), 'TOO_DEEP '],
    ['100,000 levels of objects', '{"a":'.repeat(100_000), 'TOO_DEEP '],
    ['a lone surrogate', '{"resourceType":"Patient","id":"\\ud800"}', 'MALFORMED_JSON /id'],
    ['raw NUL', '\0', 'MALFORMED_JSON '],
    ['XML of no standard', '\uFEFF <?xml version="1.0"?><epcis/>', 'UNSUPPORTED_MEDIA_TYPE '],
    ['FHIR XML', '<Patient xmlns="http://hl7.org/fhir"/>', 'UNSUPPORTED_MEDIA_TYPE '],
    ['malformed XML', '<EPCISDocument', 'MALFORMED_JSON '],
  ])('refuses %s as one problem', (_name, text, problem) => {
    expect(readProblems(text)).toEqual([problem]);
    expect(readProblems(utf8(text))).toEqual([problem]);
  });

  it('refuses bytes that are not UTF-8, in NDJSON too', () => {
    const bytes = Uint8Array.from([...utf8('{"resourceType":"Patient","id":"'), 0xff, 0x22, 0x7d]);
    expect(readProblems(bytes)).toEqual(['MALFORMED_JSON ']);
    expect(readProblems(bytes, 'application/ndjson')).toEqual(['MALFORMED_JSON ']);
  });

  it.each([
    ['a resource called JSON-LD', buildResource('Patient'), 'application/ld+json'],
    ['an event called FHIR', buildEvent(), 'application/fhir+json'],
    ['a resource called CSV', buildResource('Patient'), 'text/csv'],
    ['an event called XML', buildEvent(), 'application/xml'],
    ['XML called JSON-LD', '<ObjectEvent/>', 'application/ld+json'],
    ['XML called FHIR', '<ObjectEvent/>', 'application/fhir+json'],
    ['XML called NDJSON', '<ObjectEvent/>', 'application/x-ndjson'],
  ])('refuses %s', (_name, value, mediaType) => {
    expect(readProblems(value, mediaType)).toEqual(['UNSUPPORTED_MEDIA_TYPE ']);
  });

  it('gives a hint with what it refuses for being XML or too large', () => {
    expect(read('<a/>').problems[0]!.hint).toMatch(/FHIR only as JSON/);
    expect(read(`"${'x'.repeat(67_108_864)}"`).problems).toEqual([
      {
        pointer: '',
        code: 'TOO_LARGE',
        message: 'a document is limited to 67108864 bytes',
        hint: 'send the records as NDJSON, one a line',
      },
    ]);
  });

  it('takes a record of 1 MiB and refuses one of a byte more, naming the limit', () => {
    expect(readOne(buildPatient(RECORD_SIZE_MAX_BYTES)).text).toHaveLength(RECORD_SIZE_MAX_BYTES);
    expect(readOne(buildPatient(1_048_575, 'é')).text.length).toBeLessThan(600_000);
    for (const text of [buildPatient(RECORD_SIZE_MAX_BYTES + 1), buildPatient(1_048_577, 'é')]) {
      const { problems } = read(`[${text}]`);
      expect(problems).toEqual([
        { pointer: '/0', code: 'TOO_LARGE', message: 'a record is limited to 1048576 bytes' },
      ]);
    }
  });

  it('counts the compact text of a record, not the spaces it came with', () => {
    const spaced = buildPatient(RECORD_SIZE_MAX_BYTES).replace(':', `:${' '.repeat(100)}`);
    expect(readOne(spaced).text).toHaveLength(RECORD_SIZE_MAX_BYTES);
  });

  it('counts what is sealed with a record', () => {
    const resource: unknown = JSON.parse(buildPatient(RECORD_SIZE_MAX_BYTES - 10));
    expect(readProblems(buildBundle([{ fullUrl: 'urn:x:1', resource }]))).toEqual([
      'TOO_LARGE /entry/0/resource',
    ]);
  });

  it('reads on only as far as it is asked to', () => {
    const bundle = buildBundle(
      Array.from({ length: 1_000 }, () => ({ resource: buildResource('Patient') })),
    );
    const results = readDocument(JSON.stringify(bundle));
    expect(results.next().value).toMatchObject({ pointer: '/entry/0/resource' });
    expect(results.return(undefined).done).toBe(true);
  });

  it('never throws, whatever JSON it is given, and a rebuild only ever refuses', () => {
    const name = fc.constantFrom(
      ...'resourceType type id entry resource fullUrl epcisBody eventList @context action eventTime item contained identifier reference subject epcList __proto__'.split(
        ' ',
      ),
    );
    const leaf = fc.oneof(
      fc.constantFrom('Patient', 'Bundle', 'Claim', 'collection', 'EPCISDocument', 'ObjectEvent'),
      fc.constantFrom(null, true, 0, 1.5, '', '#a', 'Patient/1', '2026-01-01T00:00:00Z'),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('value'), { maxLength: 3 }),
        tie('object'),
      ),
      object: fc.dictionary(name, tie('value'), { maxKeys: 6 }),
    }));
    fc.assert(
      fc.property(value, (any) => {
        for (const result of read(any).problems) expect(result.message).not.toBe('');
        for (const mediaType of ['application/fhir+json', 'application/ld+json']) {
          expect(rebuild(any, mediaType)).toBe('done');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
