/** Bits for each key: one look-up in a thousand then finds what is not there. */
const BITS_PER_KEY = 16;
const PROBES = 4;
const CAPACITY_MIN = 65_536;
/** No more bits than one array of 32-bit words may sensibly have. */
const CAPACITY_MAX = 2 ** 27;

interface Layer {
  words: Uint32Array;
  /** Number of bits less one: a power of two less one. */
  mask: number;
  left: number;
}

/**
 * A Bloom filter over keys that end in a hash: it says which keys are not there, and is sometimes wrong about those that
 * are. When it is full it grows a layer twice as large.
 */
export class KeyFilter {
  private readonly layers: Layer[] = [];

  /** @param count keys to be expected */
  constructor(count: number) {
    this.grow(count);
  }

  add(key: Uint8Array): void {
    let layer = this.layers[this.layers.length - 1]!;
    if (layer.left === 0) layer = this.grow((layer.mask + 1) / BITS_PER_KEY + 1);
    layer.left--;
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = bitsAt(key, probe) & layer.mask;
      layer.words[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  /** False for a key that was never added. */
  mayHave(key: Uint8Array): boolean {
    return this.layers.some(({ words, mask }) => {
      for (let probe = 0; probe < PROBES; probe++) {
        const bit = bitsAt(key, probe) & mask;
        if ((words[bit >>> 5]! & (1 << (bit & 31))) === 0) return false;
      }
      return true;
    });
  }

  private grow(count: number): Layer {
    const wanted = Math.min(Math.max(count, CAPACITY_MIN), CAPACITY_MAX);
    const capacity = 2 ** Math.ceil(Math.log2(wanted));
    const bits = capacity * BITS_PER_KEY;
    const layer = { words: new Uint32Array(bits / 32), mask: bits - 1, left: capacity };
    this.layers.push(layer);
    return layer;
  }
}

/** 32 bits of the hash that ends the key, others for each probe. */
function bitsAt(key: Uint8Array, probe: number): number {
  const at = key.length - 4 * (probe + 1);
  return (key[at]! | (key[at + 1]! << 8) | (key[at + 2]! << 16) | (key[at + 3]! << 24)) >>> 0;
}
