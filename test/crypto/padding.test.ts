import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../../src/crypto/bytes.js';
import { pad, padme, unpad } from '../../src/crypto/padding.js';
import fc from '../support/fast-check.js';

const sizes = fc.integer({ min: 1, max: 2 ** 30 });

describe('Padmé', () => {
  it.each([
    [0, 512],
    [1, 512],
    [511, 512],
    [512, 512],
    [513, 544],
    [1000, 1024],
    [1024, 1024],
    [1025, 1088],
    [1_048_575, 1_048_576],
    [1_048_576, 1_048_576],
  ])('pads %i bytes to %i', (size, padded) => {
    expect(padme(size)).toBe(padded);
  });

  it('never shortens, and adds at most 12 % above the minimum', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const padded = padme(size, 1);
        expect(padded).toBeGreaterThanOrEqual(size);
        expect(padded).toBeLessThanOrEqual(Math.max(size * 1.12, 2));
      }),
    );
  });

  it('leaves a padded size as it is, and keeps the order of sizes', () => {
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        expect(padme(padme(a))).toBe(padme(a));
        expect(padme(Math.max(a, b))).toBeGreaterThanOrEqual(padme(Math.min(a, b)));
      }),
    );
  });

  it('tells apart no more than 50 sizes below 4 KB', () => {
    const lengths = new Set(Array.from({ length: 4096 }, (_, size) => padme(size)));
    expect(lengths.size).toBeLessThanOrEqual(50);
  });

  it('fills with spaces and takes only spaces away', () => {
    const padded = pad(utf8('{"a":"ü"}'));
    expect(padded.length).toBe(512);
    expect(new TextDecoder().decode(unpad(padded))).toBe('{"a":"ü"}');
    expect(new TextDecoder().decode(unpad(pad(utf8('{}\n\t\u00a0'))))).toBe('{}\n\t\u00a0');
  });
});
