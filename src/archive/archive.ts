import { json } from '@helia/json';
import { formatCid, parseCid } from '../crypto/cid.js';
import { sha256 } from '../crypto/digest.js';
import type { RecordBlock } from '../crypto/seal.js';
import { AppError, isAppError } from '../error.js';
import { openLevel, storeError, type Level } from '../level.js';
import type { Helia } from './helia.js';
import { LevelBlockstore, wrongBytes } from './level-blockstore.js';
import { decodeRef, encodeRef, type RecordRef } from './record-ref.js';

export interface ArchiveBlock {
  cid: string;
  bytes: Uint8Array;
  /** Absent for a public block, which no key opens: a part of a list of sources. */
  ref?: RecordRef;
}

/**
 * Sealed records in IPFS: the one door to Helia.
 *
 * Consistency: `put` returns when every block of the call and its reference are on disk, all or none.
 * Blocks never change and are never collected, so a read is never stale.
 */
export class Archive {
  private helia?: Promise<Helia>;

  private constructor(
    private readonly level: Level,
    private readonly blockstore: LevelBlockstore,
  ) {}

  /** @throws AppError DATA_DIRECTORY_LOCKED, STORE_FULL, STORE_FAILED */
  static async open(directory: string): Promise<Archive> {
    const level = await openLevel(directory, { cacheSize: 16 * 1024 * 1024 });
    try {
      return new Archive(level, await LevelBlockstore.open(level));
    } catch (error) {
      await level.close();
      throw error;
    }
  }

  /** Helia, started. Loading it takes a second of CPU, which commands that only write or verify need not pay. */
  ready(): Promise<Helia> {
    this.helia ??= import('./helia.js').then(({ startHelia }) => startHelia(this.blockstore));
    return this.helia;
  }

  /**
   * Law 1, effect A. Goes to the blockstore below Helia because block and reference must land in one
   * atomic write, which Helia's interface cannot say.
   *
   * @throws AppError STORE_FULL (retryable), STORE_FAILED, BAD_USER_INPUT (bytes that are not the CID's)
   */
  async put(blocks: ArchiveBlock[]): Promise<void> {
    const hashed = blocks.map(({ cid, bytes, ref }) => {
      const digest = sha256(bytes);
      if (formatCid(digest) !== cid) throw wrongBytes();
      return { digest, bytes, note: ref && encodeRef(ref) };
    });
    await this.blockstore.write(hashed);
  }

  /** The sealed record behind a CID, its hash checked. @throws AppError UNAVAILABLE */
  async get(cid: string): Promise<RecordBlock> {
    try {
      return await json(await this.ready()).get<RecordBlock>(parseCid(cid));
    } catch (error) {
      if (isAppError(error)) throw error;
      throw new AppError('UNAVAILABLE', 'the block is not available', {}, { cause: error });
    }
  }

  /** The exact bytes behind a CID, their hash checked. @throws AppError UNAVAILABLE */
  async getBytes(cid: string): Promise<Uint8Array> {
    const [bytes] = await this.getManyBytes([cid]);
    if (bytes instanceof AppError) throw bytes;
    return bytes!;
  }

  /** For each CID its exact bytes, their hash checked, or UNAVAILABLE and why. */
  getManyBytes(cids: readonly string[]): Promise<(Uint8Array | AppError)[]> {
    return this.blockstore.readMany(cids.map((cid) => parseCid(cid).multihash.digest));
  }

  /** Which record and key scope a block belongs to; undefined for a block this node did not seal. */
  async ref(cid: string): Promise<RecordRef | undefined> {
    try {
      const note = await this.blockstore.note(parseCid(cid).multihash.digest);
      return note && decodeRef(note);
    } catch (error) {
      throw storeError(error);
    }
  }

  async has(cid: string): Promise<boolean> {
    return this.blockstore.has(parseCid(cid));
  }

  /** How many blocks are stored. Walks the whole index. */
  async count(): Promise<number> {
    return this.blockstore.count();
  }

  async close(): Promise<void> {
    await (await this.helia)?.stop();
    await this.level.close();
  }
}
