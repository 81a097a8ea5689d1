import { describe, expect, it } from '@jest/globals';
import { formatCursor, parseCursor, type CursorScope } from '../../src/query/cursor.js';
import fc from '../support/fast-check.js';

const scope: CursorScope = {
  key: new Uint8Array(32).fill(7),
  binding: ['records', 'hospital', 'ann', 'SEQ_ASC', []],
};

describe('cursor', () => {
  it('gives back the place it was made of', () => {
    const part = fc.oneof(fc.string(), fc.maxSafeInteger(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (place) => {
        expect(parseCursor(scope, formatCursor(scope, place))).toEqual(place);
      }),
    );
  });

  it('refuses any edited cursor', () => {
    const cursor = formatCursor(scope, [17, 1_700_000_000_000]);
    const alphabet = 'ABCabc019-_=+/ ';
    const at = fc.nat(cursor.length - 1);
    fc.assert(
      fc.property(at, fc.constantFrom(...alphabet), (i, character) => {
        const edited = cursor.slice(0, i) + character + cursor.slice(i + 1);
        if (edited !== cursor) expect(() => parseCursor(scope, edited)).toThrow(/not made for/);
      }),
    );
  });

  it.each(['', 'x', '{}', 'a'.repeat(2_000), Buffer.from('[1]').toString('base64url'), '\0'])(
    'refuses %j',
    (text) => {
      expect(() => parseCursor(scope, text)).toThrow(
        expect.objectContaining({ code: 'BAD_CURSOR' }),
      );
    },
  );

  it.each([
    ['another viewer', { ...scope, binding: ['records', 'hospital', 'bob', 'SEQ_ASC', []] }],
    ['another order', { ...scope, binding: ['records', 'hospital', 'ann', 'SEQ_DESC', []] }],
    ['another node', { ...scope, key: new Uint8Array(32) }],
  ])('refuses a cursor of %s', (_, other) => {
    const cursor = formatCursor(other, [17]);
    expect(() => parseCursor(scope, cursor)).toThrow(
      expect.objectContaining({ code: 'BAD_CURSOR' }),
    );
  });
});
