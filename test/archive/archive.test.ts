import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { json } from '@helia/json';
import { CID } from 'multiformats/cid';
import { identity } from 'multiformats/hashes/identity';
import { sha512 } from 'multiformats/hashes/sha2';
import { Archive } from '../../src/archive/archive.js';
import { encodeBlock } from '../../src/archive/block.js';
import { startHelia } from '../../src/archive/helia.js';
import { LevelBlockstore } from '../../src/archive/level-blockstore.js';
import type { RecordRef } from '../../src/archive/record-ref.js';
import { openLevel } from '../../src/level.js';
import { tempDirectory } from '../support/temp-directory.js';
import fc from '../support/fast-check.js';

const root = tempDirectory();
let count = 0;
const newPath = () => join(root, `archive-${count++}`);

function buildBlock(text: string) {
  return encodeBlock({ protected: 'p', aad: 'a', iv: 'i', ciphertext: text, tag: 't' });
}

function buildRef(): RecordRef {
  const id = () => randomBytes(16).toString('base64url');
  return { rid: id(), ver: 3, scopeId: id(), epoch: 7 };
}

async function flipInFiles(directory: string, needle: string): Promise<void> {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(needle);
    if (at < 0) continue;
    bytes[at]! ^= 1;
    writeFileSync(path, bytes);
    return;
  }
  throw new Error('needle not found on disk');
}

async function openHelia() {
  const level = await openLevel(newPath());
  const helia = await startHelia(await LevelBlockstore.open(level));
  const close = async () => {
    await helia.stop();
    await level.close();
  };
  return { level, helia, close };
}

