import { describe, expect, it } from '@jest/globals';
import { COUNTED } from '../../../src/record/unit/count.js';
import { ELECTRICITY } from '../../../src/record/unit/electricity.js';
import { MATTER } from '../../../src/record/unit/matter.js';
import { MECHANICS } from '../../../src/record/unit/mechanics.js';
import { RADIATION } from '../../../src/record/unit/radiation.js';
import { SPACE } from '../../../src/record/unit/space.js';
import { TIME } from '../../../src/record/unit/time.js';
import { baseUnitOf, convert, toBase, unitCodes } from '../../../src/record/unit/unit.js';
import fc from '../../support/fast-check.js';

describe('toBase', () => {
  it.each([
    [2, 'CEL', 275.15, 'KEL'],
    [-40, 'CEL', 233.15, 'KEL'],
    [-40, 'FAH', 233.15, 'KEL'],
    [35.6, 'FAH', 275.15, 'KEL'],
    [-459.67, 'FAH', 0, 'KEL'],
    [491.67, 'A48', 273.15, 'KEL'],
    [277.15, 'KEL', 277.15, 'KEL'],
    [45, 'P1', 0.45, 'C62'],
    [12.1, 'A93', 0.0121, 'KMQ'],
    [1, 'LBR', 0.45359237, 'KGM'],
    [16, 'ONZ', 0.45359237, 'KGM'],
    [500, 'MGM', 0.0005, 'KGM'],
    [250, 'GRM', 0.25, 'KGM'],
    [1, 'CMT', 0.01, 'MTR'],
    [3, 'MMT', 0.003, 'MTR'],
    [12, 'INH', 0.3048, 'MTR'],
    [1, 'SMI', 1609.344, 'MTR'],
    [1.5, 'LTR', 0.0015, 'MTQ'],
    [5, 'MLT', 0.000005, 'MTQ'],
    [1, 'GLL', 0.003785411784, 'MTQ'],
    [1013.25, 'A97', 101325, 'PAL'],
    [1.01325, 'BAR', 101325, 'PAL'],
    [101.325, 'KPA', 101325, 'PAL'],
    [1, 'PS', 6894.757293168, 'PAL'],
    [160, 'KMH', 44.44444444444, 'MTS'],
    [1, 'MSK', 1, 'MSK'],
    [90, 'MIN', 5400, 'SEC'],
    [1, 'DAY', 86400, 'SEC'],
    [180, 'DD', 3.14159265359, 'C81'],
    [800, 'LUX', 800, 'LUX'],
    [1, 'KWH', 3600000, 'JOU'],
    [1, 'C35', 1000, 'C36'],
    [3.6, 'P71', 0.000001, 'P65'],
    [230, 'VLT', 230, 'VLT'],
    [20, '4K', 0.02, 'AMP'],
    [1, 'CUR', 3.7e10, 'BQL'],
    [2, 'AD', 16, 'A99'],
  ])('of %d %s is %d %s', (value, code, base, unit) => {
    expect(toBase(value, code)).toEqual({ value: base, unit });
  });

  it('keeps the size of a difference of temperatures', () => {
    expect(toBase(2, 'CEL', 'difference')).toEqual({ value: 2, unit: 'KEL' });
    expect(toBase(9, 'FAH', 'difference')).toEqual({ value: 5, unit: 'KEL' });
    expect(toBase(9, 'CMT', 'difference')).toEqual(toBase(9, 'CMT'));
  });

  it('gives nothing for what it does not know, and for what no number holds', () => {
    for (const code of ['XYZ', 'cel', '', '__proto__', 'constructor']) {
      expect(toBase(1, code)).toBeUndefined();
      expect(baseUnitOf(code)).toBeUndefined();
    }
    expect(toBase(1e308, 'KMT')).toBeUndefined();
    expect(toBase(NaN, 'MTR')).toBeUndefined();
  });
});

describe('convert', () => {
  it.each([
    [8, 'CEL', 'FAH', 46.4],
    [98.6, 'FAH', 'CEL', 37],
    [1, 'NMI', 'KMT', 1.852],
    [2.54, 'CMT', 'INH', 1],
    [100, 'KMH', 'HM', 62.1371192237],
  ])('makes %d %s in %s of it', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBeCloseTo(expected, 9);
  });

  it('does not make one dimension of another', () => {
    expect(convert(1, 'KGM', 'MTR')).toBeUndefined();
    expect(convert(1, 'JOU', 'NU')).toBeUndefined();
  });

  it('gives back what it was given, through any unit of the dimension', () => {
    const code = fc.constantFrom(...unitCodes());
    const value = fc.double({ min: 1e-100, max: 1e100, noNaN: true });
    fc.assert(
      fc.property(value, code, fc.nat(), (amount, from, pick) => {
        const base = baseUnitOf(from)!;
        const others = unitCodes().filter((other) => baseUnitOf(other) === base);
        const to = others[pick % others.length]!;
        const there = convert(amount, from, to, 'difference')!;
        const back = convert(there, to, from, 'difference')!;
        expect(Math.abs(back - amount)).toBeLessThanOrEqual(Math.abs(amount) * 1e-11);
      }),
      { numRuns: 1_000, seed: 41 },
    );
  });

  it('has temperatures back with their zero points', () => {
    const code = fc.constantFrom('KEL', 'CEL', 'FAH', 'A48');
    const value = fc.integer({ min: -2_000, max: 100_000 }).map((tenths) => tenths / 10);
    fc.assert(
      fc.property(value, code, code, (amount, from, to) => {
        const there = convert(amount, from, to)!;
        expect(convert(there, to, from)).toBeCloseTo(amount, 8);
      }),
      { numRuns: 300, seed: 42 },
    );
  });
});

describe('the tables of units', () => {
  const dimensions = [...[COUNTED, ELECTRICITY, MATTER, MECHANICS, RADIATION, SPACE, TIME]].flat();

  it('have each code once, as Recommendation 20 writes codes', () => {
    const codes = dimensions.flatMap(({ base, factors }) => [base, ...Object.keys(factors)]);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    expect(codes.filter((code) => !/^[A-Z\d]{2,3}$/.test(code))).toEqual([]);
  });

  it('have factors that are numbers above zero', () => {
    const factors = dimensions.flatMap((dimension) => Object.values(dimension.factors));
    expect(factors.filter((factor) => !(factor > 0 && Number.isFinite(factor)))).toEqual([]);
  });

  it('know every unit of the shared data', () => {
    const seen = ['CEL', 'KGM', 'A93', 'LUX', 'KMH', 'C35', 'MTS', 'MTR', 'DD', 'P71'];
    expect(seen.filter((code) => baseUnitOf(code) === undefined)).toEqual([]);
  });
});
