import { describe, expect, it } from '@jest/globals';
import { parseValue } from 'graphql';
import { CidScalar } from '../../../src/api/graphql/scalar/cid.scalar.js';
import { DateTimeScalar } from '../../../src/api/graphql/scalar/date-time.scalar.js';
import { SeqScalar } from '../../../src/api/graphql/scalar/seq.scalar.js';
import { cidOf } from '../../../src/crypto/cid.js';

const cid = cidOf(new Uint8Array([1]));

describe('scalars', () => {
  it.each([
    ['2026-01-31T08:30:00Z', '2026-01-31T08:30:00.000Z'],
    ['2026-01-31T08:30:00.1234Z', '2026-01-31T08:30:00.123Z'],
    ['2026-01-31t09:30:00+01:00', '2026-01-31T08:30:00.000Z'],
    ['2024-02-29T00:00:00-00:00', '2024-02-29T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
  ])('DateTime reads %s', (text, utc) => {
    expect(DateTimeScalar.serialize(DateTimeScalar.parseValue(text))).toBe(utc);
    expect(DateTimeScalar.parseLiteral(parseValue(`"${text}"`), {})).toBe(Date.parse(utc));
  });

  it.each([
    '2026-01-31',
    '2026-01-31T08:30:00',
    '2026-02-30T08:30:00Z',
    '2026-13-01T08:30:00Z',
    '2026-01-31T24:00:00Z',
    '2026-1-31T08:30:00Z',
    ' 2026-01-31T08:30:00Z',
    1_700_000_000_000,
    null,
    {},
  ])('DateTime refuses %j', (value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow(/not a time/);
  });

  it.each([0, 1, Number.MAX_SAFE_INTEGER])('Seq reads %d', (seq) => {
    expect(SeqScalar.parseValue(seq)).toBe(seq);
    expect(SeqScalar.parseLiteral(parseValue(String(seq)), {})).toBe(seq);
  });

  it.each([-1, 1.5, 2 ** 53, NaN, Infinity, '1', null, [1]])('Seq refuses %j', (value) => {
    expect(() => SeqScalar.parseValue(value)).toThrow(/not a position/);
  });

  it('Seq refuses literals of other kinds', () => {
    for (const literal of ['"1"', '1.0', '1e3', '99999999999999999999', 'null']) {
      expect(() => SeqScalar.parseLiteral(parseValue(literal), {})).toThrow(/not a position/);
    }
  });

  it('CID reads the one kind of CID there is here', () => {
    expect(CidScalar.parseValue(cid)).toBe(cid);
    expect(CidScalar.parseLiteral(parseValue(`"${cid}"`), {})).toBe(cid);
    expect(CidScalar.serialize(cid)).toBe(cid);
  });

  it.each([
    '',
    cid.toUpperCase(),
    ` ${cid}`,
    'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
    'bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
    7,
    null,
  ])('CID refuses %j', (value) => {
    expect(() => CidScalar.parseValue(value)).toThrow(/not a CID/);
  });
});
