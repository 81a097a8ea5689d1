import { isCheckDigitRight } from './check-digit.js';
import type { Gs1Element, Gs1Identifier } from './key.js';

/** GS1 General Specifications, figures 7.11-1 and 7.11-2. */
const CHARACTERS = {
  digit: /^\d*$/,
  '39': /^[#\-/0-9A-Z]*$/,
  '82': /^[!"%-?A-Z_a-z]*$/,
} as const;

/** Digits, the last of them a check digit, and then a tail; either may be absent. */
interface Shape {
  digits: number;
  tail: keyof typeof CHARACTERS;
  tailMin: number;
  tailMax: number;
}

const onlyDigits = (digits: number): Shape => ({ digits, tail: 'digit', tailMin: 0, tailMax: 0 });
const upTo = (tailMax: number, tail: Shape['tail'] = '82'): Shape => ({
  digits: 0,
  tail,
  tailMin: 1,
  tailMax,
});

/** GS1 General Specifications, section 3. */
const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['00', onlyDigits(18)],
  ['01', onlyDigits(14)],
  ['253', { digits: 13, tail: '82', tailMin: 0, tailMax: 17 }],
  ['255', { digits: 13, tail: 'digit', tailMin: 0, tailMax: 12 }],
  ['401', upTo(30)],
  ['402', onlyDigits(17)],
  ['414', onlyDigits(13)],
  ['417', onlyDigits(13)],
  ['8003', { digits: 14, tail: '82', tailMin: 0, tailMax: 16 }],
  ['8004', upTo(30)],
  ['8006', { digits: 14, tail: 'digit', tailMin: 4, tailMax: 4 }],
  ['8010', upTo(30, '39')],
  ['8017', onlyDigits(18)],
  ['8018', onlyDigits(18)],
  ['10', upTo(20)],
  ['21', upTo(20)],
  ['22', upTo(20)],
  ['235', upTo(28)],
  ['254', upTo(20)],
  ['8011', upTo(12, 'digit')],
]);

/** How many digits of a key's value, with the check digit, come before its serial number or text. */
export function digitsOf(ai: string): number {
  return SHAPES.get(ai)?.digits ?? 0;
}

/** What keeps an identifier from having a canonical form: lengths and characters, but not check digits. */
export function shapeFault({ key, qualifiers }: Gs1Identifier): string | undefined {
  if (key.value === '') return `the digits of the EPC make no (${key.ai})`;
  for (const element of [key, ...qualifiers]) {
    const fault = elementFault(element);
    if (fault) return fault;
  }
  return undefined;
}

/** What is wrong with an identifier, in words without its value. */
export function identifierFault(id: Gs1Identifier): string | undefined {
  return shapeFault(id) ?? digitFault(id.key);
}

function elementFault({ ai, value }: Gs1Element): string | undefined {
  const shape = SHAPES.get(ai);
  if (!shape) return 'the application identifier is not one of a key or its qualifiers';
  const { digits, tail, tailMin, tailMax } = shape;
  if (value.length < digits + tailMin || value.length > digits + tailMax) {
    return `(${ai}) is not of the length it has: ${lengthOf(shape)}`;
  }
  const isSound =
    CHARACTERS.digit.test(value.slice(0, digits)) && CHARACTERS[tail].test(value.slice(digits));
  return isSound ? undefined : `(${ai}) holds a character it cannot have`;
}

function lengthOf({ digits, tailMin, tailMax }: Shape): string {
  const [least, most] = [digits + tailMin, digits + tailMax];
  return least === most ? `${most}` : `${least} to ${most}`;
}

function digitFault({ ai, value }: Gs1Element): string | undefined {
  const digits = digitsOf(ai);
  if (digits > 0 && !isCheckDigitRight(value.slice(0, digits))) {
    return `the check digit of (${ai}) is wrong`;
  }
  if (ai === '8003' && !value.startsWith('0')) return '(8003) does not begin with 0';
  return ai === '8006' && !isPieceRight(value) ? '(8006) counts its pieces wrongly' : undefined;
}

/** The last four digits of an ITIP are `piece` of `total`. */
function isPieceRight(itip: string): boolean {
  const [piece, total] = [Number(itip.slice(14, 16)), Number(itip.slice(16, 18))];
  return piece >= 1 && piece <= total;
}
