import { describe, expect, it } from '@jest/globals';
import { parseFhirDate, parseInstant } from '../../src/record/instant.js';
import fc from '../support/fast-check.js';

describe('parseInstant', () => {
  it.each([
    ['2005-04-03T20:33:31.116000-06:00', Date.UTC(2005, 3, 4, 2, 33, 31, 116)],
    ['2026-04-06T15:10:21.178850077Z', Date.UTC(2026, 3, 6, 15, 10, 21, 178)],
    ['2020-02-29T00:00:00Z', Date.UTC(2020, 1, 29)],
    ['1970-01-01T00:00:00.5+00:00', 500],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['0099-01-01T00:00:00Z', new Date('0099-01-01T00:00:00Z').getTime()],
  ])('reads %s', (text, ms) => {
    expect(parseInstant(text)).toBe(ms);
  });

  it.each([
    '22-07-2026',
    '2026-07-22',
    '2026-07-22T06:45:00',
    '2026-07-22T06:45Z',
    '2026-07-22 06:45:00Z',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:61Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00+0100',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
    '12026-01-01T00:00:00Z',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('reads what Date writes', () => {
    const range = { min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), (date) => parseInstant(date.toISOString()) === date.getTime()),
    );
  });
});

describe('parseFhirDate', () => {
  it.each([
    ['2019', '2019-01-01', '2019-12-31'],
    ['2019-02', '2019-02-01', '2019-02-28'],
    ['2019-12', '2019-12-01', '2019-12-31'],
    ['2020-02-29', '2020-02-29', '2020-02-29'],
  ])('takes %s from its first millisecond to its last', (text, first, last) => {
    const from = Date.parse(`${first}T00:00:00Z`);
    const to = Date.parse(`${last}T23:59:59.999Z`);
    expect(parseFhirDate(text)).toEqual({ from, to });
  });

  it('takes a full date-time as one moment', () => {
    expect(parseFhirDate('1970-01-01T01:00:00+01:00')).toEqual({ from: 0, to: 0 });
  });

  it.each(['', '19', '2019-2', '2019-02-30', '2019-13', 'yesterday', '2019-02-01T10'])(
    'refuses %j',
    (text) => {
      expect(parseFhirDate(text)).toBeUndefined();
    },
  );
});
