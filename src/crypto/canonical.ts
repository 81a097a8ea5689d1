import { AppError } from '../error.js';
import { utf8 } from './bytes.js';

/** What may be signed or hashed: no floats, no null (FORMATS section 0). */
export type Canonical = string | number | boolean | Canonical[] | { [name: string]: Canonical };

export interface Bounds {
  sizeMaxBytes?: number;
  depthMax?: number;
}

const SIZE_MAX_BYTES = 65_535;
const DEPTH_MAX = 32;

/**
 * RFC 8785 text of the value. Its type is checked here, since most of what is signed was typed as an interface.
 * @throws AppError NON_CANONICAL for null, undefined, fractions, integers beyond 2^53 - 1 and lone
 * surrogates; TOO_DEEP beyond `depthMax` levels
 */
export function encodeCanonical(value: unknown, depthMax = DEPTH_MAX): string {
  switch (typeof value) {
    case 'string':
      return encodeString(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isSafeInteger(value)) throw refuse('a number that is not a safe integer');
      return String(value);
    case 'object':
      if (value === null) break;
      if (depthMax <= 0) throw new AppError('TOO_DEEP', 'nested too deeply');
      if (Array.isArray(value)) return encodeArray(value, depthMax);
      if (Object.prototype.toString.call(value) === '[object Object]') {
        return encodeObject(value as Record<string, unknown>, depthMax);
      }
  }
  throw refuse('null, undefined or an object that is not plain');
}

/**
 * Reads canonical text: bounds first, then parse, then encode again and compare. One rule refuses duplicate
 * members, spacing, reordering and other spellings of numbers and strings.
 * @throws AppError TOO_LARGE, TOO_DEEP, MALFORMED_JSON, NON_CANONICAL
 */
export function decodeCanonical(text: string, bounds: Bounds = {}): Canonical {
  const { sizeMaxBytes = SIZE_MAX_BYTES, depthMax = DEPTH_MAX } = bounds;
  if (
    text.length > sizeMaxBytes ||
    (text.length * 3 > sizeMaxBytes && utf8(text).length > sizeMaxBytes)
  ) {
    throw new AppError('TOO_LARGE', `canonical JSON is limited to ${sizeMaxBytes} bytes`, {
      limit: sizeMaxBytes,
    });
  }
  if (depthExceeds(text, depthMax)) {
    throw new AppError('TOO_DEEP', `nested deeper than ${depthMax} levels`, { limit: depthMax });
  }
  const value = parse(text);
  if (encodeCanonical(value, depthMax) !== text) throw refuse('this spelling');
  return value;
}

function encodeString(text: string): string {
  if (!text.isWellFormed()) throw refuse('a lone surrogate');
  return JSON.stringify(text);
}

function encodeArray(items: unknown[], depthMax: number): string {
  let text = '[';
  for (let i = 0; i < items.length; i++) {
    if (i > 0) text += ',';
    text += encodeCanonical(items[i], depthMax - 1);
  }
  return text + ']';
}

function encodeObject(object: Record<string, unknown>, depthMax: number): string {
  // the default order of sort() is by UTF-16 code unit, which is the one RFC 8785 asks for
  const names = Object.keys(object).sort();
  let text = '{';
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (i > 0) text += ',';
    text += encodeString(name) + ':' + encodeCanonical(object[name], depthMax - 1);
  }
  return text + '}';
}

/** A scan without recursion, so that no nesting can exhaust the stack. */
function depthExceeds(text: string, depthMax: number): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) {
      i = endOfString(text, i);
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > depthMax) return true;
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return false;
}

/** Index of the quote that closes the string opened at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
  return slashes % 2 === 1;
}

function parse(text: string): Canonical {
  try {
    return JSON.parse(text) as Canonical;
  } catch {
    // the parser's own message quotes the input, so it is not kept
    throw new AppError('MALFORMED_JSON', 'not JSON');
  }
}

function refuse(what: string): AppError {
  return new AppError('NON_CANONICAL', `${what} has no place in canonical JSON`);
}
