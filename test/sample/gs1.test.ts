import { describe, expect, it } from '@jest/globals';
import { checkDigit, gln, gtinOfNdc, npi, sscc } from '../../src/sample/gs1.js';

describe('GS1 keys', () => {
  it('get the check digits of published examples', () => {
    expect(checkDigit('8061414112345')).toBe('8');
    expect(sscc('0614141', 234567890).startsWith('00614141')).toBe(true);
    expect(checkDigit('10614141234567890')).toBe('8');
    expect(gln('0614141', 729)).toBe('0614141007295');
  });

  it('turn the ten digits of an NDC into a GTIN-14', () => {
    expect(gtinOfNdc('0591036901')).toBe('00305910369019');
  });
});

describe('npi', () => {
  it('gets the Luhn digit of the example CMS publishes', () => {
    expect(npi('123456789')).toBe('1234567893');
  });
});
