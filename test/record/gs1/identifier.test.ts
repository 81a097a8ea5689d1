import { describe, expect, it } from '@jest/globals';
import {
  canonicalEpc,
  formatDigitalLink,
  formatUrn,
  identifierFault,
  parseIdentifier,
} from '../../../src/record/gs1/identifier.js';
import fc from '../../support/fast-check.js';

const faultOf = (text: string) => identifierFault(parseIdentifier(text)!);

describe('one thing in all its spellings', () => {
  it.each([
    'urn:epc:id:sgtin:0614141.107346.2017',
    'URN:EPC:id:sgtin:0614141.107346.2017',
    'https://id.gs1.org/01/10614141073464/21/2017',
    'http://id.gs1.org/01/10614141073464/21/2017/',
    'https://ID.GS1.ORG/gtin/10614141073464/ser/2017?17=261231#here',
    'https://user@shop.example:8443/some/path/01/10614141073464/21/2017',
    'https://shop.example/01/10614141073464/22/2A/10/LOT/21/2017',
    '(01)10614141073464(21)2017',
    '(17)261231(10)LOT(01)10614141073464(21)2017',
    ']d20110614141073464212017',
    ']d2\x1d011061414107346417261231212017\x1d10LOT',
    ']C1011061414107346410LOT\x1d212017\x1d',
  ])('%j', (text) => {
    expect(parseIdentifier(text)).toMatchObject({
      kind: 'SGTIN',
      key: { ai: '01', value: '10614141073464' },
    });
    expect(canonicalEpc(text)).toBe('https://id.gs1.org/01/10614141073464/21/2017');
    expect(faultOf(text)).toBeUndefined();
  });

  it('keeps the lot a serial number stands beside, for whoever verifies, but not in the link', () => {
    const id = parseIdentifier(']d20100305910369019172612311024A7\x1d21S-1')!;
    expect(id.qualifiers).toEqual([
      { ai: '10', value: '24A7' },
      { ai: '21', value: 'S-1' },
    ]);
    expect(formatDigitalLink(id)).toBe('https://id.gs1.org/01/00305910369019/21/S-1');
  });

  it('fills a short GTIN up to 14 digits', () => {
    expect(canonicalEpc('https://id.gs1.org/01/9780345418913')).toBe(
      'https://id.gs1.org/01/09780345418913',
    );
    expect(canonicalEpc('(01)95050003')).toBe('https://id.gs1.org/01/00000095050003');
  });

  it('has no company prefix unless a URN tells it', () => {
    const urn = 'urn:epc:id:sgtin:0614141.107346.2017';
    expect(parseIdentifier(urn)!.companyPrefix).toBe('0614141');
    const bare = parseIdentifier(canonicalEpc(urn))!;
    expect(bare.companyPrefix).toBeUndefined();
    expect(formatUrn(bare)).toBeUndefined();
    expect(formatUrn({ ...bare, companyPrefix: '0614141' })).toBe(urn);
    expect(formatUrn({ ...bare, companyPrefix: '061414' })).toBe(
      'urn:epc:id:sgtin:061414.1107346.2017',
    );
    expect(formatUrn({ ...bare, companyPrefix: '4012345' })).toBeUndefined();
  });
});

describe('faults', () => {
  it.each([
    ['https://id.gs1.org/01/10614141073465/21/2017', 'the check digit of (01) is wrong'],
    ['https://shop.example/00/106141412345678907', 'the check digit of (00) is wrong'],
    ['https://id.gs1.org/01/1061414/21/2017', '(01) is not of the length it has: 14'],
    ['(00)1061414123456789', '(00) is not of the length it has: 18'],
    ['https://id.gs1.org/01/1061414107346X/21/2017', '(01) holds a character it cannot have'],
    [
      `urn:epc:id:sgtin:0614141.107346.${'1'.repeat(21)}`,
      '(21) is not of the length it has: 1 to 20',
    ],
    ['urn:epc:id:sgtin:0614141.107346.a%20b', '(21) holds a character it cannot have'],
    ['urn:epc:id:sgtin:0614141.107346.%C3%A9', '(21) holds a character it cannot have'],
    ['urn:epc:id:sgtin:0614141.10734.1', 'the digits of the EPC make no (01)'],
    ['urn:epc:id:sgtin:06141.10734612.1', 'the digits of the EPC make no (01)'],
    ['urn:epc:id:sgtin:0614141.10734A.1', 'the digits of the EPC make no (01)'],
    ['urn:epc:id:grai:04012345000221.1.ABC', 'the digits of the EPC make no (8003)'],
    ['urn:epc:id:giai:ABC.1', 'the digits of the EPC make no (8004)'],
    ['urn:epc:id:itip:4012345.011111.1.002.987', 'the digits of the EPC make no (8006)'],
    ['urn:epc:id:itip:4012345.011111.03.02.987', '(8006) counts its pieces wrongly'],
    ['https://id.gs1.org/8003/14012345000228', '(8003) does not begin with 0'],
    ['urn:epc:id:cpi:4012345.abc.123', '(8010) holds a character it cannot have'],
  ])('%s: %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault);
    expect(formatUrn(parseIdentifier(text)!)).toBeUndefined();
  });

  it('of shape keep a text as it is, a wrong check digit does not', () => {
    const short = 'urn:epc:id:sgtin:0614141.10734.1';
    expect(canonicalEpc(short)).toBe(short);
    expect(canonicalEpc('https://shop.example/01/10614141073465')).toBe(
      'https://id.gs1.org/01/10614141073465',
    );
  });
});

