import { describe, expect, it } from '@jest/globals';
import { checkDigitOf, isCheckDigitRight } from '../../../src/record/gs1/check-digit.js';
import fc from '../../support/fast-check.js';

const digits = fc.stringMatching(/^\d{1,17}$/);

describe('checkDigitOf', () => {
  it.each([
    ['1061414107346', '4'],
    ['10614141234567890', '8'],
    ['061414100729', '5'],
    ['0030591036901', '9'],
    ['629104150021', '3'],
    ['37610425002123456', '9'],
    ['', '0'],
  ])('of %s is %s', (before, check) => {
    expect(checkDigitOf(before)).toBe(check);
  });

  it('is right where it stands last, and only there', () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: 1, max: 9 }), (before, off) => {
        const check = Number(checkDigitOf(before));
        expect(isCheckDigitRight(`${before}${check}`)).toBe(true);
        expect(isCheckDigitRight(`${before}${(check + off) % 10}`)).toBe(false);
      }),
    );
  });

  it('does not change when zeros fill the front', () => {
    fc.assert(fc.property(digits, (before) => checkDigitOf(before) === checkDigitOf(`0${before}`)));
  });
});

it.each(['', '0', 'abc', '12a', '1 2', '１２'])('%j has no right check digit', (text) => {
  expect(isCheckDigitRight(text)).toBe(false);
});
