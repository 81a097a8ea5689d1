/** A directed graph: `next[i]` are the nodes that `i` points to. */
export type Adjacency = readonly (readonly number[])[];

/** A directed graph in two arrays: a million small lists would be a reader thread's whole memory. */
export class PackedGraph {
  private constructor(
    /** Where in `targets` each node's begin; one more at the end. */
    readonly heads: Int32Array,
    readonly targets: Int32Array,
  ) {}

  get size(): number {
    return this.heads.length - 1;
  }

  /** @param edges calls back with each edge; is called twice, and says the same both times */
  static of(size: number, edges: (put: (from: number, to: number) => void) => void): PackedGraph {
    const heads = new Int32Array(size + 1);
    edges((from) => heads[from + 1]!++);
    for (let node = 0; node < size; node++) heads[node + 1]! += heads[node]!;
    const targets = new Int32Array(heads[size]!);
    const ends = heads.slice();
    edges((from, to) => (targets[ends[from]!++] = to));
    return new PackedGraph(heads, targets);
  }

  static ofLists(next: Adjacency): PackedGraph {
    return PackedGraph.of(next.length, (put) => {
      next.forEach((targets, from) => targets.forEach((to) => put(from, to)));
    });
  }

  /** Whether an edge leads from one node straight to another. */
  has(from: number, to: number): boolean {
    return this.targets.subarray(this.heads[from], this.heads[from + 1]).includes(to);
  }
}
