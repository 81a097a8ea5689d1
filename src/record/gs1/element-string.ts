import { findKey, qualifies, toIdentifier, type Gs1Element, type Gs1Identifier } from './key.js';

const FNC1 = '\x1d';

/** AIM symbology identifiers of GS1 DataMatrix, GS1-128, DataBar, GS1 QR and GS1 DotCode. */
const SYMBOLOGY = /^\](?:d2|C1|e0|Q3|J1)/;

/** Digits of an application identifier by its first two (GS1 General Specifications, section 3.2). */
const AI_DIGITS: ReadonlyMap<string, number> = new Map([
  ...pairs(2, '00 01 02 03 04 10 11 12 13 14 15 16 17 18 19 20 21 22 30 37'),
  ...pairs(2, '90 91 92 93 94 95 96 97 98 99'),
  ...pairs(3, '23 24 25 40 41 42 71'),
  ...pairs(4, '31 32 33 34 35 36 39 43 70 72 80 81 82'),
]);

/** Characters of identifier and value where no FNC1 need follow (GS1 General Specifications, figure 7.8.5-2). */
const FIXED_LENGTH: ReadonlyMap<string, number> = new Map([
  ...pairs(20, '00'),
  ...pairs(16, '01 02 03 41'),
  ...pairs(18, '04'),
  ...pairs(8, '11 12 13 14 15 16 17 18 19'),
  ...pairs(4, '20'),
  ...pairs(10, '31 32 33 34 35 36'),
]);

/** Reads `(01)...(21)...`, where `\(` is a bracket of a value, or what a scanner sends: `]d2` and elements with FNC1. */
export function parseElementString(text: string): Gs1Identifier | undefined {
  const elements = parseElements(text);
  const key = elements && findKey(elements);
  if (!key) return undefined;
  return toIdentifier(
    key,
    elements.filter(({ ai }) => qualifies(ai, key.ai)),
  );
}

/** All that such a text says, expiry and weight too; undefined when it cannot be read or contradicts itself. */
export function parseElements(text: string): Gs1Element[] | undefined {
  const elements = text.startsWith('(') ? splitBrackets(text) : splitScan(text);
  return elements?.some(isContradicted) ? undefined : elements;
}

/** The key with its qualifiers as people read it below a barcode. */
export function formatElementString({ key, qualifiers }: Gs1Identifier): string {
  return [key, ...qualifiers].map(({ ai, value }) => `(${ai})${escape(value)}`).join('');
}

function escape(value: string): string {
  return value.replace(/\((?=\d{2,4}\))/g, '\\(');
}

function splitBrackets(text: string): Gs1Element[] {
  const elements: Gs1Element[] = [];
  const opening = /\((\d{2,4})\)/y;
  for (let i = 0; i < text.length; i++) {
    opening.lastIndex = i;
    const found = text[i] === '(' ? opening.exec(text) : null;
    if (found) {
      elements.push({ ai: found[1]!, value: '' });
      i = opening.lastIndex - 1;
    } else {
      if (text.startsWith('\\(', i)) i++;
      const last = elements.at(-1);
      if (!last) return [];
      last.value += text[i];
    }
  }
  return elements.every(({ value }) => value !== '') ? elements : [];
}

function splitScan(text: string): Gs1Element[] | undefined {
  if (!SYMBOLOGY.test(text)) return undefined;
  const elements: Gs1Element[] = [];
  let at = 3;
  while (at < text.length) {
    if (text[at] === FNC1) {
      at++;
      continue;
    }
    const element = elementAt(text, at);
    if (!element) return undefined;
    elements.push(element);
    at += element.ai.length + element.value.length;
  }
  return elements;
}

function elementAt(text: string, at: number): Gs1Element | undefined {
  const start = text.slice(at, at + 2);
  const ai = text.slice(at, at + (AI_DIGITS.get(start) ?? 0));
  if (!/^\d{2,4}$/.test(ai)) return undefined;
  const separator = text.indexOf(FNC1, at);
  const limit = separator === -1 ? text.length : separator;
  const end = FIXED_LENGTH.has(start) ? at + FIXED_LENGTH.get(start)! : limit;
  return end > limit || end <= at + ai.length
    ? undefined
    : { ai, value: text.slice(at + ai.length, end) };
}

/** The same application identifier twice, with different values. */
function isContradicted(element: Gs1Element, i: number, all: readonly Gs1Element[]): boolean {
  return all.some(({ ai, value }, j) => j < i && ai === element.ai && value !== element.value);
}

function pairs(count: number, starts: string): [string, number][] {
  return starts.split(' ').map((start) => [start, count]);
}