describe('what is no identifier stays as it is', () => {
  it.each([
    '',
    'x',
    '2017',
    '10614141073464',
    'urn:epc:',
    'urn:epc:id:',
    'urn:epc:id:sgtin:',
    'urn:epc:id:sgtin:0614141.107346',
    'urn:epc:id:sgtin:0614141.107346.',
    'urn:epc:id:sgtin:0614141.107346.%ZZ',
    'urn:epc:id:giai:4012345.',
    'urn:epc:id:lgtin:0614141.107346.1',
    'urn:epc:class:sgtin:0614141.107346.1',
    'urn:epc:id:gid:95100000.12345.400',
    'urn:epc:id:usdod:CAGEY.5678',
    'urn:epc:id:adi:35962.PQ7VZ4.M37GXB92',
    'urn:epc:tag:sgtin-96:3.0614141.107346.2017',
    'urn:epc:idpat:sgtin:0614141.*.*',
    'urn:epc:idpat:sgtin:*.*.*',
    'urn:epc:idpat:sgtin:0614141.107346.2017',
    'urn:epc:idpat:sgln:0614141.00729.*',
    'urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8',
    'urn:epcglobal:cbv:bt:0614141073467:1152',
    'ftp://id.gs1.org/01/10614141073464',
    'https://id.gs1.org',
    'https://id.gs1.org/',
    'https://id.gs1.org/01',
    'https://id.gs1.org/01/',
    'https://id.gs1.org/01//21/1',
    'https://id.gs1.org/01/10614141073464/21',
    'https://id.gs1.org/01/10614141073464/21/1/more',
    'https://id.gs1.org/01/10614141073464/21/1/21/2',
    'https://id.gs1.org/01/10614141073464/254/1',
    'https://id.gs1.org/01/10614141073464/21/%E0%A4%A',
    'https://id.gs1.org/21/2017',
    'https://shop.example/01/order',
    'https://shop.example/01/123',
    'https://shop.example/api/401/unauthorised',
    'http://transaction.acme.com/po/12345678',
    '(01)',
    '(01)(21)1',
    '(21)2017',
    'text(01)10614141073464',
    '(01)10614141073464(21)1(21)2',
    ']d2',
    ']d2212017',
    ']d201106141410734',
    ']d2ABC',
    ']d20110614141073464\x1d99',
    ']A00110614141073464',
  ])('%j', (text) => {
    expect(parseIdentifier(text)).toBeUndefined();
    expect(canonicalEpc(text)).toBe(text);
  });
});

describe('any text', () => {
  const starts = fc.constantFrom(
    'urn:epc:id:sgtin:',
    'urn:epc:id:cpi:4012345.',
    'urn:epc:idpat:itip:',
    'https://id.gs1.org/',
    'https://id.gs1.org/01/',
    'https://id.gs1.org/8004/',
    'http://a/',
    '(01)',
    '(8004)',
    ']d2',
    '',
  );
  const ends = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789./%*():abc\x1d'), maxLength: 40 }),
    fc.constantFrom('\ud800', '%', '%%', '%ff', '\0'),
  );

  it('is read or left, never thrown at', () => {
    fc.assert(
      fc.property(starts, ends, (start, end) => {
        const text = start + end;
        const id = parseIdentifier(text);
        const canonical = canonicalEpc(text);
        expect(canonicalEpc(canonical)).toBe(canonical);
        if (!id) return expect(canonical).toBe(text);
        const link = formatDigitalLink(id);
        expect(link).toMatch(/^https:\/\/id\.gs1\.org\/\d{2,4}\//);
        formatUrn(id);
        const fault = identifierFault(id);
        if (end.length > 6 && fault !== undefined) expect(fault).not.toContain(end);
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  it('is refused early where it is long', () => {
    for (const part of ['/01', '(01)', '1', '.', '%', '%41', '\\(', '(', '\x1d', '*']) {
      for (const start of ['urn:epc:id:sgtin:', 'https://id.gs1.org', '(01)', ']d2']) {
        const long = start + part.repeat(1_000_000);
        expect(parseIdentifier(long)).toBeUndefined();
        expect(canonicalEpc(long)).toBe(long);
        parseIdentifier((start + part.repeat(2_048)).slice(0, 2_048));
      }
    }
  });
});
