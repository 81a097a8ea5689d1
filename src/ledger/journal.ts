import type { Authority } from './authority.js';
import type { StoredTile } from './growing-tree.js';

/** The state of a log after its last durable group. */
export interface Head {
  /** Id of the log: CID of its genesis entry. */
  log: string;
  origin: string;
  /** Number of entries. */
  size: number;
  /** RFC 9162 root of those entries. */
  root: Uint8Array;
  /** CID of the last entry. */
  last: string;
  /** Time of the last entry, ms since the epoch. */
  at: number;
}

export interface JournalEntry {
  seq: number;
  bytes: Uint8Array;
  cid: string;
  author: string;
  nonce: string;
}

/** Everything one group changes. */
export interface Group {
  /** The head this group was computed from, undefined for the first. */
  before: Head | undefined;
  after: Head;
  entries: readonly JournalEntry[];
  /** Tiles that are new or have grown. */
  tiles: readonly StoredTile[];
  /** Who may speak after the group; present when that has changed. */
  authority?: Authority;
}

export interface NonceUse {
  seq: number;
  statementCid: string;
}

/**
 * Where a log is kept: entries, tiles, the index of nonces, who may speak, the head.
 *
 * Consistency law:
 * - Durable: what `commit` wrote is on disk, through a power cut, when it returns.
 * - Atomic: a group is there as a whole or not at all, for readers as for a restart. After a `commit` that
 *   failed, either may be the case, and nothing may be committed before `reopen` and a fresh look at the head.
 * - Compare and swap: `commit` refuses with LOG_DIVERGED when the stored head is not the one the group was computed
 *   from. One process has the journal open, and one writer commits at a time.
 * - Fresh: a read that begins after `commit` returned sees the group. Nothing read is older.
 * - Not promised: that what is read is what was written. Disks rot; whoever reads an entry or a tile checks it
 *   against the tree.
 */
export interface Journal {
  /** @throws AppError STORE_FAILED when it cannot be read or is damaged; so do all the others */
  head(): Promise<Head | undefined>;
  authority(): Promise<Authority | undefined>;
  /** @throws AppError STORE_FULL, STORE_FAILED, LOG_DIVERGED */
  commit(group: Group): Promise<void>;
  /** Bytes of an entry, undefined when there is none. */
  entry(seq: number): Promise<Uint8Array | undefined>;
  /** Stored entries of [from, to) in order; a position that is missing is left out. */
  entries(from: number, to: number): AsyncIterable<{ seq: number; bytes: Uint8Array }>;
  tile(level: number, index: number): Promise<Uint8Array | undefined>;
  /** Where each nonce was used, in the order asked. */
  nonces(uses: readonly { author: string; nonce: string }[]): Promise<(NonceUse | undefined)[]>;
  /** Drops everything not on disk and starts from the disk again. @throws AppError STORE_FULL, STORE_FAILED */
  reopen(): Promise<void>;
  close(): Promise<void>;
}
