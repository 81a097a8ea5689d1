import { describe, expect, it } from '@jest/globals';
import { formatElementString } from '../../../src/record/gs1/element-string.js';
import {
  canonicalEpc,
  formatDigitalLink,
  formatUrn,
  identifierFault,
  parseIdentifier,
} from '../../../src/record/gs1/identifier.js';
import fc from '../../support/fast-check.js';

const runs = { seed: 11, numRuns: 200 };

const digits = (min: number, max = min) => fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`));

/** The 82 characters of serial numbers and lots, as an EPC URN writes them. */
const text82 = (max: number) =>
  fc.stringMatching(new RegExp(`^[!"%-?A-Z_a-z]{1,${max}}$`)).map(escapeUrn);
const text39 = (max: number) =>
  fc.stringMatching(new RegExp(`^[#\\-/0-9A-Z]{1,${max}}$`)).map(escapeUrn);

function escapeUrn(text: string): string {
  return text.replace(/["#%&/<>?]/g, encodeURIComponent);
}

/** Company prefix and reference, of so many digits together. */
const numbers = (count: number) =>
  fc
    .tuple(fc.integer({ min: 6, max: 12 }), digits(count))
    .map(([at, all]) => `${all.slice(0, at)}.${all.slice(at)}`);

const withLast = (start: string, count: number, last: fc.Arbitrary<string>) =>
  fc.tuple(numbers(count), last).map(([body, end]) => `urn:epc:${start}:${body}.${end}`);

const bare = (start: string, count: number) =>
  numbers(count).map((body) => `urn:epc:${start}:${body}`);

const textual = (start: string, last: (max: number) => fc.Arbitrary<string>) =>
  fc.tuple(digits(6, 12), last(18)).map(([prefix, end]) => `urn:epc:${start}:${prefix}.${end}`);

const pieces = fc.constantFrom('01.01', '01.02', '02.02', '10.99');

const URNS: Record<string, fc.Arbitrary<string>> = {
  SGTIN: withLast('id:sgtin', 13, text82(20)),
  GTIN: withLast('idpat:sgtin', 13, fc.constant('*')),
  UPUI: withLast('id:upui', 13, text82(28)),
  LGTIN: withLast('class:lgtin', 13, text82(20)),
  SSCC: bare('id:sscc', 17),
  GLN: withLast('id:sgln', 12, fc.constant('0')),
  SGLN: withLast(
    'id:sgln',
    12,
    text82(20).filter((extension) => extension !== '0'),
  ),
  PGLN: bare('id:pgln', 12),
  GRAI: withLast('id:grai', 12, text82(16)),
  'GRAI class': withLast('idpat:grai', 12, fc.constant('*')),
  GIAI: textual('id:giai', text82),
  GSRN: bare('id:gsrn', 17),
  GSRNP: bare('id:gsrnp', 17),
  GDTI: withLast('id:gdti', 12, text82(17)),
  'GDTI class': withLast('idpat:gdti', 12, fc.constant('*')),
  GCN: withLast('id:sgcn', 12, digits(1, 12)),
  'GCN class': withLast('idpat:sgcn', 12, fc.constant('*')),
  CPI: fc.tuple(textual('id:cpi', text39), digits(1, 12)).map((parts) => parts.join('.')),
  'CPI class': textual('idpat:cpi', text39).map((urn) => `${urn}.*`),
  ITIP: fc.tuple(bare('id:itip', 13), pieces, text82(20)).map((parts) => parts.join('.')),
  'ITIP class': fc.tuple(bare('idpat:itip', 13), pieces).map((parts) => `${parts.join('.')}.*`),
  GINC: textual('id:ginc', text82),
  GSIN: bare('id:gsin', 16),
};

describe.each(Object.entries(URNS))('the URN of a %s', (name, urns) => {
  const kind = name.split(' ')[0];

  it('is read without fault and written the same', () => {
    fc.assert(
      fc.property(urns, (urn) => {
        const id = parseIdentifier(urn)!;
        expect(id.kind).toBe(kind);
        expect(identifierFault(id)).toBeUndefined();
        expect(formatUrn(id)).toBe(urn);
      }),
      runs,
    );
  });

  it('and its Digital Link name the same', () => {
    fc.assert(
      fc.property(urns, (urn) => {
        const { companyPrefix, ...id } = parseIdentifier(urn)!;
        const link = formatDigitalLink(id);
        expect(link).toMatch(/^https:\/\/id\.gs1\.org(?:\/(?:[\w.';=-]|%[0-9A-F]{2})+)+$/);
        expect(parseIdentifier(link)).toEqual(id);
        expect(parseIdentifier(link.replace('id.gs1.org', 'shop.example/a/b'))).toEqual(id);
        expect(canonicalEpc(urn)).toBe(link);
        expect(formatUrn({ ...id, companyPrefix })).toBe(urn);
      }),
      runs,
    );
  });

  it('and its element string name the same', () => {
    fc.assert(
      fc.property(urns, (urn) => {
        const { companyPrefix: _, ...id } = parseIdentifier(urn)!;
        expect(parseIdentifier(formatElementString(id))).toEqual(id);
      }),
      runs,
    );
  });

  it('and what a scanner sends name the same', () => {
    fc.assert(
      fc.property(urns, (urn) => {
        const { companyPrefix: _, ...id } = parseIdentifier(urn)!;
        const elements = [id.key, ...id.qualifiers, { ai: '17', value: '261231' }];
        const sent = elements.map(({ ai, value }) => {
          const isFixed = ['00', '01', '414', '417', '17'].includes(ai);
          return `${ai}${value}${isFixed ? '' : '\x1d'}`;
        });
        expect(parseIdentifier(`]d2${sent.join('')}`)).toEqual(id);
      }),
      runs,
    );
  });
});
