import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/error.js';
import { JsonText, readJson } from '../../src/record/json-text.js';
import fc from '../support/fast-check.js';

function refusal(input: string | Uint8Array): { code: string; pointer?: string; message: string } {
  try {
    readJson(input);
  } catch (error) {
    if (error instanceof AppError) {
      return { code: error.code, pointer: error.data.pointer, message: error.message };
    }
    throw error;
  }
  throw new Error('was not refused');
}

const bytes = (...codes: number[]) => Uint8Array.from(codes);

/** Every number token of well-formed JSON, in order. */
function numbersOf(text: string): string[] {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d[\d.eE+-]*/g) ?? [];
}

/** Any JSON value written with any spacing and any spelling of its numbers. */
const spaced = fc
  .tuple(fc.jsonValue({ maxDepth: 6 }), fc.array(fc.constantFrom('', ' ', '\n', '\t', '\r\n  ')))
  .map(([value, spaces]) => {
    let i = 0;
    const space = () => (spaces.length === 0 ? '' : spaces[i++ % spaces.length]!);
    const spellings = ['1.10', '-0', '1e400', '1E+2', '0.10e-7', '123456789012345678901234567890'];
    const write = (item: unknown): string => {
      if (typeof item === 'number') return i % 2 ? JSON.stringify(item) : spellings[i % 6]!;
      if (Array.isArray(item)) return `[${item.map(pad).join(',')}${space()}]`;
      if (typeof item !== 'object' || item === null) return JSON.stringify(item);
      const members = Object.entries(item).map(([k, v]) => `${pad(k)}:${pad(v)}`);
      return `{${members.join(',')}${space()}}`;
    };
    const pad = (item: unknown): string => space() + write(item) + space();
    return pad(value);
  });

