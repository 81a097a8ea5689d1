import { endOfString } from './json-scan.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Where a value stands in its text: from `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

// Everything here takes the text of one well-formed, compact JSON value.

/** The span of a member's value of the object beginning at `start`. */
export function memberSpan(text: string, start: number, name: string): Span | undefined {
  let found: Span | undefined;
  eachMember(text, start, (member, span) => {
    if (member === name) found = span;
    return found === undefined;
  });
  return found;
}

/** Calls `visit` for each member of the object beginning at `start` until it says false; returns where it got to. */
export function eachMember(
  text: string,
  start: number,
  visit: (name: string, span: Span) => boolean,
): number {
  let i = start + 1;
  while (text.charCodeAt(i) === QUOTE) {
    const nameEnd = endOfString(text, i) + 1;
    const end = endOfValue(text, nameEnd + 1);
    if (!visit(readName(text, i, nameEnd), { start: nameEnd + 1, end })) return end;
    i = text.charCodeAt(end) === COMMA ? end + 1 : end;
  }
  return i + 1;
}

/** Calls `visit` with where each item of the array beginning at `start` begins; it returns where the item ends. */
export function eachItem(text: string, start: number, visit: (start: number) => number): void {
  let i = start + 1;
  while (i < text.length && text.charCodeAt(i) !== CLOSE_ARRAY) {
    const end = visit(i);
    i = text.charCodeAt(end) === COMMA ? end + 1 : end;
  }
}

/** Where the value beginning at `start` ends. */
export function endOfValue(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code === QUOTE) return endOfString(text, start) + 1;
  if (code === OPEN_OBJECT || code === OPEN_ARRAY) return endOfContainer(text, start);
  let end = start + 1;
  while (end < text.length && !isSeparator(text.charCodeAt(end))) end++;
  return end;
}

function endOfContainer(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i);
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth++;
    else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && --depth === 0) return i + 1;
  }
  return text.length;
}

function isSeparator(code: number): boolean {
  return code === COMMA || code === CLOSE_OBJECT || code === CLOSE_ARRAY;
}

function readName(text: string, start: number, end: number): string {
  const name = text.slice(start + 1, end - 1);
  return name.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : name;
}
