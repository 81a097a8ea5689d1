import { AppError } from '../error.js';
import { describePosition, findDuplicate, findMalformation, findString } from './json-fault.js';
import { parsePointer, showPointer } from './json-pointer.js';
import { scanJson } from './json-scan.js';
import { eachItem, eachMember, endOfValue, memberSpan, type Span } from './json-span.js';

const DEPTH_MAX = 64;
const LONE_SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/**
 * JSON that was checked, with the text it came from: numbers are read as doubles in `value` and keep
 * their spelling in `text` (FHIR decimals carry precision: 1.10 is not 1.1).
 */
export class JsonText {
  constructor(
    /** The compact text: no insignificant whitespace, every token as it was spelt. */
    readonly text: string,
    readonly value: unknown,
  ) {}

  /** The compact text of the value an RFC 6901 pointer names; undefined when there is none. */
  compact(pointer = ''): string | undefined {
    const span = this.spanAt(pointer);
    return span && this.text.slice(span.start, span.end);
  }

  /**
   * The compact text of each item of the array a pointer names, or of one member of each item
   * (undefined where an item has no such member), in one pass.
   */
  compactEach(pointer: string, member?: string): (string | undefined)[] {
    const list = this.spanAt(pointer);
    const texts: (string | undefined)[] = [];
    if (!list || this.text[list.start] !== '[') return texts;
    eachItem(this.text, list.start, (start) => {
      const [text, end] = this.itemText(start, member);
      texts.push(text);
      return end;
    });
    return texts;
  }

  private itemText(start: number, member?: string): [string | undefined, number] {
    if (member === undefined || this.text[start] !== '{') {
      const end = endOfValue(this.text, start);
      return [member === undefined ? this.text.slice(start, end) : undefined, end];
    }
    let text: string | undefined;
    const end = eachMember(this.text, start, (name, span) => {
      if (name === member) text = this.text.slice(span.start, span.end);
      return true;
    });
    return [text, end];
  }

  private spanAt(pointer: string): Span | undefined {
    let span: Span | undefined = { start: 0, end: this.text.length };
    for (const step of parsePointer(pointer)) {
      span = span && this.childSpan(span.start, step);
    }
    return span;
  }

  private childSpan(start: number, step: string): Span | undefined {
    if (this.text[start] === '{') return memberSpan(this.text, start, step);
    if (this.text[start] !== '[') return undefined;
    const spans: Span[] = [];
    eachItem(this.text, start, (itemStart) => {
      const end = endOfValue(this.text, itemStart);
      spans.push({ start: itemStart, end });
      return end;
    });
    return spans[Number(step)];
  }
}

/**
 * Reads JSON (RFC 8259) that nobody vouches for. A leading UTF-8 byte order mark is let pass.
 *
 * @throws AppError EMPTY_INPUT, MALFORMED_JSON (also for text that is not UTF-8 or has lone surrogates),
 *   TOO_DEEP, DUPLICATE_MEMBER. Messages tell positions, never content.
 */
export function readJson(input: string | Uint8Array, { depthMax = DEPTH_MAX } = {}): JsonText {
  const source = withoutMark(typeof input === 'string' ? input : decodeUtf8(input));
  const { text, memberCount } = scanJson(source, depthMax);
  if (text === '') throw new AppError('EMPTY_INPUT', 'the input is empty');
  const value = parse(text, source);
  if (countMembers(value) !== memberCount) throw duplicateMember(source);
  checkSurrogates(text, value);
  return new JsonText(text, value);
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** @throws AppError MALFORMED_JSON; bytes that are not UTF-8 are refused, never mended */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new AppError('MALFORMED_JSON', 'the input is not valid UTF-8');
  }
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8's own message quotes the text around the fault, so it must not be passed on.
    throw malformed(source, findMalformation(source)?.offset);
  }
}

function malformed(source: string, offset: number | undefined): AppError {
  const place = offset === undefined ? '' : ` at ${describePosition(source, offset)}`;
  return new AppError('MALFORMED_JSON', `not well-formed JSON${place}`);
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countMembers(item);
    return count;
  }
  const object = value as Record<string, unknown>;
  for (const name in object) {
    const member = object[name];
    count += typeof member === 'object' ? 1 + countMembers(member) : 1;
  }
  return count;
}

function duplicateMember(source: string): AppError {
  const fault = findDuplicate(source);
  const place = fault ? ` at ${describePosition(source, fault.offset)}` : '';
  const pointer = showPointer(fault?.path ?? []);
  return new AppError('DUPLICATE_MEMBER', `an object has a member twice${place}`, { pointer });
}

function checkSurrogates(text: string, value: unknown): void {
  if (!text.isWellFormed()) {
    throw new AppError('MALFORMED_JSON', 'the input holds a lone surrogate');
  }
  if (!text.includes('\\u') || !LONE_SURROGATE_ESCAPE.test(text)) return;
  const path = findString(value, (string) => !string.isWellFormed());
  if (path === undefined) return;
  const pointer = showPointer(path);
  throw new AppError('MALFORMED_JSON', 'a string holds a lone surrogate', { pointer });
}
