import { describe, expect, it } from '@jest/globals';
import { compareBytes } from '../../../../src/record/epcis/hash/byte-order.js';
import { formatHashTime } from '../../../../src/record/epcis/hash/hash-time.js';
import { formatNumber } from '../../../../src/record/epcis/hash/hash-value.js';
import { preHashes, tailOf } from './build.js';
import fc from '../../../support/fast-check.js';

describe('times', () => {
  it.each([
    ['2024-01-01T00:00:00+01:00', '2023-12-31T23:00:00.000Z'],
    ['2024-01-01T00:00:00.5Z', '2024-01-01T00:00:00.500Z'],
    ['2024-01-01T00:00:00.1414Z', '2024-01-01T00:00:00.141Z'],
    ['2024-01-01T00:00:00.1415Z', '2024-01-01T00:00:00.142Z'],
    ['2024-01-01T00:00:00.1425Z', '2024-01-01T00:00:00.143Z'],
    ['2024-01-01T00:00:00.14149Z', '2024-01-01T00:00:00.141Z'],
    ['2024-12-31T23:59:59.9995-00:30', '2025-01-01T00:30:00.000Z'],
    ['1969-12-31T23:59:59.9994Z', '1969-12-31T23:59:59.999Z'],
    ['2024-01-01T00:00:00.123456789012345Z', '2024-01-01T00:00:00.123Z'],
  ])('writes %s as %s', (text, expected) => {
    expect(formatHashTime(text)).toBe(expected);
  });

  it.each(['', 'soon', '2024-01-01', '2024-01-01T00:00:00', '2024-02-30T00:00:00Z', '1.2.3'])(
    'does not take %j for one, and leaves it as it is',
    (text) => {
      expect(formatHashTime(text)).toBeUndefined();
      const sensorElementList = [{ sensorMetadata: { startTime: text, deviceID: 'd' } }];
      expect(tailOf({ sensorElementList })).toBe(
        `sensorElementListsensorElementsensorMetadata${text && `startTime=${text}`}deviceID=d`,
      );
    },
  );
});

describe('numbers', () => {
  it.each([
    ['1.10', '1.1'],
    ['26.0', '26'],
    ['+0012', '12'],
    ['-0', '0'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['1.5E-7', '0.00000015'],
    ['-2e-10', '-0.0000000002'],
    ['111100001111000011110000', '111100001111000003641344'],
    ['1e21', '1000000000000000000000'],
    ['0.30000000000000004', '0.30000000000000004'],
  ])('writes %s as %s, as text and as a number', (text, expected) => {
    expect(formatNumber(Number(text))).toBe(expected);
    expect(tailOf({ 'x:y': ` ${text}\n` })).toBe(`x:y=${expected}`);
  });

  it.each(['1e999', 'NaN', 'Infinity', '0x10', '1_000', '1,5', '+01:00', '1e', '-', '.'])(
    'leaves the text %s as it is',
    (text) => {
      expect(tailOf({ 'x:y': text })).toBe(`x:y=${text}`);
    },
  );

  it('loses nothing of a double, and writes plain decimals only', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = formatNumber(number);
        expect(Number(text) === number).toBe(true);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      }),
      { seed: 7, numRuns: 1_000 },
    );
  });
});

describe('terms', () => {
  it.each([
    ['bizStep', 'BizStep-shipping', 'shipping', 'urn:epcglobal:cbv:bizstep:shipping'],
    ['disposition', 'Disp-in_transit', 'in_transit', 'urn:epcglobal:cbv:disp:in_transit'],
    // the hash is of what the event says, not of what a later version says instead
    [
      'disposition',
      'Disp-non_sellable_recalled',
      'non_sellable_recalled',
      'urn:epcglobal:cbv:disp:non_sellable_recalled',
    ],
    ['bizStep', 'BizStep-unheard_of', 'unheard_of', 'urn:epcglobal:cbv:bizstep:unheard_of'],
  ])('are one %s %s as bare word, URN, CURIE and URI', (name, local, word, urn) => {
    const uri = `https://ref.gs1.org/cbv/${local}`;
    for (const spelling of [word, urn, `cbv:${local}`, uri]) {
      expect(preHashes({ type: 'T', epcisBody: { event: { [name]: spelling } } })).toEqual([
        `${name}=${uri}`,
      ]);
    }
  });

  it('have the prefix of GS1 as the document declares it, and keep those of users', () => {
    const sensorReport = [
      { type: 'Temperature', component: 'x' },
      { type: 'gs1:MT-Temperature', component: 'my:x', exception: 'gs1:ALARM_CONDITION' },
      { type: 'my:Type', exception: 'ERROR_CONDITION' },
    ];
    const event = { sensorElementList: [{ sensorReport }] };
    const prefixes = { gs1: 'https://ref.gs1.org/voc/', my: 'https://my.example/' };
    expect(preHashes({ '@context': [prefixes], epcisBody: { event } })).toEqual([
      'sensorElementListsensorElement' +
        'sensorReporttype=https://gs1.org/voc/Temperaturecomponent=https://ref.gs1.org/cbv/Comp-x' +
        'sensorReporttype=https://ref.gs1.org/voc/MT-Temperatureexception=https://ref.gs1.org/voc/ALARM_CONDITIONcomponent=my:x' +
        'sensorReporttype=my:Typeexception=https://gs1.org/voc/ERROR_CONDITION',
    ]);
    const redefined = {
      '@context': { gs1: 'https://evil.example/' },
      epcisBody: { event: { bizStep: 'gs1:a' } },
    };
    expect(preHashes(redefined)).toEqual(['bizStep=gs1:a']);
  });
});

describe('identifiers', () => {
  it.each([
    ['urn:epc:id:sscc:4012345.0000000333', 'https://id.gs1.org/00/040123450000003338'],
    [
      'https://shop.example/p/01/09780345418913/10/L/21/7?a=b',
      'https://id.gs1.org/01/09780345418913/21/7',
    ],
    ['urn:epcglobal:cbv:btt:po', 'https://ref.gs1.org/cbv/BTT-po'],
    ['(01)09780345418913', '(01)09780345418913'],
    ['https://example.com/orders/7', 'https://example.com/orders/7'],
  ])('writes %s as %s wherever it stands', (text, expected) => {
    expect(tailOf({ 'x:y': { z: text } })).toBe(`x:yz=${expected}`);
  });
});

describe('the order of bytes', () => {
  it('is that of UTF-8, also beyond the Basic Multilingual Plane', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareBytes(a, b))).toBe(expected);
      }),
      { seed: 7, numRuns: 1_000 },
    );
    expect(compareBytes('\u{1F600}', '\uFB01')).toBeGreaterThan(0);
  });
});
