import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes } from '../crypto/bytes.js';
import { AppError } from '../error.js';
import { openLevel, storeError, type Level } from '../level.js';
import type { Authority } from './authority.js';
import { requireRoom } from './disk-room.js';
import { decodeEntry } from './entry.js';
import type { Group, Head, Journal, NonceUse } from './journal.js';
import {
  AUTHORITY_KEY,
  encodePosition,
  entryKey,
  HEAD_KEY,
  nonceKey,
  numberOf,
  tileKey,
} from './journal-key.js';
import { decodeAuthority, decodeHead, encodeAuthority, encodeHead } from './journal-record.js';
import { NonceFilter } from './nonce-filter.js';
import { Pace } from './pace.js';
import { authorOf, decodeStatement, statementCid } from './statement.js';

export type Batch = ReturnType<Level['batch']>;

export interface LevelJournalOptions {
  /** Makes a batch durable; tests put a failing disk here. */
  write?: (batch: Batch) => Promise<void>;
}

const READ_AHEAD = 256;
const NONCES_AT_ONCE = 1_024;

/** A journal over LevelDB; a group is one synced batch. See Journal for its consistency law. */
export class LevelJournal implements Journal {
  /** The head on disk, if nothing has failed since it was written. */
  private known: Head | undefined;
  private readonly filter: NonceFilter;

  private constructor(
    private readonly level: Level,
    private readonly write: (batch: Batch) => Promise<void>,
  ) {
    this.filter = new NonceFilter(level, () => this.known?.size ?? 0);
  }

  /** In a directory known to be empty. @throws AppError DATA_DIRECTORY_LOCKED, STORE_FULL, STORE_FAILED */
  static async create(directory: string, options: LevelJournalOptions = {}): Promise<LevelJournal> {
    const level = await openLevel(directory);
    return new LevelJournal(level, options.write ?? writeSynced);
  }

  /** @throws AppError DATA_DIRECTORY_MISSING, DATA_DIRECTORY_LOCKED, STORE_FULL, STORE_FAILED */
  static async open(directory: string, options: LevelJournalOptions = {}): Promise<LevelJournal> {
    // asked first: LevelDB would make an empty store where the old one has gone
    if (!existsSync(join(directory, 'CURRENT'))) {
      throw new AppError('DATA_DIRECTORY_MISSING', 'there is no ledger in this directory');
    }
    const level = await openLevel(directory, { createIfMissing: false });
    return new LevelJournal(level, options.write ?? writeSynced);
  }

  async head(): Promise<Head | undefined> {
    const bytes = await this.get(HEAD_KEY);
    return bytes && decodeHead(bytes);
  }

  async authority(): Promise<Authority | undefined> {
    const bytes = await this.get(AUTHORITY_KEY);
    return bytes && decodeAuthority(bytes);
  }

  async commit(group: Group): Promise<void> {
    await this.compare(group.before);
    this.known = undefined;
    const batch = this.level.batch();
    try {
      const nonceKeys = await fill(batch, group);
      await this.write(batch);
      this.filter.add(nonceKeys);
      this.known = group.after;
    } catch (error) {
      await batch.close().catch(() => {});
      throw storeError(error);
    }
  }

  entry(seq: number): Promise<Uint8Array | undefined> {
    return this.get(entryKey(seq));
  }

  async *entries(from: number, to: number): AsyncGenerator<{ seq: number; bytes: Uint8Array }> {
    const range = { gte: entryKey(from), lt: entryKey(to), fillCache: false };
    const iterator = this.level.iterator(range);
    try {
      for (;;) {
        const pairs = await iterator.nextv(READ_AHEAD);
        if (pairs.length === 0) return;
        for (const [key, bytes] of pairs) yield { seq: numberOf(key), bytes };
      }
    } catch (error) {
      throw storeError(error);
    } finally {
      await iterator.close();
    }
  }

  tile(level: number, index: number): Promise<Uint8Array | undefined> {
    return this.get(tileKey(level, index));
  }

