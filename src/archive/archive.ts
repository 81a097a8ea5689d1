import { json } from '@helia/json';
import type { CID } from 'multiformats/cid';
import { parseCid } from '../crypto/cid.js';
import type { RecordBlock } from '../crypto/seal.js';
import { AppError, isAppError } from '../error.js';
import { openLevel, storeError, type Level } from '../level.js';
import type { Helia } from './helia.js';
import { blockKey, checkHash, LevelBlockstore, prefixed } from './level-blockstore.js';
import { decodeRef, encodeRef, type RecordRef } from './record-ref.js';

const REFERENCE = 0x72; // 'r'

export interface ArchiveBlock {
  cid: string;
  bytes: Uint8Array;
  ref: RecordRef;
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
    const blockstore = new LevelBlockstore(level);
    return new Archive(level, blockstore);
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
    const puts = blocks.flatMap(({ cid: text, bytes, ref }) => {
      const cid = parseCid(text);
      checkHash(cid, bytes);
      return [
        { type: 'put' as const, key: blockKey(cid), value: bytes },
        { type: 'put' as const, key: referenceKey(cid), value: encodeRef(ref) },
      ];
    });
    await this.blockstore.write(puts);
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
    return this.blockstore.read(parseCid(cid));
  }

  /** Which record and key scope a block belongs to; undefined for a block this node did not seal. */
  async ref(cid: string): Promise<RecordRef | undefined> {
    try {
      const bytes = await this.level.get(referenceKey(parseCid(cid)));
      return bytes && decodeRef(bytes);
    } catch (error) {
      throw storeError(error);
    }
  }

  async has(cid: string): Promise<boolean> {
    return this.blockstore.has(parseCid(cid));
  }

  /** How many blocks are stored. Walks all keys. */
  async count(): Promise<number> {
    let count = 0;
    const range = { gte: Uint8Array.of(REFERENCE), lt: Uint8Array.of(REFERENCE + 1) };
    for await (const _ of this.level.keys(range)) count++;
    return count;
  }

  async close(): Promise<void> {
    await (await this.helia)?.stop();
    await this.level.close();
  }
}

function referenceKey(cid: CID): Uint8Array {
  return prefixed(REFERENCE, cid.multihash.digest);
}
