import { describe, expect, it } from '@jest/globals';
import {
  formatNdc,
  formatNdc11,
  gtinOfNdc,
  ndcsOfGtin,
  parseNdc,
} from '../../../src/record/gs1/ndc.js';
import fc from '../../support/fast-check.js';

const codes = fc
  .tuple(
    fc.stringMatching(/^\d{10}$/),
    fc.constantFrom([4, 8], [5, 8], [5, 9]) as fc.Arbitrary<[number, number]>,
  )
  .map(([all, [a, b]]) => `${all.slice(0, a)}-${all.slice(a, b)}-${all.slice(b)}`);

describe('a National Drug Code', () => {
  it('gives the GTIN of its package, and of the case around it', () => {
    const ndc = parseNdc('0591-0369-01')!;
    expect(gtinOfNdc(ndc)).toBe('00305910369019');
    expect(gtinOfNdc(ndc, '3')).toBe('30305910369010');
  });

  it.each([
    ['0591-0369-01', '00591036901'],
    ['50242-040-62', '50242004062'],
    ['60575-4112-1', '60575411201'],
  ])('%s is %s in a claim', (text, digits) => {
    expect(formatNdc11(parseNdc(text)!)).toBe(digits);
  });

  it('keeps its segments, and is among those its GTIN may stand for', () => {
    fc.assert(
      fc.property(codes, (text) => {
        const ndc = parseNdc(text)!;
        expect(formatNdc(ndc)).toBe(text);
        expect(ndcsOfGtin(gtinOfNdc(ndc))).toContainEqual(ndc);
        expect(ndcsOfGtin(gtinOfNdc(ndc)).map((one) => gtinOfNdc(one))).toEqual(
          Array(3).fill(gtinOfNdc(ndc)),
        );
      }),
      { seed: 3 },
    );
  });

  it.each(['', '0591036901', '00591-0369-01', '591-0369-01', '0591-369-01', '0591-0369-01 ', 'x'])(
    'is not %j',
    (text) => {
      expect(parseNdc(text)).toBeUndefined();
    },
  );

  it.each(['00305910369018', '00405910369019', '0305910369019', '', 'x'])(
    'is not in the GTIN %j',
    (gtin) => {
      expect(ndcsOfGtin(gtin)).toEqual([]);
    },
  );
});
