/**
 * A seeded source of numbers for sample data: xoshiro128** (Blackman and Vigna), its state spread by splitmix32.
 * The same seed gives the same stream on every machine. Never for keys.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** seed: a safe integer. */
  constructor(seed: number) {
    const spread = splitmix32(seed >>> 0, Math.floor(seed / 0x1_0000_0000) >>> 0);
    this.#a = spread();
    this.#b = spread();
    this.#c = spread();
    this.#d = spread() | 1;
  }

  /** The next 32 bits, as an unsigned integer. */
  next(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotate(this.#d, 11);
    return result;
  }

  /** An integer from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * limit);
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability * 0x1_0000_0000;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  /** `count` decimal digits. */
  digits(count: number): string {
    return String(this.below(10 ** count)).padStart(count, '0');
  }

  /** Shaped as a version 4 UUID (RFC 9562). */
  uuid(): string {
    const a = hex(this.next());
    const b = hex((this.next() & 0xffff0fff) | 0x4000);
    const c = hex((this.next() & 0x3fffffff) | 0x80000000);
    const d = hex(this.next());
    return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`;
  }
}

function splitmix32(low: number, high: number): () => number {
  let state = low ^ Math.imul(high, 0x9e3779b9);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) | 0;
  };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
