import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/error.js';
import { parseRecallSubject, type RecallWish } from '../../src/query/recall-subject.js';

const GTIN = 'https://id.gs1.org/01/10614141073464';

function pointerOf(wish: RecallWish): unknown {
  try {
    parseRecallSubject(wish);
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError && error.code === 'BAD_USER_INPUT') return error.data.pointer;
    throw error;
  }
}

describe('what is recalled', () => {
  it('is a lot number, with or without GTIN, or a lot in any form', () => {
    expect(parseRecallSubject({ lot: 'A1' })).toEqual({ lot: 'A1' });
    const whole = { lot: 'A1', gtin: GTIN };
    expect(parseRecallSubject({ lot: 'A1', gtin: '10614141073464' })).toEqual(whole);
    expect(parseRecallSubject({ lot: 'urn:epc:class:lgtin:0614141.107346.A1' })).toEqual(whole);
    expect(parseRecallSubject({ lot: 'https://id.gs1.org/01/10614141073464/10/A1' })).toEqual(
      whole,
    );
    expect(parseRecallSubject({ lot: '(01)10614141073464(10)A1' })).toEqual(whole);
  });

  it('is a GTIN, though its check digit be wrong, for that is how it may have been captured', () => {
    expect(parseRecallSubject({ gtin: '10614141073464' })).toEqual({ gtin: GTIN });
    expect(parseRecallSubject({ gtin: '10614141073465' })).toEqual({
      gtin: GTIN.slice(0, -1) + '5',
    });
    expect(parseRecallSubject({ gtin: '0591-0369-01' })).toEqual({
      gtin: 'https://id.gs1.org/01/00305910369019',
    });
  });

  it('is an item in any form', () => {
    expect(parseRecallSubject({ item: 'urn:epc:id:sgtin:0614141.107346.7' })).toEqual({
      item: `${GTIN}/21/7`,
    });
    expect(parseRecallSubject({ item: 'urn:uuid:1' })).toEqual({ item: 'urn:uuid:1' });
  });

  it('is refused when it is nothing, too much, or something else', () => {
    expect(pointerOf({})).toBe('');
    expect(pointerOf({ item: 'x', lot: 'A' })).toBe('/item');
    expect(pointerOf({ lot: '' })).toBe('/lot');
    expect(pointerOf({ lot: 'A'.repeat(3_000) })).toBe('/lot');
    expect(pointerOf({ lot: `${GTIN}/21/7` })).toBe('/lot');
    expect(pointerOf({ gtin: 'x' })).toBe('/gtin');
    expect(pointerOf({ gtin: '96385074', lot: `${GTIN}/10/A` })).toBe('/gtin');
  });
});