describe('readJson', () => {
  it('gives any JSON value back equal, with every number token as it was spelt', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        const json = readJson(text);
        expect(json.value).toEqual(JSON.parse(text));
        expect(JSON.parse(json.compact()!)).toEqual(JSON.parse(text));
        expect(numbersOf(json.text)).toEqual(numbersOf(text));
        expect(json.text).toBe(readJson(json.text).text);
      }),
      { numRuns: 500 },
    );
  });

  it('removes whitespace between tokens and leaves it alone inside strings', () => {
    expect(readJson(' { "a b" :\r\n [ 1 , "c \\" d" , true ]\t} ').text).toBe(
      '{"a b":[1,"c \\" d",true]}',
    );
  });

  it('does not let removed whitespace make malformed text well-formed', () => {
    for (const text of ['1 2', 'tr ue', '[1 2]', '- 1', '1 e5', '"a" "b"', '[1 "a"]', 'nul\nl']) {
      expect(refusal(text).code).toBe('MALFORMED_JSON');
    }
  });

  it('refuses all text JSON.parse refuses, and only that', () => {
    const token = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"a"',
        '1',
        '-',
        '01',
        '.5',
        ' ',
        '\n',
        'null',
        '\\',
        '\u0000',
        '/*',
        'é',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 8 }).map((tokens) => tokens.join('')),
        (text) => {
          let parsed: unknown;
          try {
            parsed = JSON.parse(text);
          } catch {
            expect(['MALFORMED_JSON', 'EMPTY_INPUT']).toContain(refusal(text).code);
            return;
          }
          expect(readJson(text).value).toEqual(parsed);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['whitespace', ' \r\n\t'],
    ['a byte order mark', '\uFEFF'],
    ['no bytes', bytes()],
    ['a byte order mark in bytes', bytes(0xef, 0xbb, 0xbf)],
  ])('says that %s is empty input', (_name, input) => {
    expect(refusal(input).code).toBe('EMPTY_INPUT');
  });

  it('tells the line and column of malformed JSON', () => {
    expect(refusal('{\n  "a": 1,\n  "b" 2\n}').message).toBe(
      'not well-formed JSON at line 3, column 7',
    );
    expect(refusal('[1,]').message).toBe('not well-formed JSON at line 1, column 4');
    expect(refusal('{"a":1').message).toBe('not well-formed JSON at line 1, column 7');
    expect(refusal('[1] // note').message).toMatch(/^not well-formed JSON at line 1/);
    expect(refusal('["unfinished').message).toMatch(/^not well-formed JSON at line 1/);
  });

  it('never quotes the text around a fault', () => {
    for (const text of ['{"secret": CANARY}', '"CANARY', 'CANARY', '{"CANARY" 1}', '[CANARY']) {
      expect(refusal(text).message).not.toContain('CANARY');
    }
  });

  it('takes a leading UTF-8 byte order mark, and no other', () => {
    expect(readJson('\uFEFF{"a":1}').text).toBe('{"a":1}');
    expect(readJson(bytes(0xef, 0xbb, 0xbf, 0x31)).text).toBe('1');
    expect(refusal('\uFEFF\uFEFF1').code).toBe('MALFORMED_JSON');
    expect(refusal('[1,\uFEFF2]').code).toBe('MALFORMED_JSON');
    expect(refusal(bytes(0xff, 0xfe, 0x31, 0x00)).code).toBe('MALFORMED_JSON');
  });

  it.each([
    ['a lone continuation byte', bytes(0x22, 0x80, 0x22)],
    ['a cut-off sequence', bytes(0x22, 0xc3, 0x22)],
    ['an overlong slash', bytes(0x22, 0xc0, 0xaf, 0x22)],
    ['an encoded surrogate', bytes(0x22, 0xed, 0xa0, 0x80, 0x22)],
    ['a code point past the last', bytes(0x22, 0xf4, 0x90, 0x80, 0x80, 0x22)],
    ['Latin-1', bytes(0x22, 0xe9, 0x22)],
  ])('refuses bytes that are not UTF-8: %s', (_name, input) => {
    expect(refusal(input).code).toBe('MALFORMED_JSON');
  });

  it('refuses lone surrogates, raw and escaped, in values and names', () => {
    expect(refusal('"\ud800"').code).toBe('MALFORMED_JSON');
    expect(refusal('{"a":["\\uD83D"]}')).toMatchObject({ code: 'MALFORMED_JSON', pointer: '/a/0' });
    expect(refusal('{"a":{"\\udc00":1}}')).toMatchObject({ code: 'MALFORMED_JSON', pointer: '/a' });
    expect(readJson('"\\ud83d\\ude00 \\\\ud800"').value).toBe('😀 \\ud800');
  });

  it('keeps the spelling of string escapes', () => {
    expect(readJson(' "\\u00e9\\/\\u0000" ').text).toBe('"\\u00e9\\/\\u0000"');
  });

  it.each([
    ['arrays', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['arrays that never end', '['.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['both in turn', '[{"a":'.repeat(50_000)],
    ['arrays with spaces', '[\n'.repeat(100_000)],
  ])('refuses 100,000-deep %s without overflowing the stack', (_name, text) => {
    const { code, message } = refusal(text);
    expect(code).toBe('TOO_DEEP');
    expect(message).toMatch(/deeper than 64 levels at line \d+, column \d+$/);
  });

  it('takes 64 levels and refuses 65', () => {
    expect(readJson('['.repeat(64) + ']'.repeat(64)).text).toHaveLength(128);
    expect(refusal('['.repeat(65) + ']'.repeat(65)).code).toBe('TOO_DEEP');
    expect(readJson('"' + '['.repeat(100) + '"').value).toHaveLength(100);
  });

  it('bounds depth as told', () => {
    expect(() => readJson('[[1]]', { depthMax: 1 })).toThrow(
      expect.objectContaining({ code: 'TOO_DEEP' }),
    );
  });

  it.each([
    ['at the root', '{"a":1,"b":2,"a":3}', '/a'],
    ['with equal values', '{"a":1,"a":1}', '/a'],
    ['deep inside', '{"x":[1,{"y":{"z":1,"z":2}}]}', '/x/1/y/z'],
    ['spelt with an escape', '{"a":1,"\\u0061":2}', '/a'],
    ['named __proto__', '{"__proto__":1,"__proto__":2}', ''],
    ['named __proto__ with an object', '{"a":{"__proto__":{"b":1},"__proto__":{}}}', '/a'],
    ['named toString', '{"toString":1,"toString":2}', '/toString'],
    ['that are numbers', '{"1":1,"1":2}', ''],
    ['without a name', '{"":1,"":2}', ''],
  ])('refuses a duplicate member %s', (_name, text, pointer) => {
    expect(refusal(text)).toMatchObject({ code: 'DUPLICATE_MEMBER', pointer });
  });

  it('tells where the second of two equal members stands', () => {
    expect(refusal('{\n "a": 1,\n "a": 2 }').message).toBe(
      'an object has a member twice at line 3, column 2',
    );
  });

  it('lets members of the same name stand in different objects, and inherited names stand once', () => {
    const text = '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}],"__proto__":{"a":1},"constructor":2}';
    expect(readJson(text).text).toBe(text);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('refuses a duplicate member wherever it is put', () => {
    const object = fc.dictionary(fc.constantFrom('a', 'b', '__proto__', '1'), fc.jsonValue(), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(object, fc.nat(), (value, pick) => {
        const names = Object.keys(value);
        const name = JSON.stringify(names[pick % names.length]);
        const text = `${JSON.stringify(value).slice(0, -1)},${name}:0}`;
        expect(refusal(`[{"x":${text}}]`).code).toBe('DUPLICATE_MEMBER');
      }),
    );
  });

  it('reads a string of many megabytes in no more than a moment', () => {
    const text = JSON.stringify({ a: 'x'.repeat(8_000_000), b: '\\"'.repeat(1_000_000) });
    expect(readJson(text).text).toHaveLength(text.length);
  });

  it('reads a million spaced tokens without piling up memory', () => {
    const text = `[${'1, '.repeat(1_000_000)}1]`;
    expect(readJson(text).text).toHaveLength(2_000_003);
  });
});

describe('JsonText', () => {
  const json = readJson(`{
    "a": [ {"n": 1.10, "m": [1, 2]}, {"m": -0}, 7, {} ],
    "b~/c": { "": 1e400 },
    "d": 123456789012345678901234567890,
    "\\u0065": "f"
  }`);

  it.each([
    ['', json.text],
    ['/a/0', '{"n":1.10,"m":[1,2]}'],
    ['/a/0/n', '1.10'],
    ['/a/0/m/1', '2'],
    ['/a/1/m', '-0'],
    ['/a/3', '{}'],
    ['/b~0~1c/', '1e400'],
    ['/d', '123456789012345678901234567890'],
    ['/e', '"f"'],
  ])('gives the compact text at %j', (pointer, text) => {
    expect(json.compact(pointer)).toBe(text);
  });

  it.each(['/x', '/a/4', '/a/x', '/a/0/n/0', '/a/3/x', '/d/0'])(
    'gives nothing at %s, where nothing is',
    (pointer) => {
      expect(json.compact(pointer)).toBeUndefined();
    },
  );

  it('gives the texts of all items, or of one member of each', () => {
    expect(json.compactEach('/a')).toEqual(['{"n":1.10,"m":[1,2]}', '{"m":-0}', '7', '{}']);
    expect(json.compactEach('/a', 'm')).toEqual(['[1,2]', '-0', undefined, undefined]);
    expect(json.compactEach('/d')).toEqual([]);
    expect(json.compactEach('/x')).toEqual([]);
    expect(new JsonText('[]', []).compactEach('')).toEqual([]);
  });

  it('gives every value of any JSON the text it came from', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        const any = readJson(text);
        const visit = (value: unknown, pointer: string): void => {
          expect(JSON.parse(any.compact(pointer)!)).toEqual(value);
          if (typeof value !== 'object' || value === null) return;
          for (const [name, item] of Object.entries(value)) {
            visit(item, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
          }
          if (!Array.isArray(value)) return;
          expect(any.compactEach(pointer).map((item) => JSON.parse(item!) as unknown)).toEqual(
            value,
          );
        };
        visit(any.value, '');
      }),
      { numRuns: 200 },
    );
  });
});
