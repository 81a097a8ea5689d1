import { concat, equalBytes, fromBase64url, toBase64url, utf8 } from '../crypto/bytes.js';
import { hmacSha256 } from '../crypto/digest.js';
import { AppError, isAppError } from '../error.js';

const TAG_BYTES = 16;

/** A place in an order: the values of the sort keys of the row it stands after. */
export type Place = (string | number | null)[];

/** What a cursor may be used for: the same question, asked by the same viewer. */
export interface CursorScope {
  key: Uint8Array;
  /** Anything that tells the questions apart: viewer, field, filter, order. */
  binding: unknown[];
}

/** An opaque cursor: base64url of a 16-byte HMAC and the place as JSON. */
export function formatCursor(scope: CursorScope, place: Place): string {
  const text = utf8(JSON.stringify(place));
  return toBase64url(concat(tagOf(scope, text), text));
}

/** @throws AppError BAD_CURSOR for a cursor that was edited, or made for another question or viewer */
export function parseCursor(scope: CursorScope, cursor: string): Place {
  const bytes = cursor.length <= 1024 ? bytesOf(cursor) : undefined;
  const text = bytes?.subarray(TAG_BYTES);
  if (!bytes || !text || !equalBytes(bytes.subarray(0, TAG_BYTES), tagOf(scope, text))) {
    throw new AppError('BAD_CURSOR', 'the cursor was not made for this question', {
      hint: 'page with the cursor of the last answer, keeping filter and order as they were',
    });
  }
  return JSON.parse(new TextDecoder().decode(text)) as Place;
}

function bytesOf(cursor: string): Uint8Array | undefined {
  try {
    return fromBase64url(cursor);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

function tagOf({ key, binding }: CursorScope, text: Uint8Array): Uint8Array {
  const head = utf8(`provtrail/cursor/v1\0${JSON.stringify(binding)}\0`);
  return hmacSha256(key, concat(head, text)).subarray(0, TAG_BYTES);
}
