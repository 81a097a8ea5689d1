import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/error.js';
import {
  parseProduct,
  sgtinOf,
  type ProductQuestion,
} from '../../src/query/verify-product-input.js';

const NOW = Date.UTC(2026, 5, 1);
const parse = (question: ProductQuestion) => parseProduct(question, NOW);

function pointerOf(question: ProductQuestion): unknown {
  try {
    parse(question);
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError && error.code === 'BAD_USER_INPUT') return error.data.pointer;
    throw error;
  }
}

describe('what a product is verified by', () => {
  it('is a GTIN of any length, an NDC or a class', () => {
    const gtinOf = (gtin: string) => parse({ gtin, serial: 'x' }).gtin;
    expect(gtinOf('10614141073464')).toBe('10614141073464');
    expect(gtinOf('0614141000005')).toBe('00614141000005');
    expect(gtinOf('614141000005')).toBe('00614141000005');
    expect(gtinOf('96385074')).toBe('00000096385074');
    expect(gtinOf('0591-0369-01')).toBe('00305910369019');
    expect(gtinOf('urn:epc:idpat:sgtin:0614141.107346.*')).toBe('10614141073464');
    expect(gtinOf('https://id.gs1.org/01/10614141073464')).toBe('10614141073464');
  });

  it('is refused where it cannot be one, with a pointer to what is wrong', () => {
    const serial = 'x';
    const gtin = '10614141073464';
    expect(pointerOf({ gtin: '10614141073465', serial })).toBe('/gtin');
    expect(pointerOf({ gtin: '061414100000', serial })).toBe('/gtin');
    expect(pointerOf({ gtin: '00591036901', serial })).toBe('/gtin');
    expect(pointerOf({ gtin: 'https://id.gs1.org/01/10614141073464/21/x', serial })).toBe('/gtin');
    expect(pointerOf({ serial })).toBe('/gtin');
    expect(pointerOf({ gtin })).toBe('/serial');
    expect(pointerOf({ gtin, serial: '' })).toBe('/serial');
    expect(pointerOf({ gtin, serial: 'a b' })).toBe('/serial');
    expect(pointerOf({ gtin, serial: 'x'.repeat(21) })).toBe('/serial');
    expect(pointerOf({ gtin, serial, lot: '' })).toBe('/lot');
    expect(pointerOf({ gtin, serial, expiry: '2027-02-30' })).toBe('/expiry');
    expect(pointerOf({ scan: '(01)10614141073464(21)x', gtin })).toBe('/scan');
    expect(pointerOf({ scan: 'hello' })).toBe('/scan');
    expect(pointerOf({ scan: `(01)${'1'.repeat(3_000)}` })).toBe('/scan');
    expect(pointerOf({ scan: '(01)10614141073464(21)x(17)271301' })).toBe('/scan');
    expect(pointerOf({ scan: '(01)10614141073464' })).toBe('/serial');
    expect(pointerOf({ scan: '(01)10614141073464(21)x(21)y' })).toBe('/scan');
  });

  it('is read from a label, a scanner or a link, expiry and all', () => {
    const said = { gtin: '10614141073464', serial: '32a/b', lot: 'L1', expiry: '2027-05-31' };
    expect(parse({ scan: '(01)10614141073464(17)270531(10)L1(21)32a/b' })).toEqual(said);
    const scanned = [
      ']d2',
      '01',
      '10614141073464',
      '17',
      '270531',
      '10',
      'L1\x1d',
      '21',
      '32a/b',
    ].join('');
    expect(parse({ scan: scanned })).toEqual(said);
    expect(
      parse({ scan: 'https://example.com/01/10614141073464/10/L1/21/32a%2Fb?17=270531' }),
    ).toEqual(said);
    expect(parse({ scan: '(01)10614141073464(21)1' })).toEqual({ gtin: said.gtin, serial: '1' });
  });

  it('takes day 00 for the last of the month, and two digits of a year for the nearest', () => {
    const expiryOf = (digits: string) =>
      parse({ scan: `(01)10614141073464(21)1(17)${digits}` }).expiry;
    expect(expiryOf('280200')).toBe('2028-02-29');
    expect(expiryOf('270200')).toBe('2027-02-28');
    expect(expiryOf('760101')).toBe('2076-01-01');
    expect(expiryOf('770101')).toBe('1977-01-01');
    expect(expiryOf('991231')).toBe('1999-12-31');
  });

  it('names the unit by its canonical link', () => {
    const product = parse({ gtin: '614141000005', serial: 'a/b' });
    expect(sgtinOf(product)).toBe('https://id.gs1.org/01/00614141000005/21/a%2Fb');
  });
});
