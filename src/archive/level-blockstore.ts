import type { HeliaInit } from 'helia';
import { CID } from 'multiformats/cid';
import { create as createDigest } from 'multiformats/hashes/digest';
import { equalBytes } from '../crypto/bytes.js';
import { sha256 } from '../crypto/digest.js';
import { AppError } from '../error.js';
import { storeError, writeSynced, type Level, type LevelWrite } from '../level.js';
import { LevelWriter } from '../level-writer.js';
import {
  blockKey,
  decodePlace,
  encodePlace,
  FIRST_PLACE,
  indexKey,
  keysOf,
  KIND,
  noteOf,
  placeOfKey,
} from './block-key.js';

type Blockstore = NonNullable<HeliaInit['blockstore']>;
type BlockSource = Parameters<Blockstore['put']>[1];

const JSON_CODEC = 0x0200;
const SHA2_256 = 0x12;

/** A block to be stored, already hashed, and what is to be remembered of it. */
export interface HashedBlock {
  /** SHA-256 of the bytes. */
  digest: Uint8Array;
  bytes: Uint8Array;
  note?: Uint8Array;
}

/**
 * The blocks of this node behind Helia's blockstore interface, over LevelDB: the blocks in the order in which they
 * came, and an index from digest to place. LevelDB then never moves a block again, as it would again and again were
 * they sorted by digest; and whoever reads them in the ledger's order reads forwards.
 *
 * Consistency: a put is on disk (fsynced) when it returns; what is put while one synced write is under way
 * goes into the next one together. Bytes are hashed on the way in and on the way out: neither Helia nor
 * LevelDB does, and a rotten block must never pass for the record.
 * Only CIDv1 / json / sha2-256 is accepted: no other address can name a sealed record.
 */
export class LevelBlockstore implements Blockstore {
  private readonly writer: LevelWriter;

  private constructor(
    private readonly level: Level,
    private nextPlace: number,
  ) {
    this.writer = new LevelWriter(level);
  }

  /** @throws AppError STORE_FAILED */
  static async open(level: Level): Promise<LevelBlockstore> {
    try {
      const newest = { ...keysOf(KIND.block), reverse: true, limit: 1 };
      const [key] = await level.keys(newest).all();
      return new LevelBlockstore(level, key === undefined ? FIRST_PLACE : placeOfKey(key) + 1);
    } catch (error) {
      throw storeError(error);
    }
  }

  async put(cid: CID, source: BlockSource): Promise<CID> {
    const bytes = await collect(source);
    await this.write([await this.renew(digestOf(cid), bytes)]);
    return cid;
  }

  async *putMany(pairs: Parameters<Blockstore['putMany']>[0]): AsyncGenerator<CID> {
    const blocks: HashedBlock[] = [];
    const cids: CID[] = [];
    for await (const { cid, bytes: source } of pairs) {
      blocks.push(await this.renew(digestOf(cid), await collect(source)));
      cids.push(cid);
    }
    await this.write(blocks);
    yield* cids;
  }

  /** Puts blocks in one synced, atomic write. The caller has hashed them. */
  async write(blocks: HashedBlock[]): Promise<void> {
    if (blocks.length === 0) return;
    const puts = blocks.flatMap(({ digest, bytes, note }): LevelWrite[] => {
      const place = this.nextPlace++;
      return [
        { type: 'put', key: blockKey(place), value: bytes },
        { type: 'put', key: indexKey(digest), value: encodePlace(place, note) },
      ];
    });
    await this.writer.write(puts);
  }

  async *get(cid: CID): AsyncGenerator<Uint8Array> {
    const [block] = await this.readMany([digestOf(cid)]);
    if (block instanceof AppError) throw block;
    yield block!;
  }

  /** For each digest its bytes, hash checked, or UNAVAILABLE and why. */
  async readMany(digests: readonly Uint8Array[]): Promise<(Uint8Array | AppError)[]> {
    let blocks: (Uint8Array | undefined)[];
    try {
      blocks = await this.fetch(digests);
    } catch (error) {
      if (digests.length === 1) return [unavailable('it cannot be read from the store', error)];
      // one that cannot be read must not hide the others
      return (await Promise.all(digests.map((digest) => this.readMany([digest])))).flat();
    }
    return digests.map((digest, i) => {
      const bytes = blocks[i];
      if (bytes === undefined) return unavailable('it is not in the store');
      if (equalBytes(sha256(bytes), digest)) return bytes;
      return unavailable('what is stored does not match its address');
    });
  }

  /** What is remembered of a block; undefined for a block put without a note, or not there. */
  async note(digest: Uint8Array): Promise<Uint8Array | undefined> {
    const value = await this.level.get(indexKey(digest));
    return value && noteOf(value);
  }

  async *getMany(cids: Parameters<Blockstore['getMany']>[0]): ReturnType<Blockstore['getMany']> {
    for await (const cid of cids) yield { cid, bytes: this.get(cid) };
  }

  async has(cid: CID): Promise<boolean> {
    return this.level.has(indexKey(digestOf(cid)));
  }

  async delete(cid: CID): Promise<void> {
    const key = indexKey(digestOf(cid));
    const value = await this.level.get(key);
    if (value === undefined) return;
    await writeSynced(this.level, [
      { type: 'del', key },
      { type: 'del', key: blockKey(decodePlace(value)) },
    ]);
  }

  async *deleteMany(cids: Parameters<Blockstore['deleteMany']>[0]): AsyncGenerator<CID> {
    for await (const cid of cids) {
      await this.delete(cid);
      yield cid;
    }
  }

  async *getAll(): ReturnType<Blockstore['getAll']> {
    for await (const key of this.level.keys(keysOf(KIND.index))) {
      const cid = CID.createV1(JSON_CODEC, createDigest(SHA2_256, key.slice(1)));
      yield { cid, bytes: this.get(cid) };
    }
  }

  /** How many blocks there are. Walks the whole index. */
  async count(): Promise<number> {
    let count = 0;
    for await (const _ of this.level.keys(keysOf(KIND.index))) count++;
    return count;
  }

  private async fetch(digests: readonly Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    const values = await this.level.getMany(digests.map(indexKey));
    const keys = values.flatMap((value) => (value ? [blockKey(decodePlace(value))] : []));
    const found = await this.level.getMany(keys);
    let next = 0;
    return values.map((value) => (value ? found[next++] : undefined));
  }

  /** A block from outside, checked. One that is there already keeps its note. */
  private async renew(digest: Uint8Array, bytes: Uint8Array): Promise<HashedBlock> {
    if (!equalBytes(sha256(bytes), digest)) throw wrongBytes();
    return { digest, bytes, note: await this.note(digest) };
  }
}

export function wrongBytes(): AppError {
  return new AppError('BAD_USER_INPUT', 'the bytes are not those the CID names');
}

/** @throws AppError BAD_USER_INPUT */
function digestOf({ version, code, multihash }: CID): Uint8Array {
  const isSha256 = multihash.code === SHA2_256 && multihash.size === 32;
  if (version === 1 && code === JSON_CODEC && isSha256) return multihash.digest;
  throw new AppError('BAD_USER_INPUT', 'only CIDv1 with json and sha2-256 is accepted');
}

function unavailable(reason: string, cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', `the block is not available: ${reason}`, {}, { cause });
}

async function collect(source: BlockSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
