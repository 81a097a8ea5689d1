import { AppError } from '../error.js';
import { RightEdge } from './right-edge.js';
import { TILE_HEIGHT, TILE_SIZE_BYTES, TILE_WIDTH } from './tile.js';
import { TileNodes } from './tile-node.js';
import { HASH_SIZE_BYTES } from './tree.js';

/** A tile as it is stored: its hashes one after the other. */
export interface StoredTile {
  level: number;
  index: number;
  bytes: Uint8Array;
}

/** Reads a stored tile; undefined when there is none. */
export type TileAt = (level: number, index: number) => Promise<Uint8Array | undefined>;

/**
 * A tree that grows, with the tiles its growth changes: all that a writer must keep. A clone grows on its own, so
 * that a group which cannot be made durable is simply dropped.
 */
export class GrowingTree {
  /** The full tiles made since the clone. */
  private finished: StoredTile[] = [];
  private readonly sizeBefore: number;

  private constructor(
    private readonly edge: RightEdge,
    /** The partial tile of each row of tiles, in a buffer of full width. */
    private readonly partial: Uint8Array[],
  ) {
    this.sizeBefore = edge.size;
  }

  static empty(): GrowingTree {
    return new GrowingTree(new RightEdge(), []);
  }

  /**
   * Computes the right edge of a stored tree from its partial tiles.
   * @throws AppError UNAVAILABLE naming the tile that is missing or too short
   */
  static async restore(size: number, tileAt: TileAt): Promise<GrowingTree> {
    const partial: Uint8Array[] = [];
    const rows: TileNodes[] = [];
    for (let level = 0; size >= TILE_WIDTH ** level; level++) {
      const { index, width } = lastTile(level, size);
      const bytes = width > 0 ? checkWidth(await tileAt(level, index), level, index, width) : [];
      const buffer = new Uint8Array(TILE_SIZE_BYTES);
      buffer.set(bytes);
      partial.push(buffer);
      rows.push(new TileNodes(buffer));
    }
    const hashAt = (level: number, index: number) => {
      const height = level % TILE_HEIGHT;
      return rows[(level - height) / TILE_HEIGHT]!.node(height, index % (TILE_WIDTH / 2 ** height));
    };
    return new GrowingTree(new RightEdge(size, hashAt), partial);
  }

  get size(): number {
    return this.edge.size;
  }

  root(): Uint8Array {
    return this.edge.root();
  }

  clone(): GrowingTree {
    return new GrowingTree(
      this.edge.clone(),
      this.partial.map((bytes) => bytes.slice()),
    );
  }

  append(leafHash: Uint8Array): void {
    const seq = this.edge.size;
    this.edge.append(leafHash, (level, hash) => {
      if (level % TILE_HEIGHT === 0) this.store(level / TILE_HEIGHT, seq, hash);
    });
  }

  /** The partial tile of a row, empty when the row's last tile is full. */
  partialTile(level: number): StoredTile {
    const { index, width } = lastTile(level, this.size);
    const bytes = this.partial[level]?.subarray(0, width * HASH_SIZE_BYTES) ?? new Uint8Array(0);
    return { level, index, bytes };
  }

  /** The tiles that differ from those of the tree this one was cloned from. */
  changedTiles(): StoredTile[] {
    return [...this.finished, ...this.partialTiles().filter(({ level }) => this.hasGrown(level))];
  }

  partialTiles(): StoredTile[] {
    return this.partial
      .map((_, level) => this.partialTile(level))
      .filter(({ bytes }) => bytes.length > 0);
  }

  /** The full tiles made since the clone or the last call. */
  takeFullTiles(): StoredTile[] {
    const { finished } = this;
    this.finished = [];
    return finished;
  }

  private hasGrown(level: number): boolean {
    const span = TILE_WIDTH ** level;
    return Math.floor(this.size / span) > Math.floor(this.sizeBefore / span);
  }

  /** Adds the hash to its row of tiles; leaf `seq` has just completed it. */
  private store(level: number, seq: number, hash: Uint8Array): void {
    const { index, width: offset } = lastTile(level, seq);
    const bytes = (this.partial[level] ??= new Uint8Array(TILE_SIZE_BYTES));
    bytes.set(hash, offset * HASH_SIZE_BYTES);
    if (offset < TILE_WIDTH - 1) return;
    this.finished.push({ level, index, bytes });
    this.partial[level] = new Uint8Array(TILE_SIZE_BYTES);
  }
}

/** Where the next hash of a row goes: index of the tile, and how many hashes it has. */
function lastTile(level: number, size: number): { index: number; width: number } {
  const count = Math.floor(size / TILE_WIDTH ** level);
  const width = count % TILE_WIDTH;
  return { index: (count - width) / TILE_WIDTH, width };
}

function checkWidth(
  bytes: Uint8Array | undefined,
  level: number,
  index: number,
  width: number,
): Uint8Array {
  const sizeBytes = width * HASH_SIZE_BYTES;
  if (bytes !== undefined && bytes.length >= sizeBytes) return bytes.subarray(0, sizeBytes);
  const place = `tile ${level}/${index}`;
  throw new AppError('UNAVAILABLE', `${place} is missing or too short`, { place });
}