  async nonces(
    uses: readonly { author: string; nonce: string }[],
  ): Promise<(NonceUse | undefined)[]> {
    const found: (NonceUse | undefined)[] = [];
    try {
      // a part at a time: the keys of one look-up are handed to LevelDB on the main thread
      for (let i = 0; i < uses.length; i += NONCES_AT_ONCE) {
        const some = uses.slice(i, i + NONCES_AT_ONCE);
        found.push(...(await this.look(some, await this.positions(some))));
      }
    } catch (error) {
      throw storeError(error);
    }
    return found;
  }

  /**
   * LevelDB goes on writing behind a half-written record after a full disk, and what it writes there is dropped
   * at the next start; opening it again begins a new file. Readers go on while there is no room for that.
   */
  async reopen(): Promise<void> {
    this.known = undefined;
    try {
      await requireRoom(this.level.location);
      await this.filter.forget();
      await this.level.close();
      await this.level.open();
    } catch (error) {
      throw storeError(error);
    }
  }

  async close(): Promise<void> {
    await this.filter.forget();
    await this.level.close();
  }

  /** What stands under the nonces' keys. Most are new, and the filter knows them for that. */
  private async positions(
    uses: readonly { author: string; nonce: string }[],
  ): Promise<(Uint8Array | undefined)[]> {
    const keys = uses.map(({ author, nonce }) => nonceKey(author, nonce));
    const doubtful = this.filter.select(keys);
    if (doubtful.length === 0) return keys.map(() => undefined);
    const values = await this.level.getMany(doubtful);
    if (doubtful.length === keys.length) return values;
    let next = 0;
    return keys.map((key) => (key === doubtful[next] ? values[next++] : undefined));
  }

  /** The statements that used the nonces. Most nonces are new, so there are few. */
  private async look(
    uses: readonly { author: string; nonce: string }[],
    positions: (Uint8Array | undefined)[],
  ): Promise<(NonceUse | undefined)[]> {
    const seqs = positions.map((value) => value && numberOf(value));
    const taken = seqs.filter((seq) => seq !== undefined);
    const entries = taken.length > 0 ? await this.level.getMany(taken.map(entryKey)) : [];
    let next = 0;
    return seqs.map((seq, i) =>
      seq === undefined ? undefined : formatUse(seq, entries[next++], uses[i]!),
    );
  }

  private async get(key: Uint8Array): Promise<Uint8Array | undefined> {
    try {
      return await this.level.get(key);
    } catch (error) {
      throw storeError(error);
    }
  }

  private async compare(before: Head | undefined): Promise<void> {
    // nobody else can have written it: the store is locked
    const stored = this.known ?? (await this.head());
    const isSame =
      before === undefined || stored === undefined
        ? before === stored
        : before.size === stored.size && equalBytes(before.root, stored.root);
    if (!isSame) throw new AppError('LOG_DIVERGED', 'the ledger was changed by another writer');
  }
}

/** @returns the keys of its nonces */
async function fill(batch: Batch, group: Group): Promise<Uint8Array[]> {
  const nonceKeys: Uint8Array[] = [];
  const pace = new Pace();
  for (const { seq, bytes, author, nonce } of group.entries) {
    batch.put(entryKey(seq), bytes);
    const key = nonceKey(author, nonce);
    nonceKeys.push(key);
    batch.put(key, encodePosition(seq));
    if (pace.isDue()) await pace.rest();
  }
  for (const { level, index, bytes } of group.tiles) batch.put(tileKey(level, index), bytes);
  if (group.authority) batch.put(AUTHORITY_KEY, encodeAuthority(group.authority));
  batch.put(HEAD_KEY, encodeHead(group.after));
  return nonceKeys;
}

function formatUse(
  seq: number,
  bytes: Uint8Array | undefined,
  { author, nonce }: { author: string; nonce: string },
): NonceUse {
  const signed = bytes && decodeEntry(bytes).statement;
  if (signed && authorOf(signed) === author && decodeStatement(signed).nonce === nonce) {
    return { seq, statementCid: statementCid(signed) };
  }
  throw new AppError('STORE_FAILED', `entry ${seq} or the index of nonces is damaged`, {
    hint: 'run provtrail verify',
  });
}

function writeSynced(batch: Batch): Promise<void> {
  return batch.write({ sync: true });
}
