import { TILE_HEIGHT, TILE_WIDTH } from './tile.js';
import { HASH_SIZE_BYTES, hashNode } from './tree.js';

/** The inner nodes of one tile, hashed when first asked for and then kept. */
export class TileNodes {
  /** Numbered like a heap: 1 is the tile's root, 256 its first hash. */
  private readonly nodes: (Uint8Array | undefined)[] = [];

  /** @param bytes the tile's hashes, one after the other; the tile is read in place and must not change */
  constructor(readonly bytes: Uint8Array) {}

  get width(): number {
    return this.bytes.length / HASH_SIZE_BYTES;
  }

  /** The hash `height` rows above the tile's own row (0 to 8); all hashes below it must be present. */
  node(height: number, offset: number): Uint8Array {
    if (height === 0) {
      return this.bytes.subarray(offset * HASH_SIZE_BYTES, (offset + 1) * HASH_SIZE_BYTES);
    }
    const place = TILE_WIDTH / 2 ** height + offset;
    const below = height - 1;
    return (this.nodes[place] ??= hashNode(
      this.node(below, 2 * offset),
      this.node(below, 2 * offset + 1),
    ));
  }

  /** Hash of a full tile: the one that stands for it in the row of tiles above. */
  root(): Uint8Array {
    return this.node(TILE_HEIGHT, 0);
  }
}
