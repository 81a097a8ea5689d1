import { AppError } from '../error.js';
import { describePosition, findDuplicate, findMalformation, findString } from './json-fault.js';
import { formatPointer, parsePointer, showPointer, type Path } from './json-pointer.js';
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
    /** Members that stood twice in their object; the first of each is in neither text nor value. */
    readonly repeated: readonly Path[] = [],
  ) {}

  /** The compact text of the value an RFC 6901 pointer names; undefined when there is none. */
  compact(pointer = ''): string | undefined {
    const span = this.span(pointer);
    return span && this.text.slice(span.start, span.end);
  }

  /**
   * The compact text of each item of the array a pointer names, or of one member of each item
   * (undefined where an item has no such member), in one pass.
   */
  compactEach(pointer: string, member?: string): (string | undefined)[] {
    const list = this.span(pointer);
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

  /** Where in the text the value stands that an RFC 6901 pointer names. */
  span(pointer: string): Span | undefined {
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

export interface ReadOptions {
  depthMax?: number;
  /** Whether the member at this place may stand twice in its object, so that the last counts; none when left out. */
  mayRepeat?: (path: Path) => boolean;
}

/**
 * Reads JSON (RFC 8259) that nobody vouches for. A leading UTF-8 byte order mark is let pass.
 *
 * @throws AppError EMPTY_INPUT, MALFORMED_JSON (also for text that is not UTF-8 or has lone surrogates),
 *   TOO_DEEP, DUPLICATE_MEMBER. Messages tell positions, never content.
 */
export function readJson(
  input: string | Uint8Array,
  { depthMax = DEPTH_MAX, mayRepeat }: ReadOptions = {},
): JsonText {
  const source = withoutMark(typeof input === 'string' ? input : decodeUtf8(input));
  const { text, memberCount } = scanJson(source, depthMax);
  if (text === '') throw new AppError('EMPTY_INPUT', 'the input is empty');
  const value = parse(text, source);
  if (countMembers(value) === memberCount) {
    checkSurrogates(text, value);
    return new JsonText(text, value);
  }
  const { rest, repeated } = (mayRepeat && dropRepeated(text, mayRepeat)) ?? {};
  if (rest === undefined) throw duplicateMember(source);
  const { value: kept } = readJson(rest, { depthMax });
  return new JsonText(rest, kept, repeated);
}

/** Each costs a pass over the text. */
const REPEATED_MAX = 100;

/** The text without the first of two members of one name; undefined when one of them may not stand twice. */
function dropRepeated(
  text: string,
  mayRepeat: (path: Path) => boolean,
): { rest: string; repeated: Path[] } | undefined {
  const repeated: Path[] = [];
  for (let rest = text; repeated.length < REPEATED_MAX;) {
    const path = findDuplicate(rest)?.path;
    if (!path) return { rest, repeated };
    if (!mayRepeat(path)) return undefined;
    repeated.push(path);
    rest = withoutFirst(rest, path);
  }
  return undefined;
}

function withoutFirst(text: string, path: Path): string {
  const object = new JsonText(text, undefined).span(formatPointer(path.slice(0, -1)));
  const name = String(path.at(-1));
  let from = object!.start + 1;
  let cut = text;
  eachMember(text, object!.start, (member, { end }) => {
    // what stands twice is not the last member: a comma follows
    if (member === name) cut = text.slice(0, from) + text.slice(end + 1);
    else from = end + 1;
    return member !== name;
  });
  return cut;
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
