import { checkDigitOf, isCheckDigitRight } from './check-digit.js';

/** A National Drug Code: ten digits in three segments, whose lengths tell codes apart (21 CFR 207.33). */
export interface Ndc {
  labeler: string;
  product: string;
  package: string;
}

const SHAPES: readonly (readonly [number, number, number])[] = [
  [4, 4, 2],
  [5, 3, 2],
  [5, 4, 1],
];

const HYPHENED = /^(\d{4,5})-(\d{3,4})-(\d{1,2})$/;

/** Reads `0591-0369-01`. Undefined where the segments are not those of ten digits: eleven have a zero too many. */
export function parseNdc(text: string): Ndc | undefined {
  const match = HYPHENED.exec(text);
  if (!match) return undefined;
  const [labeler, product, pack] = [match[1]!, match[2]!, match[3]!];
  const isKnown = SHAPES.some(
    ([l, p, k]) => l === labeler.length && p === product.length && k === pack.length,
  );
  return isKnown ? { labeler, product, package: pack } : undefined;
}

export function formatNdc({ labeler, product, package: pack }: Ndc): string {
  return `${labeler}-${product}-${pack}`;
}

/** The eleven digits of claims (HIPAA): 5, 4 and 2, each segment filled up with zeros. */
export function formatNdc11({ labeler, product, package: pack }: Ndc): string {
  return labeler.padStart(5, '0') + product.padStart(4, '0') + pack.padStart(2, '0');
}

/**
 * The GTIN-14 of a US drug: indicator, `03`, the ten digits, check digit.
 *
 * @param indicator level of packaging: 0 is the package the code names
 */
export function gtinOfNdc({ labeler, product, package: pack }: Ndc, indicator = '0'): string {
  const body = `${indicator}03${labeler}${product}${pack}`;
  return body + checkDigitOf(body);
}

/**
 * The codes a GTIN-14 may stand for, one for each way to cut ten digits. A GTIN does not keep the segments, so whoever
 * compares asks whether theirs is among these. Empty if it is no GTIN of a US drug.
 */
export function ndcsOfGtin(gtin: string): Ndc[] {
  if (!/^\d03\d{11}$/.test(gtin) || !isCheckDigitRight(gtin)) return [];
  const digits = gtin.slice(3, 13);
  return SHAPES.map(([labeler, product]) => ({
    labeler: digits.slice(0, labeler),
    product: digits.slice(labeler, labeler + product),
    package: digits.slice(labeler + product),
  }));
}
