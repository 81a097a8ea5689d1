import { foldSubtrees, hashNode, subtrees } from './tree.js';

/** The hashes of the complete subtrees of a growing tree: all that is needed for its root and to grow on. */
export class RightEdge {
  /** Hash of the complete subtree of each height; meaningful where `size` has that bit. */
  private readonly hashes: Uint8Array[] = [];

  /** @param hashAt the hash of a complete subtree, for a tree that has leaves already */
  constructor(
    private leaves = 0,
    hashAt?: (level: number, index: number) => Uint8Array,
  ) {
    if (hashAt === undefined) return;
    for (const { level, index } of subtrees(0, leaves)) this.hashes[level] = hashAt(level, index);
  }

  get size(): number {
    return this.leaves;
  }

  /** @param onSubtree called with each complete subtree the leaf finishes, itself first */
  append(leafHash: Uint8Array, onSubtree?: (level: number, hash: Uint8Array) => void): void {
    let hash = leafHash;
    let level = 0;
    onSubtree?.(0, hash);
    for (let rest = this.leaves; rest % 2 === 1; rest = (rest - 1) / 2) {
      hash = hashNode(this.hashes[level]!, hash);
      level++;
      onSubtree?.(level, hash);
    }
    this.hashes[level] = hash;
    this.leaves++;
  }

  root(): Uint8Array {
    return foldSubtrees(subtrees(0, this.leaves).map(({ level }) => this.hashes[level]!));
  }

  clone(): RightEdge {
    return new RightEdge(this.leaves, (level) => this.hashes[level]!);
  }
}
