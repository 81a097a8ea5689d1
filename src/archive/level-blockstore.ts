import type { HeliaInit } from 'helia';
import { CID } from 'multiformats/cid';
import { create as createDigest } from 'multiformats/hashes/digest';
import { sha256 } from '../crypto/digest.js';
import { equalBytes } from '../crypto/bytes.js';
import { AppError } from '../error.js';
import { writeSynced, type Level, type LevelWrite } from '../level.js';

type Blockstore = NonNullable<HeliaInit['blockstore']>;
type BlockSource = Parameters<Blockstore['put']>[1];

const JSON_CODEC = 0x0200;
const SHA2_256 = 0x12;
const BLOCK = 0x62; // 'b'

/**
 * The blocks of this node behind Helia's blockstore interface, over LevelDB.
 *
 * Consistency: a put is on disk (fsynced) when it returns; what is put while one synced write is under way
 * goes into the next one together. Bytes are hashed on the way in and on the way out: neither Helia nor
 * LevelDB does, and a rotten block must never pass for the record.
 * Only CIDv1 / json / sha2-256 is accepted: no other address can name a sealed record.
 */
export class LevelBlockstore implements Blockstore {
  private waiting: { puts: LevelWrite[]; done: () => void; failed: (error: unknown) => void }[] =
    [];
  private writing = false;

  constructor(private readonly level: Level) {}

  async put(cid: CID, source: BlockSource): Promise<CID> {
    const bytes = await collect(source);
    checkHash(cid, bytes);
    await this.write([{ type: 'put', key: blockKey(cid), value: bytes }]);
    return cid;
  }

  async *putMany(pairs: Parameters<Blockstore['putMany']>[0]): AsyncGenerator<CID> {
    const puts: LevelWrite[] = [];
    const cids: CID[] = [];
    for await (const { cid, bytes: source } of pairs) {
      const bytes = await collect(source);
      checkHash(cid, bytes);
      puts.push({ type: 'put', key: blockKey(cid), value: bytes });
      cids.push(cid);
    }
    await this.write(puts);
    yield* cids;
  }

  /** Puts already checked blocks and what belongs to them in one synced, atomic write. */
  async write(puts: LevelWrite[]): Promise<void> {
    if (puts.length === 0) return;
    const done = new Promise<void>((resolve, reject) => {
      this.waiting.push({ puts, done: resolve, failed: reject });
    });
    if (!this.writing) void this.drain();
    return done;
  }

  private async drain(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      const puts = group.length === 1 ? group[0]!.puts : group.flatMap((call) => call.puts);
      try {
        await writeSynced(this.level, puts);
        for (const call of group) call.done();
      } catch (error) {
        for (const call of group) call.failed(error);
      }
    }
    this.writing = false;
  }

  async *get(cid: CID): AsyncGenerator<Uint8Array> {
    yield await this.read(cid);
  }

  async read(cid: CID): Promise<Uint8Array> {
    let bytes: Uint8Array | undefined;
    try {
      bytes = await this.level.get(blockKey(cid));
    } catch (error) {
      throw unavailable('the block cannot be read from the store', error);
    }
    if (bytes === undefined) throw unavailable('the block is not in the store');
    if (!equalBytes(sha256(bytes), cid.multihash.digest)) {
      throw unavailable('the stored block does not match its address');
    }
    return bytes;
  }

  async *getMany(cids: Parameters<Blockstore['getMany']>[0]): ReturnType<Blockstore['getMany']> {
    for await (const cid of cids) yield { cid, bytes: this.get(cid) };
  }

  async has(cid: CID): Promise<boolean> {
    return this.level.has(blockKey(cid));
  }

  async delete(cid: CID): Promise<void> {
    await writeSynced(this.level, [{ type: 'del', key: blockKey(cid) }]);
  }

  async *deleteMany(cids: Parameters<Blockstore['deleteMany']>[0]): AsyncGenerator<CID> {
    for await (const cid of cids) {
      await this.delete(cid);
      yield cid;
    }
  }

  async *getAll(): ReturnType<Blockstore['getAll']> {
    const range = { gte: Uint8Array.of(BLOCK), lt: Uint8Array.of(BLOCK + 1) };
    for await (const key of this.level.keys(range)) {
      const cid = CID.createV1(JSON_CODEC, createDigest(SHA2_256, key.slice(1)));
      yield { cid, bytes: this.get(cid) };
    }
  }
}

/** The key a block is stored under: blocks are found by digest alone, so one content is stored once. */
export function blockKey(cid: CID): Uint8Array {
  const { version, code, multihash } = cid;
  if (
    version !== 1 ||
    code !== JSON_CODEC ||
    multihash.code !== SHA2_256 ||
    multihash.size !== 32
  ) {
    throw new AppError('BAD_USER_INPUT', 'only CIDv1 with json and sha2-256 is accepted');
  }
  return prefixed(BLOCK, multihash.digest);
}

export function prefixed(prefix: number, digest: Uint8Array): Uint8Array {
  const key = new Uint8Array(1 + digest.length);
  key[0] = prefix;
  key.set(digest, 1);
  return key;
}

/** @throws AppError BAD_USER_INPUT when the bytes are not what the CID names */
export function checkHash(cid: CID, bytes: Uint8Array): void {
  if (!equalBytes(sha256(bytes), cid.multihash.digest)) {
    throw new AppError('BAD_USER_INPUT', 'the bytes are not those the CID names');
  }
}

function unavailable(message: string, cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', message, {}, { cause });
}

async function collect(source: BlockSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
