import { openLevel, type Level } from '../level.js';
import type { Authority } from './authority.js';
import type { Head } from './journal.js';
import { AUTHORITY_KEY, entryKey, HEAD_KEY, KIND, numberOf } from './journal-key.js';
import { decodeAuthority, decodeHead } from './journal-record.js';

/** Number of stored keys of each kind; a kind that should not be there is 0. */
export type KeyCounts = Map<number, number>;

/** Reads a journal that may be damaged in any place: what cannot be read is undefined. */
export class AuditStore {
  private constructor(private readonly level: Level) {}

  /** @throws AppError DATA_DIRECTORY_LOCKED, STORE_FAILED */
  static async open(directory: string): Promise<AuditStore> {
    return new AuditStore(await openLevel(directory, { createIfMissing: false }));
  }

  async head(): Promise<Head | undefined> {
    return decoded(await this.get(HEAD_KEY), decodeHead);
  }

  async authority(): Promise<Authority | undefined> {
    return decoded(await this.get(AUTHORITY_KEY), decodeAuthority);
  }

  async get(key: Uint8Array): Promise<Uint8Array | undefined> {
    return this.level.get(key).catch(() => undefined);
  }

  async many(keys: Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    try {
      return await this.level.getMany(keys, { fillCache: false });
    } catch {
      // one damaged block fails them all: ask one by one
      return Promise.all(keys.map((key) => this.get(key)));
    }
  }

  /** One more than the last stored position, 0 when there is none. */
  async entryCount(): Promise<number> {
    const range = { gte: entryKey(0), lt: Uint8Array.of(KIND.entry + 1), limit: 1, reverse: true };
    const keys = await this.level
      .keys(range)
      .all()
      .catch(() => []);
    return keys[0] === undefined ? 0 : numberOf(keys[0]) + 1;
  }

  /** Undefined when the keys cannot all be listed. */
  async countKeys(): Promise<KeyCounts | undefined> {
    const known: number[] = Object.values(KIND);
    const counts: KeyCounts = new Map();
    const iterator = this.level.keys({ fillCache: false });
    try {
      for (;;) {
        const keys = await iterator.nextv(1_000);
        if (keys.length === 0) return counts;
        for (const { 0: first = 0 } of keys) {
          const kind = known.includes(first) ? first : 0;
          counts.set(kind, (counts.get(kind) ?? 0) + 1);
        }
      }
    } catch {
      return undefined;
    } finally {
      await iterator.close();
    }
  }

  async close(): Promise<void> {
    await this.level.close();
  }
}

function decoded<T>(
  bytes: Uint8Array | undefined,
  decode: (bytes: Uint8Array) => T,
): T | undefined {
  try {
    return bytes && decode(bytes);
  } catch {
    return undefined;
  }
}
