/** How blocks lie in LevelDB: `b` place -> bytes; `i` digest -> place and note. Numbers are big-endian. */

export const KIND = { block: 0x62, index: 0x69 } as const;

/** Places count up from here and are never given twice. */
export const FIRST_PLACE = 0;

const PLACE_BYTES = 6;

export function blockKey(place: number): Uint8Array {
  return withKind(KIND.block, encodePlace(place));
}

export function placeOfKey(key: Uint8Array): number {
  return decodePlace(key.subarray(1));
}

export function indexKey(digest: Uint8Array): Uint8Array {
  return withKind(KIND.index, digest);
}

/** All keys of a kind. */
export function keysOf(kind: number): { gte: Uint8Array; lt: Uint8Array } {
  return { gte: Uint8Array.of(kind), lt: Uint8Array.of(kind + 1) };
}

/** A place, and behind it what is to be remembered of the block there. */
export function encodePlace(place: number, note: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(PLACE_BYTES + note.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(place / 2 ** 32));
  view.setUint32(2, place % 2 ** 32);
  bytes.set(note, PLACE_BYTES);
  return bytes;
}

export function decodePlace(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2);
}

export function noteOf(value: Uint8Array): Uint8Array | undefined {
  return value.length > PLACE_BYTES ? value.subarray(PLACE_BYTES) : undefined;
}

function withKind(kind: number, rest: Uint8Array): Uint8Array {
  const key = new Uint8Array(1 + rest.length);
  key[0] = kind;
  key.set(rest, 1);
  return key;
}
