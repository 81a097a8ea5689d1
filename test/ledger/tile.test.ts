import { describe, expect, it } from '@jest/globals';
import { utf8 } from '../../src/crypto/bytes.js';
import {
  decodeBundle,
  encodeBundle,
  formatTilePath,
  parseTilePath,
  TILE_WIDTH,
  tileWidth,
} from '../../src/ledger/tile.js';
import fc from '../support/fast-check.js';

describe('tile addresses', () => {
  it('are spelt as in the C2SP text', () => {
    expect(formatTilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(formatTilePath({ level: 3, index: 0, width: 5 })).toBe('tile/3/000.p/5');
    expect(formatTilePath({ level: 'entries', index: 1_000, width: 256 })).toBe(
      'tile/entries/x001/000',
    );
  });

  it('give a tree of 70,000 the tiles of the C2SP example', () => {
    const widths = (level: number) => {
      const all: number[] = [];
      for (let i = 0; tileWidth(level, i, 70_000) > 0; i++) all.push(tileWidth(level, i, 70_000));
      return { full: all.filter((w) => w === 256).length, rest: all.filter((w) => w < 256) };
    };
    expect(widths(0)).toEqual({ full: 273, rest: [112] });
    expect(widths(1)).toEqual({ full: 1, rest: [17] });
    expect(widths(2)).toEqual({ full: 0, rest: [1] });
    expect(widths(3)).toEqual({ full: 0, rest: [] });
    expect([tileWidth(0, 0, 256), tileWidth(0, 1, 256), tileWidth(1, 0, 256)]).toEqual([256, 0, 1]);
  });

  it('survive being written and read', () => {
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const));
    const address = fc.record({
      level,
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: TILE_WIDTH }),
    });
    fc.assert(
      fc.property(address, (tile) => {
        expect(parseTilePath(formatTilePath(tile))).toEqual(tile);
      }),
    );
  });

  it.each([
    '',
    'tile/0',
    'tile/0/1',
    'tile/0/0001',
    'tile/00/001',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001/x002',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/007',
    'tile/0/000.p/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/../../checkpoint',
    'tile/0/x999/x999/x999/x999/x999/999',
    'tile/data/000',
    'tile/entries/000\n',
    `tile/0/${'x001/'.repeat(100_000)}001`,
  ])('refuse a second spelling and what is no tile (%#)', (path) => {
    expect(() => parseTilePath(path)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });
});

describe('entry bundles', () => {
  it('hold entries behind their length, big-endian', () => {
    const bundle = encodeBundle([utf8('ab'), new Uint8Array(0), new Uint8Array(300).fill(7)]);
    expect([...bundle.subarray(0, 8)]).toEqual([0, 2, 97, 98, 0, 0, 1, 44]);
    expect(decodeBundle(bundle).map(({ length }) => length)).toEqual([2, 0, 300]);
  });

  it('survive being written and read', () => {
    const entry = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        const read = decodeBundle(encodeBundle(entries)).map((bytes) => [...bytes]);
        expect(read).toEqual(entries.map((bytes) => [...bytes]));
      }),
    );
  });

  it('are refused when they end within an entry or hold too many', () => {
    const refused = expect.objectContaining({ code: 'PROOF_REFUSED' });
    const bundle = encodeBundle([utf8('abc')]);
    expect(() => decodeBundle(bundle.subarray(0, 4))).toThrow(refused);
    expect(() => decodeBundle(bundle.subarray(0, 1))).toThrow(refused);
    expect(() => decodeBundle(new Uint8Array(2 * 257))).toThrow(refused);
    expect(decodeBundle(new Uint8Array(2 * 256))).toHaveLength(256);
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(
      expect.objectContaining({ code: 'ENTRY_TOO_LARGE' }),
    );
  });
});
