const START = 1_024;

/**
 * Numbers nodes in the order in which they come, from 0. A hash table in typed arrays (open addressing, linear probing, at most
 * half full): a Map of a million nodes would be a third of what a reader thread may have.
 */
export class NodeNumbers {
  private nodes = new Float64Array(START / 2);
  /** Number + 1 of the node in each slot; 0 for an empty one. */
  private slots = new Int32Array(START);
  size = 0;

  /** -1 for a node that has none. */
  numberOf(node: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hash(node) & mask; ; slot = (slot + 1) & mask) {
      const number = this.slots[slot]! - 1;
      if (number < 0 || this.nodes[number] === node) return number;
    }
  }

  nodeAt(number: number): number {
    return this.nodes[number]!;
  }

  /** For a node that has no number yet. */
  add(node: number): number {
    if (this.size * 2 >= this.slots.length) this.grow();
    this.nodes[this.size] = node;
    this.place(node, ++this.size);
    return this.size - 1;
  }

  /** Those numbered `from` and up to, but not with, `to`. */
  slice(from: number, to: number): number[] {
    return Array.from(this.nodes.subarray(from, to));
  }

  private place(node: number, entry: number): void {
    const mask = this.slots.length - 1;
    let slot = hash(node) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = entry;
  }

  private grow(): void {
    const nodes = new Float64Array(this.slots.length);
    nodes.set(this.nodes);
    this.nodes = nodes;
    this.slots = new Int32Array(this.slots.length * 2);
    for (let number = 0; number < this.size; number++) this.place(nodes[number]!, number + 1);
  }
}

/** Neighbours in the log must not stand beside each other in the table. */
function hash(node: number): number {
  const mixed = Math.imul(node | 0, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
