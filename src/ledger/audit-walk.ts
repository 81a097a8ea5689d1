import { equalBytes } from '../crypto/bytes.js';
import { AppError } from '../error.js';
import type { AuditProblems } from './audit-problem.js';
import type { AuditStore } from './audit-store.js';
import type { Authority } from './authority.js';
import { ChainVerifier, type VerifiedEntry } from './chain-verifier.js';
import { decodeEntry, entryCid } from './entry.js';
import { GrowingTree, type StoredTile } from './growing-tree.js';
import type { Head } from './journal.js';
import { encodePosition, entryKey, nonceKey, tileKey } from './journal-key.js';
import { authorOf, type Statement } from './statement.js';
import { TILE_WIDTH } from './tile.js';
import { HASH_SIZE_BYTES, hashLeaf } from './tree.js';

export interface AuditWalkOptions {
  /** Size at which to note the root. */
  noteAt?: number;
  onProgress?: (done: number, total: number) => void;
  onEntry?: (seq: number, statement: Statement) => void | Promise<void>;
}

type Bytes = Uint8Array | undefined;

/**
 * Goes through all entries of a journal, a tile's worth at a time, and computes from them what else must be stored.
 * Entry and tile vouch for each other, and so does the next entry's link: of two that disagree, the third tells
 * which one is damaged.
 */
export class AuditWalk {
  readonly tree = GrowingTree.empty();
  readonly verifier: ChainVerifier;
  /** Root of the first `noteAt` entries, if there are so many. */
  notedRoot: Bytes;
  tileCount = 0;
  /** Of the tile before. */
  private noncesChecked: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: AuditStore,
    private readonly problems: AuditProblems,
    private readonly stored: { head?: Head; authority?: Authority },
    private readonly options: AuditWalkOptions,
  ) {
    this.verifier = new ChainVerifier({
      onRefused: (seq, { code, message }) => problems.add(`entry ${seq}`, code, message),
    });
  }

  /** @param total number of entries there should be */
  async run(total: number): Promise<void> {
    // one tile ahead, so that reading and checking go on side by side
    let entries = await this.read(0, total);
    let ahead = this.read(TILE_WIDTH, total);
    for (let index = 0; entries.length > 0; index++) {
      const following = await ahead;
      ahead = this.read((index + 2) * TILE_WIDTH, total);
      await this.walkTile(index, entries, following[0]);
      this.options.onProgress?.(this.tree.size, total);
      entries = following;
    }
    await this.noncesChecked;
    for (const tile of this.tree.partialTiles()) await this.compareTile(tile);
    await this.verifier.settle();
  }

  private read(from: number, total: number): Promise<Bytes[]> {
    const count = Math.max(0, Math.min(TILE_WIDTH, total - from));
    return this.store.many(Array.from({ length: count }, (_, i) => entryKey(from + i)));
  }

  private async walkTile(index: number, entries: Bytes[], following: Bytes): Promise<void> {
    const tile = await this.store.get(tileKey(0, index));
    const verified: VerifiedEntry[] = [];
    for (const [i, bytes] of entries.entries()) {
      const leaf = tile?.subarray(i * HASH_SIZE_BYTES, (i + 1) * HASH_SIZE_BYTES);
      const next = i + 1 < TILE_WIDTH ? entries[i + 1] : following;
      const result = await this.walkEntry(bytes, leaf, next);
      if (result === undefined) continue;
      verified.push(result);
      await this.options.onEntry?.(result.entry.seq, result.statement);
    }
    await this.noncesChecked;
    this.noncesChecked = this.checkNonces(verified);
    for (const full of this.tree.takeFullTiles()) await this.compareTile(full);
  }

  private async walkEntry(
    bytes: Bytes,
    storedLeaf: Bytes,
    next: Bytes,
  ): Promise<VerifiedEntry | undefined> {
    const seq = this.tree.size;
    const leaf = bytes && hashLeaf(bytes);
    const isVouched =
      bytes !== undefined && leaf !== undefined && this.isVouched(bytes, leaf, storedLeaf, next);
    const known = storedLeaf?.length === HASH_SIZE_BYTES ? storedLeaf : undefined;
    const counted = (isVouched ? leaf : known) ?? new Uint8Array(HASH_SIZE_BYTES);
    this.tree.append(counted);
    if (this.tree.size === this.options.noteAt) this.notedRoot = this.tree.root();
    try {
      if (bytes === undefined) throw lost('the entry is missing or cannot be read');
      if (!isVouched) throw lost('the entry does not match its leaf hash');
      return await this.verifier.add(bytes);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.problems.add(`entry ${seq}`, error.code, error.message);
      this.verifier.skip(counted, this.knownKeys());
      return undefined;
    }
  }

  private isVouched(bytes: Uint8Array, leaf: Uint8Array, storedLeaf: Bytes, next: Bytes): boolean {
    if (storedLeaf !== undefined && equalBytes(leaf, storedLeaf)) return true;
    const isLast = this.tree.size + 1 === this.stored.head?.size;
    const link = isLast ? this.stored.head?.last : linkOf(next);
    if (link !== undefined) return entryCid(bytes) === link;
    return storedLeaf === undefined;
  }

  private knownKeys(): { log: string; authority: Authority } | undefined {
    const { head, authority } = this.stored;
    return head && authority && { log: head.log, authority };
  }

  private async checkNonces(verified: VerifiedEntry[]): Promise<void> {
    const keys = verified.map(({ entry, statement }) =>
      nonceKey(authorOf(entry.statement), statement.nonce),
    );
    const values = await this.store.many(keys);
    for (const [i, { entry }] of verified.entries()) {
      if (isSame(values[i], encodePosition(entry.seq))) continue;
      this.problems.add(`nonce of entry ${entry.seq}`, 'STORE_FAILED', 'the index is damaged');
    }
  }

  private async compareTile({ level, index, bytes }: StoredTile): Promise<void> {
    this.tileCount++;
    if (isSame(await this.store.get(tileKey(level, index)), bytes)) return;
    this.problems.add(
      `tile ${level}/${index}`,
      'STORE_FAILED',
      'the tile does not match the entries below it',
    );
  }
}

function isSame(stored: Bytes, expected: Uint8Array): boolean {
  return stored !== undefined && equalBytes(stored, expected);
}

/** The link an entry carries to the one before it, if it can be read. */
function linkOf(next: Bytes): string | undefined {
  try {
    return next && decodeEntry(next).prev;
  } catch {
    return undefined;
  }
}

function lost(message: string): AppError {
  return new AppError('UNAVAILABLE', message);
}
