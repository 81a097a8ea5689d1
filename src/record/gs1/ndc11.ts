import { formatNdc11, ndcsOfGtin, parseNdc } from './ndc.js';

/** Lengths of the segments of ten digits; eleven have a zero before the one that is short. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [4, 4, 2],
  [5, 3, 2],
  [5, 4, 1],
];

/**
 * A National Drug Code as the eleven digits of claims, from any way of writing it: with hyphens (`0591-0369-01`,
 * `00591-0369-01`), as eleven digits, or as ten, which may be three codes. Empty for anything else.
 */
export function ndc11sOf(text: string): string[] {
  if (/^\d{11}$/.test(text)) return [text];
  if (/^\d{5}-\d{4}-\d{2}$/.test(text)) return [text.replaceAll('-', '')];
  if (/^\d{10}$/.test(text)) return SHAPES.map((shape) => hyphened(text, shape)).flatMap(ndc11sOf);
  const ndc = parseNdc(text);
  return ndc ? [formatNdc11(ndc)] : [];
}

/** The codes a GTIN-14 may stand for. Empty if it is no GTIN of a US drug. */
export function ndc11sOfGtin(gtin: string): string[] {
  return ndcsOfGtin(gtin).map(formatNdc11);
}

/** The codes of ten digits that eleven may stand for: one for each segment that begins with a zero too many. */
export function ndcsOfNdc11(ndc11: string): string[] {
  const segments = [ndc11.slice(0, 5), ndc11.slice(5, 9), ndc11.slice(9)];
  return segments.flatMap((segment, i) => {
    if (!segment.startsWith('0')) return [];
    return [segments.map((each, j) => (i === j ? each.slice(1) : each)).join('-')];
  });
}

function hyphened(digits: string, [labeler, product]: readonly [number, number, number]): string {
  const end = labeler + product;
  return [digits.slice(0, labeler), digits.slice(labeler, end), digits.slice(end)].join('-');
}
