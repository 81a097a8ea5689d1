import { describe, expect, it } from '@jest/globals';
import { decodeCanonical, encodeCanonical, type Canonical } from '../../src/crypto/canonical.js';
import fc from '../support/fast-check.js';

const code = (name: string) => expect.objectContaining({ code: name });

const canonical: fc.Arbitrary<Canonical> = fc.letrec<{ node: Canonical }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary', maxLength: 6 }), tie('node'), { maxKeys: 4 }),
  ),
})).node;

/** The same value with the members of every object in another order. */
function shuffled(value: Canonical): Canonical {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffled(member)]),
  );
}

describe('canonical JSON', () => {
  it('is read back as what was written', () => {
    fc.assert(
      fc.property(canonical, (value) => {
        const text = encodeCanonical(value);
        expect(encodeCanonical(decodeCanonical(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(
      fc.property(canonical, (value) => {
        expect(encodeCanonical(shuffled(value))).toBe(encodeCanonical(value));
      }),
    );
  });

  it('refuses every other JSON spelling of a value', () => {
    fc.assert(
      fc.property(canonical, fc.constantFrom(1, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(text !== encodeCanonical(value));
        expect(() => decodeCanonical(text)).toThrow(code('NON_CANONICAL'));
      }),
    );
  });

  it('sorts by UTF-16 code unit, as the example of RFC 8785 section 3.2.3 does', () => {
    const members = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(encodeCanonical(members)) as object).sort()).toEqual(
      Object.values(members).sort(),
    );
    const order = [...encodeCanonical(members).matchAll(/:"([^"]*)"/g)].map((match) => match[1]);
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('escapes as RFC 8785 section 3.2.2.2 asks', () => {
    expect(encodeCanonical('\u20ac$\u000f\nA\'B"\\\\"/')).toBe(
      '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"',
    );
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a fraction', 1.5],
    ['2^53', 2 ** 53],
    ['-(2^53)', -(2 ** 53)],
    ['NaN', NaN],
    ['infinity', Infinity],
    ['a bigint', 1n],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a member without value', { a: undefined }],
    ['a hole in a list', new Array(2)],
    ['a date', new Date(0)],
    ['bytes', Uint8Array.of(1)],
    ['a map', new Map()],
  ])('does not write %s', (_, value) => {
    expect(() => encodeCanonical(value)).toThrow(code('NON_CANONICAL'));
    expect(() => encodeCanonical([value])).toThrow(code('NON_CANONICAL'));
  });

  it.each<[string, string]>([
    ['a duplicate member', '{"a":1,"a":1}'],
    ['a duplicate member of another value', '{"a":1,"a":2}'],
    ['a duplicate spelt with an escape', '{"a":1,"\\u0061":2}'],
    ['members out of order', '{"b":1,"a":2}'],
    ['a space', '{"a": 1}'],
    ['a line break at the end', '{}\n'],
    ['null', 'null'],
    ['null inside', '{"a":null}'],
    ['a fraction', '1.5'],
    ['an integer spelt as a fraction', '1.0'],
    ['an exponent', '1e2'],
    ['minus zero', '-0'],
    ['2^53', '9007199254740992'],
    ['an integer that rounds to another', '9007199254740993'],
    ['an escaped letter', '"\\u0061"'],
    ['an escaped slash', '"\\/"'],
    ['an escaped lone surrogate', '"\\ud800"'],
    ['upper-case escapes', '"\\u000F"'],
  ])('does not read %s', (_, text) => {
    expect(() => decodeCanonical(text)).toThrow(code('NON_CANONICAL'));
  });

  it.each(['', '{', '{"a":1}{"a":1}', "{'a':1}", '[1,]', '\uFEFF{}', 'undefined', '"'])(
    'calls %j malformed',
    (text) => {
      expect(() => decodeCanonical(text)).toThrow(code('MALFORMED_JSON'));
    },
  );

  it('keeps a member named __proto__ a member', () => {
    const value = decodeCanonical('{"__proto__":{"admin":true}}');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect((value as { admin?: boolean }).admin).toBeUndefined();
  });

  it('counts depth outside strings only', () => {
    const brackets = encodeCanonical({ a: '[[[[\\"[[[', b: '\\' });
    expect(decodeCanonical(brackets, { depthMax: 1 })).toEqual({ a: '[[[[\\"[[[', b: '\\' });
    expect(decodeCanonical('[[1]]', { depthMax: 2 })).toEqual([[1]]);
    expect(() => decodeCanonical('[[[1]]]', { depthMax: 2 })).toThrow(code('TOO_DEEP'));
  });

  it('refuses nesting of 100,000 without exhausting the stack', () => {
    const bounds = { sizeMaxBytes: 1_000_000 };
    expect(() => decodeCanonical('['.repeat(100_000), bounds)).toThrow(code('TOO_DEEP'));
    let deep: unknown[] = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => encodeCanonical(deep)).toThrow(code('TOO_DEEP'));
  });

  it('refuses a cycle', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => encodeCanonical(cycle)).toThrow(code('TOO_DEEP'));
  });

  it('bounds the size in bytes, not in characters', () => {
    expect(decodeCanonical('"€"', { sizeMaxBytes: 5 })).toBe('€');
    expect(() => decodeCanonical('"€"', { sizeMaxBytes: 4 })).toThrow(code('TOO_LARGE'));
    expect(() => decodeCanonical(`"${'a'.repeat(65_534)}"`)).toThrow(code('TOO_LARGE'));
  });

  it('says nothing of the content in its errors', () => {
    for (const text of ['{"canary-name":canary-value}', '{"canary":1.5}', ' "canary"']) {
      expect(() => decodeCanonical(text)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('canary') }),
      );
    }
  });
});
