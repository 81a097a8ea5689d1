import type { Level } from '../level.js';
import { KIND } from './journal-key.js';
import { KeyFilter } from './key-filter.js';

/** Whoever looks up no more than this is not worth a walk over all keys. */
const LOOKED_UP_MIN = 2_048;
const READ_AHEAD = 4_096;

/**
 * Knows in memory which nonces were never used, so that a new record costs no look-up on disk. It is made from the
 * index of nonces while that is being asked, once enough has been asked; until then every key is doubtful.
 */
export class NonceFilter {
  private keys: KeyFilter | undefined;
  private isReady = false;
  private lookedUp = 0;
  private walking = Promise.resolve();

  /** @param count how many keys there are, as far as that is known */
  constructor(
    private readonly level: Level,
    private readonly count: () => number,
  ) {}

  /** Called when keys have been written, and before anybody is told of it: what a walk under way misses comes here. */
  add(keys: Uint8Array[]): void {
    if (this.keys) for (const key of keys) this.keys.add(key);
  }

  /** Those of the keys that have to be looked up, in their order. */
  select(keys: Uint8Array[]): Uint8Array[] {
    const { keys: filter } = this;
    if (filter && this.isReady) return keys.filter((key) => filter.mayHave(key));
    this.lookedUp += keys.length;
    if (this.lookedUp >= LOOKED_UP_MIN && !filter) {
      this.keys = new KeyFilter(2 * this.count());
      this.walking = this.walk(this.keys).catch(() => this.drop());
    }
    return keys;
  }

  /** Knows nothing any more: nobody can say what a failed write has written, and a closed store is not walked. */
  async forget(): Promise<void> {
    this.drop();
    await this.walking;
  }

  private async walk(filter: KeyFilter): Promise<void> {
    const range = { gte: Uint8Array.of(KIND.nonce), lt: Uint8Array.of(KIND.nonce + 1) };
    const iterator = this.level.keys({ ...range, fillCache: false });
    try {
      for (;;) {
        const keys = await iterator.nextv(READ_AHEAD);
        if (this.keys !== filter) return;
        if (keys.length === 0) break;
        for (const key of keys) filter.add(key);
      }
      this.isReady = true;
    } finally {
      await iterator.close();
    }
  }

  private drop(): void {
    this.keys = undefined;
    this.isReady = false;
    this.lookedUp = 0;
  }
}
