import { describe, expect, it } from '@jest/globals';
import {
  concat,
  equalBytes,
  fromBase64url,
  fromUtf8,
  isBase64url,
  toBase64url,
  toHex,
  utf8,
} from '../../src/crypto/bytes.js';
import fc from '../support/fast-check.js';

describe('base64url', () => {
  it('decodes what it encodes, as node:buffer does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(text)).toEqual(bytes);
        expect(isBase64url(text, bytes.length)).toBe(true);
      }),
    );
  });

  it('encodes only the bytes of a view, not the buffer behind it', () => {
    expect(toBase64url(Uint8Array.of(1, 2, 3, 4).subarray(1, 3))).toBe('AgM');
  });

  it.each([
    ['padding', 'QQ=='],
    ['whitespace inside', 'QU JD'],
    ['a line break at the end', 'QUJD\n'],
    ['the plain base64 alphabet', '+/+/'],
    ['stray bits in the last character', 'QR'],
    ['a length no byte string has', 'QUJDR'],
    ['characters outside the alphabet', 'QUJ*'],
    ['a NUL', 'QUJD\0'],
    ['look-alike letters', 'QUJС'],
  ])('refuses %s', (_, text) => {
    expect(() => fromBase64url(text)).toThrow(expect.objectContaining({ code: 'NON_CANONICAL' }));
    expect([1, 2, 3, 4].some((size) => isBase64url(text, size))).toBe(false);
  });

  it('knows the length a value must have', () => {
    expect(isBase64url(toBase64url(new Uint8Array(32)), 32)).toBe(true);
    expect(isBase64url(toBase64url(new Uint8Array(31)), 32)).toBe(false);
    expect(isBase64url(undefined, 32)).toBe(false);
  });
});

describe('bytes', () => {
  it('writes hexadecimal in lower case', () => {
    expect(toHex(Uint8Array.of(0, 10, 255))).toBe('000aff');
  });

  it('joins parts in order', () => {
    expect(concat(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))).toEqual(
      Uint8Array.of(1, 2, 3),
    );
  });

  it('compares by content and length', () => {
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
  });

  it('reads strict UTF-8 and keeps a byte order mark', () => {
    expect(fromUtf8(utf8('\uFEFFä😀'))).toBe('\uFEFFä😀');
  });

  it.each([
    ['an overlong form', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a cut sequence', [0xe2, 0x82]],
  ])('refuses %s in UTF-8', (_, bytes) => {
    expect(() => fromUtf8(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: 'NON_CANONICAL' }),
    );
  });
});