describe('archive', () => {
  it('gives back after a restart what was put before it, with its reference', async () => {
    const path = newPath();
    const block = buildBlock('sealed');
    const ref = buildRef();
    const first = await Archive.open(path);
    await first.put([{ ...block, ref }]);
    await first.close();
    const second = await Archive.open(path);
    expect(await second.get(block.cid)).toMatchObject({ ciphertext: 'sealed' });
    expect(await second.ref(block.cid)).toEqual(ref);
    expect(await second.count()).toBe(1);
    await second.close();
  });

  it('goes on behind what was put before a restart', async () => {
    const path = newPath();
    const blocks = ['a', 'b', 'c'].map(buildBlock);
    for (const block of blocks) {
      const archive = await Archive.open(path);
      await archive.put([{ ...block, ref: buildRef() }]);
      await archive.close();
    }
    const archive = await Archive.open(path);
    const found = await archive.getManyBytes(blocks.map(({ cid }) => cid));
    expect(found).toEqual(blocks.map(({ bytes }) => expect.objectContaining(bytes)));
    expect(await archive.count()).toBe(3);
    await archive.close();
  });

  it('gives what it has of many, and says of each of the others why not', async () => {
    const archive = await Archive.open(newPath());
    const [here, missing] = [buildBlock('here'), buildBlock('missing')];
    await archive.put([{ ...here, ref: buildRef() }]);
    const found = await archive.getManyBytes([missing.cid, here.cid, missing.cid]);
    expect(found[1]).toEqual(expect.objectContaining(here.bytes));
    for (const other of [found[0], found[2]]) expect(other).toMatchObject({ code: 'UNAVAILABLE' });
    await archive.close();
  });

  it('keeps the reference of a block that is put again through Helia', async () => {
    const archive = await Archive.open(newPath());
    const block = buildBlock('again');
    const ref = buildRef();
    await archive.put([{ ...block, ref }]);
    const { blockstore } = await archive.ready();
    await blockstore.put(CID.parse(block.cid), block.bytes);
    expect(await archive.ref(block.cid)).toEqual(ref);
    expect(await archive.getBytes(block.cid)).toEqual(expect.objectContaining(block.bytes));
    expect(await archive.count()).toBe(1);
    await archive.close();
  });

  it('addresses a block as any IPFS node would: CIDv1, json, sha2-256 of the JSON bytes', async () => {
    const { cid, bytes } = buildBlock('x');
    expect(cid).toMatch(/^baga/);
    const { multihash, code, version } = CID.parse(cid);
    expect([version, code, multihash.code]).toEqual([1, 0x0200, 0x12]);
    const digest = createHash('sha256').update(bytes).digest();
    expect(Buffer.from(multihash.digest).equals(digest)).toBe(true);
  });

  it('makes the block @helia/json would make: the same bytes, the same CID', async () => {
    const { helia, close } = await openHelia();
    const text = fc.base64String({ maxLength: 300 }).map((base64) => base64.replace(/[+/=]/g, '_'));
    const blocks = fc.record({ protected: text, aad: text, iv: text, ciphertext: text, tag: text });
    await fc.assert(
      fc.asyncProperty(blocks, async (block) => {
        const made = encodeBlock(block);
        const cid = await json(helia).add(block);
        expect(made.cid).toBe(cid.toString());
        expect(new TextDecoder().decode(made.bytes)).toBe(JSON.stringify(block));
      }),
      { numRuns: 50 },
    );
    await close();
  });

  it('refuses to put bytes that are not those the CID names, and writes nothing of the call', async () => {
    const archive = await Archive.open(newPath());
    const [good, bad] = [buildBlock('good'), buildBlock('bad')];
    const call = archive.put([
      { ...good, ref: buildRef() },
      { cid: bad.cid, bytes: good.bytes, ref: buildRef() },
    ]);
    await expect(call).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await archive.has(good.cid)).toBe(false);
    await archive.close();
  });

  it('answers UNAVAILABLE for a block it does not have', async () => {
    const archive = await Archive.open(newPath());
    const { cid } = buildBlock('never put');
    await expect(archive.get(cid)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(archive.getBytes(cid)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await archive.close();
  });

  it('answers UNAVAILABLE for a block whose byte was flipped on disk, never the wrong bytes', async () => {
    const path = newPath();
    const block = buildBlock('a-ciphertext-to-be-found-on-disk');
    const archive = await Archive.open(path);
    await archive.put([{ ...block, ref: buildRef() }]);
    await archive.close();
    const level = await openLevel(path);
    await level.compactRange(Uint8Array.of(0), Uint8Array.of(255)); // out of the write-ahead log
    await level.close();
    await flipInFiles(path, 'a-ciphertext-to-be-found');
    const again = await Archive.open(path);
    await expect(again.get(block.cid)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await again.close();
  });

  it('is refused by name when another has the directory open', async () => {
    const path = newPath();
    const archive = await Archive.open(path);
    await expect(Archive.open(path)).rejects.toMatchObject({ code: 'DATA_DIRECTORY_LOCKED' });
    await archive.close();
  });

  it.each(['', 'x', 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG', '../../etc/passwd'])(
    'refuses an address that is not a CID of ours: %j',
    async (cid) => {
      const archive = await Archive.open(newPath());
      await expect(archive.get(cid)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      await archive.close();
    },
  );
});

describe('blocks behind Helia', () => {
  it('takes and gives JSON through @helia/json', async () => {
    const { helia, close } = await openHelia();
    const cid = await json(helia).add({ hello: 'world' });
    expect(await json(helia).get(cid)).toEqual({ hello: 'world' });
    const listed = [];
    for await (const pair of helia.blockstore.getAll()) listed.push(pair.cid.toString());
    expect(listed).toEqual([cid.toString()]);
    await close();
  });

  it('forgets a block that is deleted, and only that', async () => {
    const { helia, close } = await openHelia();
    const [gone, stays] = [await json(helia).add({ n: 1 }), await json(helia).add({ n: 2 })];
    await helia.blockstore.delete(gone);
    await helia.blockstore.delete(gone);
    expect(await helia.blockstore.has(gone)).toBe(false);
    expect(await json(helia).get(stays)).toEqual({ n: 2 });
    await close();
  });

  it('writes puts that arrive together in few synced batches', async () => {
    const { level, helia, close } = await openHelia();
    let batches = 0;
    level.on('write', () => batches++);
    const values = Array.from({ length: 200 }, (_, n) => json(helia).add({ n }));
    expect(new Set((await Promise.all(values)).map(String)).size).toBe(200);
    expect(batches).toBeGreaterThan(0);
    expect(batches).toBeLessThan(50);
    await close();
  });

  it('refuses identity hashes, other digests, other codecs and CIDv0', async () => {
    const { level, close } = await openHelia();
    const store = await LevelBlockstore.open(level);
    const bytes = new TextEncoder().encode('{}');
    const good = CID.parse(buildBlock('x').cid);
    const others = [
      CID.createV1(0x0200, identity.digest(bytes)),
      CID.createV1(0x0200, await sha512.digest(bytes)),
      CID.createV1(0x55, good.multihash),
      CID.createV0(good.multihash as never),
    ];
    for (const cid of others) {
      await expect(store.put(cid, bytes)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    await close();
  });

  it('asks nobody outside: no routers, no brokers, no network', async () => {
    const { helia, close } = await openHelia();
    const { cid } = buildBlock('held by nobody');
    await expect(json(helia).get(CID.parse(cid))).rejects.toThrow();
    expect('libp2p' in helia).toBe(false);
    await close();
  });
});
