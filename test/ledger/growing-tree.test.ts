import { describe, expect, it } from '@jest/globals';
import { GrowingTree, type StoredTile } from '../../src/ledger/growing-tree.js';
import { TileNodes } from '../../src/ledger/tile-node.js';
import { tileWidth } from '../../src/ledger/tile.js';
import { HASH_SIZE_BYTES } from '../../src/ledger/tree.js';
import { RightEdge } from '../../src/ledger/right-edge.js';
import { leafHashes, naiveHashAt, naiveRoot } from './naive-tree.js';
import fc from '../support/fast-check.js';

const LEAVES = leafHashes(66_200);
const naive = naiveHashAt(LEAVES);
/** Root of each size asked for below; RightEdge itself is held to the recursion in its own test. */
const roots = new Map<number, Uint8Array>();
const edge = new RightEdge();
for (const leaf of LEAVES) {
  edge.append(leaf);
  if (edge.size % 100 < 4 || edge.size % 256 < 50) roots.set(edge.size, edge.root());
}

class Disk {
  readonly tiles = new Map<string, Uint8Array>();

  put(tiles: StoredTile[]): void {
    for (const { level, index, bytes } of tiles) {
      this.tiles.set(`${level}/${index}`, bytes.slice());
    }
  }

  readonly tileAt = async (level: number, index: number) => this.tiles.get(`${level}/${index}`);
}

function grow(tree: GrowingTree, disk: Disk, to: number): GrowingTree {
  const grown = tree.clone();
  for (let i = grown.size; i < to; i++) grown.append(LEAVES[i]!);
  disk.put(grown.changedTiles());
  return grown;
}

describe('a growing tree', () => {
  it('leaves exactly the tiles of its size on disk, however it was grown', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(steps, (groups) => {
        const disk = new Disk();
        let tree = GrowingTree.empty();
        for (const count of groups) tree = grow(tree, disk, tree.size + count);
        for (let level = 0; level < 3; level++) {
          for (let index = 0; index < 20; index++) {
            const stored = disk.tiles.get(`${level}/${index}`);
            const width = tileWidth(level, index, tree.size);
            expect((stored?.length ?? 0) / HASH_SIZE_BYTES).toBe(width);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('stores the hash of each full tile in the row above', async () => {
    const disk = new Disk();
    const tree = grow(GrowingTree.empty(), disk, 66_200);
    expect(tree.root()).toEqual(naiveRoot(LEAVES));
    const above = new TileNodes(disk.tiles.get('1/0')!);
    for (const index of [0, 1, 17, 255]) {
      expect(new TileNodes(disk.tiles.get(`0/${index}`)!).root()).toEqual(above.node(0, index));
      expect(above.node(0, index)).toEqual(await naive(8, index));
    }
    expect(above.root()).toEqual(new TileNodes(disk.tiles.get('2/0')!).node(0, 0));
    expect(disk.tiles.get('1/1')!.length / HASH_SIZE_BYTES).toBe(2);
  });

  it('keeps the hashed nodes of a tile that grows, and none of one that has changed', () => {
    const hashes = Buffer.concat(LEAVES.slice(0, 256));
    const first = (count: number) => hashes.subarray(0, count * HASH_SIZE_BYTES);
    const known = new TileNodes(first(100));
    known.node(6, 0);
    const changed = Buffer.from(first(200));
    changed[0]! ^= 1;
    for (const bytes of [first(100), first(200), first(64), changed]) {
      expect(known.grown(bytes).node(6, 0)).toEqual(new TileNodes(bytes).node(6, 0));
    }
    const whole = known.grown(first(130)).grown(hashes);
    expect(whole.root()).toEqual(new TileNodes(hashes).root());
  });

  it('is restored from its tiles at any size and grows on', async () => {
    for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 1_000, 65_535, 65_536, 65_537]) {
      const disk = new Disk();
      const tree = grow(GrowingTree.empty(), disk, size);
      const restored = await GrowingTree.restore(size, disk.tileAt);
      expect([restored.size, restored.root()]).toEqual([size, tree.root()]);
      const more = size - (size % 256) + 512;
      expect(grow(restored, disk, more).root()).toEqual(roots.get(more));
    }
  });

  it('does not change when its clone grows', () => {
    const disk = new Disk();
    const tree = grow(GrowingTree.empty(), disk, 300);
    const [root, tile] = [tree.root(), tree.partialTile(0).bytes.slice()];
    grow(tree, new Disk(), 700);
    expect([tree.root(), tree.partialTile(0).bytes]).toEqual([root, tile]);
  });

  it('names the tile it lacks', async () => {
    const disk = new Disk();
    grow(GrowingTree.empty(), disk, 600);
    disk.tiles.set('0/2', disk.tiles.get('0/2')!.slice(32));
    await expect(GrowingTree.restore(600, disk.tileAt)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      data: { place: 'tile 0/2' },
    });
  });
});
