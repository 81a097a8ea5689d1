import { describe, expect, it } from '@jest/globals';
import { amountOf, Purse, sumOf } from '../../../../src/record/fhir/fact/money.js';
import fc from '../../../support/fast-check.js';

const kept = (amount: number) => ({ amount, isRounded: false });

describe('an amount of money', () => {
  it('is kept in ten-thousandths, to the digit', () => {
    expect(amountOf(75)).toEqual(kept(750_000));
    expect(amountOf(0.1)).toEqual(kept(1_000));
    expect(amountOf(1.0001)).toEqual(kept(10_001));
    expect(amountOf(-12.5)).toEqual(kept(-125_000));
    expect(Object.is(amountOf(-0)!.amount, 0)).toBe(true);
  });

  it('says when it had more digits, but not of traces of arithmetic', () => {
    expect(amountOf(1.00005)).toEqual({ amount: 10_001, isRounded: true });
    expect(amountOf(1e-7)).toEqual({ amount: 0, isRounded: true });
    expect(amountOf(60.104000000000006)).toEqual(kept(601_040));
    expect(amountOf(0.1 + 0.2)).toEqual(kept(3_000));
  });

  it('is none when it is no number or does not fit', () => {
    expect(amountOf('75')).toBeUndefined();
    expect(amountOf(undefined)).toBeUndefined();
    expect(amountOf(1e12)).toBeUndefined();
    expect(amountOf(1e300)).toBeUndefined();
    expect(amountOf(NaN)).toBeUndefined();
  });

  it('sums up exactly, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 })), (cents) => {
        const amounts = cents.map((cent) => amountOf(cent / 100)?.amount);
        const total = cents.reduce((sum, cent) => sum + cent, 0) * 100;
        expect(sumOf(amounts)).toBe(cents.length === 0 ? undefined : total);
      }),
    );
  });

  it('is left out, and noted, when it is of another currency than the rest of its record', () => {
    const purse = new Purse();
    expect(purse.take({ value: 1, currency: 'USD' })).toBe(10_000);
    expect(purse.take({ value: 1 })).toBe(10_000);
    expect(purse.isInexact).toBe(false);
    expect(purse.take({ value: 1, currency: 'EUR' })).toBeUndefined();
    expect(purse).toMatchObject({ currency: 'USD', isInexact: true });
  });
});
