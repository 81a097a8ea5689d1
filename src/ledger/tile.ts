import { AppError } from '../error.js';
import { HASH_SIZE_BYTES, isPosition } from './tree.js';

/**
 * Addresses and bundles of c2sp.org/tlog-tiles. A tile is up to 256 neighbouring hashes of one row, of every
 * eighth row only: the rows between are hashed again when needed.
 */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;
export const TILE_SIZE_BYTES = TILE_WIDTH * HASH_SIZE_BYTES;

const TILE_LEVEL_MAX = 63;
const ENTRY_SIZE_MAX_BYTES = 65_535;

export interface TileAddress {
  /** Row of tiles, or the bundles of entries under row 0. */
  level: number | 'entries';
  index: number;
  /** Number of hashes or entries, 1 to 256; below 256 the tile is partial. */
  width: number;
}

/** Number of hashes that tile has in a tree of `size` leaves: 0 to 256. */
export function tileWidth(level: number, index: number, size: number): number {
  const complete = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, complete - index * TILE_WIDTH));
}

/** Path below the log's prefix: `tile/0/x001/x234/067`, `tile/entries/000.p/5`. */
export function formatTilePath({ level, index, width }: TileAddress): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** @throws AppError BAD_USER_INPUT for anything `formatTilePath` does not write */
export function parseTilePath(path: string): TileAddress {
  const match = /^tile\/(\d{1,2}|entries)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  const address: TileAddress = {
    level: match?.[1] === 'entries' ? 'entries' : Number(match?.[1]),
    index: Number(match?.[2]?.replace(/[x/]/g, '')),
    width: match?.[3] === undefined ? TILE_WIDTH : Number(match[3]),
  };
  const { level, index, width } = address;
  const isInRange =
    (level === 'entries' || level <= TILE_LEVEL_MAX) && isPosition(index) && width >= 1;
  // written again and compared: no second spelling of an address, and no partial tile of full width
  if (match === null || !isInRange || formatTilePath(address) !== path) {
    throw new AppError('BAD_USER_INPUT', 'not the path of a tile', {
      hint: 'c2sp.org/tlog-tiles: tile/<L>/<N>[.p/<W>] or tile/entries/<N>[.p/<W>]',
    });
  }
  return address;
}

/** Entries one after the other, each behind its length as big-endian uint16. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const sizeBytes = entries.reduce((sum, entry) => sum + 2 + entry.length, 0);
  const bundle = new Uint8Array(sizeBytes);
  const view = new DataView(bundle.buffer);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > ENTRY_SIZE_MAX_BYTES) {
      throw new AppError('ENTRY_TOO_LARGE', `an entry has at most ${ENTRY_SIZE_MAX_BYTES} bytes`);
    }
    view.setUint16(at, entry.length);
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/** @throws AppError PROOF_REFUSED when the bytes end within an entry or hold more than 256 */
export function decodeBundle(bundle: Uint8Array): Uint8Array[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length;) {
    const end = at + 2 <= bundle.length ? at + 2 + view.getUint16(at) : Infinity;
    if (end > bundle.length || entries.length === TILE_WIDTH) {
      throw new AppError('PROOF_REFUSED', 'not a bundle of at most 256 whole entries');
    }
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
