import { equalBytes } from '../crypto/bytes.js';
import { TILE_HEIGHT, TILE_SIZE_BYTES, TILE_WIDTH } from './tile.js';
import { HASH_SIZE_BYTES, hashNode } from './tree.js';

/** The inner nodes of one tile, hashed when first asked for and then kept: 8 KB beside the tile's own 8. */
export class TileNodes {
  /** Numbered like a heap: 1 is the tile's root, 128 the node above its first two hashes. */
  private inner = new Uint8Array(TILE_SIZE_BYTES);
  private isKnown = new Uint8Array(TILE_WIDTH);

  /** @param bytes the tile's hashes, one after the other; the tile is read in place and must not change */
  constructor(readonly bytes: Uint8Array) {}

  /** Of other hashes. If they begin with those of this tile, nothing is hashed again. */
  grown(bytes: Uint8Array): TileNodes {
    const grown = new TileNodes(bytes);
    if (equalBytes(bytes.subarray(0, this.bytes.length), this.bytes)) {
      grown.inner = this.inner;
      grown.isKnown = this.isKnown;
    }
    return grown;
  }

  /** The hash `height` rows above the tile's own row (0 to 8); all hashes below it must be present. */
  node(height: number, offset: number): Uint8Array {
    if (height === 0) return hashOf(this.bytes, offset);
    const place = TILE_WIDTH / 2 ** height + offset;
    if (this.isKnown[place] === 0) {
      const left = this.node(height - 1, 2 * offset);
      const right = this.node(height - 1, 2 * offset + 1);
      this.inner.set(hashNode(left, right), place * HASH_SIZE_BYTES);
      this.isKnown[place] = 1;
    }
    return hashOf(this.inner, place);
  }

  /** Hash of a full tile: the one that stands for it in the row of tiles above. */
  root(): Uint8Array {
    return this.node(TILE_HEIGHT, 0);
  }
}

function hashOf(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.subarray(index * HASH_SIZE_BYTES, (index + 1) * HASH_SIZE_BYTES);
}
