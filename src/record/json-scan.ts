import { AppError } from '../error.js';
import { describePosition } from './json-fault.js';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const BLOCK_PIECES = 4_096;

export interface Scan {
  /** The text without insignificant whitespace; every token as it was spelt. */
  text: string;
  /** Members of all objects together, if the text is JSON at all. */
  memberCount: number;
}

/**
 * One pass over text that may not be JSON: bounds its depth, removes insignificant whitespace, counts members.
 * Malformed text stays malformed: two scalars that only whitespace kept apart keep one space.
 *
 * @throws AppError TOO_DEEP
 */
export function scanJson(source: string, depthMax: number): Scan {
  const { length } = source;
  const text = new Pieces();
  let kept = 0;
  let depth = 0;
  let memberCount = 0;
  for (let i = 0; i < length; i++) {
    const code = source.charCodeAt(i);
    if (code === QUOTE) {
      i = endOfString(source, i);
    } else if (code <= SPACE && isWhitespace(code)) {
      const end = endOfWhitespace(source, i + 1);
      text.add(source.slice(kept, i));
      if (isScalarAt(source, i - 1) && isScalarAt(source, end)) text.add(' ');
      kept = end;
      i = end - 1;
    } else if (code === COLON) {
      memberCount++;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      if (++depth > depthMax) throw tooDeep(source, i, depthMax);
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      depth--;
    }
  }
  return { text: kept === 0 ? source : text.concat(source.slice(kept)), memberCount };
}

/** Joins in blocks: a rope of millions of pieces would take many times the memory of the text. */
class Pieces {
  private readonly blocks: string[] = [];
  private pieces: string[] = [];

  add(piece: string): void {
    if (this.pieces.push(piece) < BLOCK_PIECES) return;
    this.blocks.push(this.pieces.join(''));
    this.pieces = [];
  }

  concat(last: string): string {
    return this.blocks.join('') + this.pieces.join('') + last;
  }
}

/** Index of the quote that ends the string beginning at `start`, or the text's length when there is none. */
export function endOfString(text: string, start: number): number {
  const { length } = text;
  for (let i = start + 1; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return i;
    if (code === BACKSLASH) i++;
  }
  return length;
}

function endOfWhitespace(text: string, start: number): number {
  let end = start;
  while (isWhitespace(text.charCodeAt(end))) end++;
  return end;
}

function isWhitespace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

function isScalarAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (Number.isNaN(code)) return false;
  if (code === COMMA || code === COLON || code === OPEN_ARRAY || code === CLOSE_ARRAY) return false;
  return code !== OPEN_OBJECT && code !== CLOSE_OBJECT;
}

function tooDeep(source: string, offset: number, depthMax: number): AppError {
  const place = describePosition(source, offset);
  return new AppError('TOO_DEEP', `nested deeper than ${depthMax} levels at ${place}`, {
    depthMax,
  });
}
