import { equalBytes } from '../crypto/bytes.js';
import { LruMap } from '../crypto/lru.js';
import { AppError } from '../error.js';
import type { GrowingTree } from './growing-tree.js';
import type { Journal } from './journal.js';
import type { LogState } from './log-state.js';
import { TILE_HEIGHT, TILE_SIZE_BYTES, TILE_WIDTH } from './tile.js';
import { TileNodes } from './tile-node.js';
import { hashLeaf } from './tree.js';

/** At most 16 MB of them, at least 8: the tiles of the 131,072 entries used last. */
const TILES_KEPT = 1_024;

/**
 * Reads entries and hashes of a log and lets nothing pass that the tree does not vouch for: the right edge in
 * memory vouches for the tile above, that for the tiles below, and a leaf hash for its entry.
 * What does not match is UNAVAILABLE, never wrong.
 */
export class LogReader {
  /** Full tiles, checked; they never change. */
  private readonly full = new LruMap<string, TileNodes>(TILES_KEPT);
  private readonly loading = new Map<string, Promise<TileNodes>>();
  /** Inner nodes of the partial tiles of the tree last read from. */
  private partial: { tree: GrowingTree; rows: TileNodes[]; former: TileNodes[] } | undefined;

  constructor(private readonly journal: Journal) {}

  /** Hash of a complete subtree. @throws AppError UNAVAILABLE */
  async hashAt({ tree }: LogState, level: number, index: number): Promise<Uint8Array> {
    const height = level % TILE_HEIGHT;
    const across = TILE_WIDTH / 2 ** height;
    const offset = index % across;
    const row = (level - height) / TILE_HEIGHT;
    const nodes = await this.tileNodes(tree, row, (index - offset) / across);
    return nodes.node(height, offset).slice();
  }

  /** Hashes of a tile, as many as the tree has. @throws AppError UNAVAILABLE */
  async tile({ tree }: LogState, level: number, index: number): Promise<Uint8Array> {
    return (await this.tileNodes(tree, level, index)).bytes;
  }

  /** Bytes of an entry below the state's size. @throws AppError UNAVAILABLE */
  async entry(state: LogState, seq: number): Promise<Uint8Array> {
    const bytes = await this.journal.entry(seq).catch((error: unknown) => {
      throw unavailable(`entry ${seq}`, error);
    });
    if (bytes === undefined) throw unavailable(`entry ${seq}`);
    await this.checkEntry(state, seq, bytes);
    return bytes;
  }

  /** The entries of [from, to), in order and without a gap. @throws AppError UNAVAILABLE at the first fault */
  async *entries(
    state: LogState,
    from: number,
    to: number,
  ): AsyncGenerator<{ seq: number; bytes: Uint8Array }> {
    let expected = from;
    try {
      for await (const { seq, bytes } of this.journal.entries(from, to)) {
        if (seq !== expected) break;
        await this.checkEntry(state, seq, bytes);
        yield { seq, bytes };
        expected++;
      }
    } catch (error) {
      throw unavailable(`entry ${expected}`, error);
    }
    if (expected < to) throw unavailable(`entry ${expected}`);
  }

  private async checkEntry({ tree }: LogState, seq: number, bytes: Uint8Array): Promise<void> {
    const offset = seq % TILE_WIDTH;
    const nodes = await this.tileNodes(tree, 0, (seq - offset) / TILE_WIDTH);
    if (!equalBytes(hashLeaf(bytes), nodes.node(0, offset))) throw unavailable(`entry ${seq}`);
  }

  private async tileNodes(tree: GrowingTree, level: number, index: number): Promise<TileNodes> {
    const partial = this.partialNodes(tree, level);
    if (partial !== undefined && tree.partialTile(level).index === index) return partial;
    const name = `${level}/${index}`;
    return this.full.get(name) ?? this.loading.get(name) ?? this.loadTile(name, tree, level, index);
  }

  /** A proof asks for many nodes of one tile at once: it is read and hashed once. */
  private loadTile(
    name: string,
    tree: GrowingTree,
    level: number,
    index: number,
  ): Promise<TileNodes> {
    const loading = this.readTile(tree, level, index)
      .then((nodes) => {
        this.full.set(name, nodes);
        return nodes;
      })
      .finally(() => this.loading.delete(name));
    this.loading.set(name, loading);
    return loading;
  }

  private async readTile(tree: GrowingTree, level: number, index: number): Promise<TileNodes> {
    const place = `tile ${level}/${index}`;
    const offset = index % TILE_WIDTH;
    const above = await this.tileNodes(tree, level + 1, (index - offset) / TILE_WIDTH);
    const bytes = await this.journal.tile(level, index).catch((error: unknown) => {
      throw unavailable(place, error);
    });
    if (bytes?.length !== TILE_SIZE_BYTES) throw unavailable(place);
    const nodes = new TileNodes(bytes);
    if (!equalBytes(nodes.root(), above.node(0, offset))) throw unavailable(place);
    return nodes;
  }

  private partialNodes(tree: GrowingTree, level: number): TileNodes | undefined {
    if (this.partial?.tree !== tree) {
      this.partial = { tree, rows: [], former: this.partial?.rows ?? [] };
    }
    const { bytes } = tree.partialTile(level);
    if (bytes.length === 0) return undefined;
    const { rows, former } = this.partial;
    return (rows[level] ??= former[level]?.grown(bytes) ?? new TileNodes(bytes));
  }
}

function unavailable(place: string, cause?: unknown): AppError {
  return new AppError(
    'UNAVAILABLE',
    `${place} is missing from the store or damaged`,
    { place, hint: 'run provtrail verify' },
    { cause },
  );
}
