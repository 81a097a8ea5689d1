import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { fromUtf8, utf8 } from '../../src/crypto/bytes.js';
import { cidOf } from '../../src/crypto/cid.js';
import { auditLedger, type Audit } from '../../src/ledger/audit.js';
import { toBase64 } from '../../src/ledger/base64.js';
import { formatCheckpoint } from '../../src/ledger/checkpoint.js';
import { decodeEntry, encodeEntry } from '../../src/ledger/entry.js';
import {
  AUTHORITY_KEY,
  entryKey,
  HEAD_KEY,
  nonceKey,
  tileKey,
} from '../../src/ledger/journal-key.js';
import { decodeStatement } from '../../src/ledger/statement.js';
import { openLevel, type Level } from '../../src/level.js';
import { tempDirectory } from '../support/temp-directory.js';
import {
  author,
  buildKeyChange,
  createLedger,
  keyOf,
  logSigner,
  openLedger,
  ORIGIN,
  sign,
  signPuts,
} from './build-ledger.js';

const root = tempDirectory();
const SIZE = 300;
let directory: string;
/** The same, never opened again: everything is in the write-ahead log. */
let fresh: string;
let whole: Audit;
let log: string;
let copies = 0;

beforeAll(async () => {
  const { ledger, directory: made } = await createLedger(root);
  await ledger.append([await sign(buildKeyChange('key.add', ledger.log, keyOf('second')))]);
  await ledger.append(await signPuts(ledger.log, 98), { trusted: true });
  await ledger.append(await signPuts(ledger.log, SIZE - 100), { trusted: true });
  ({ log } = ledger);
  await ledger.close();
  directory = made;
  fresh = copyOf(directory);
  whole = await auditLedger(directory);
});

function copyOf(base: string): string {
  const copy = join(root, `copy-${copies++}`);
  cpSync(base, copy, { recursive: true });
  return copy;
}

/** A copy in which that has been changed by way of LevelDB, so that its own checksums are right. */
async function edited(change: (level: Level) => Promise<void>): Promise<string> {
  const copy = copyOf(directory);
  const level = await openLevel(copy);
  await change(level);
  await level.close();
  return copy;
}

async function withFlip(key: Uint8Array, at: number): Promise<string> {
  return edited(async (level) => {
    const value = Uint8Array.from((await level.get(key))!);
    value[at < 0 ? value.length + at : at]! ^= 1;
    await level.put(key, value);
  });
}

async function placesOf(path: string): Promise<string[]> {
  return (await auditLedger(path)).problems.map(({ place }) => place);
}

describe('an audit of a whole ledger', () => {
  it('finds nothing, and says what it looked at', async () => {
    expect(whole.problems).toEqual([]);
    expect(whole.entries).toBe(SIZE);
    const ledger = await openLedger(copyOf(directory));
    const { root: published } = ledger.head();
    await ledger.close();
    expect(whole.head).toEqual({ origin: ORIGIN, size: SIZE, root: toBase64(published) });
  });

  it('tells each entry and how far it is', async () => {
    const seqs: number[] = [];
    const progress: number[] = [];
    await auditLedger(directory, {
      log,
      onEntry: async (seq, { type }) => {
        expect(type).toBe(seq === 0 ? 'genesis' : seq === 1 ? 'key.add' : 'record.put');
        seqs.push(seq);
      },
      onProgress: (done, total) => {
        expect(total).toBe(SIZE);
        progress.push(done);
      },
    });
    expect(seqs).toEqual(Array.from({ length: SIZE }, (_, i) => i));
    expect(progress).toEqual([256, 300]);
  });

  it('does not take one log for another', async () => {
    const { problems } = await auditLedger(directory, { log: cidOf(utf8('another')) });
    expect(problems).toMatchObject([{ place: 'entry 0', code: 'ENTRY_REFUSED' }]);
  });

  it('does not disturb a running node', async () => {
    const copy = copyOf(directory);
    const ledger = await openLedger(copy);
    await expect(auditLedger(copy)).rejects.toMatchObject({ code: 'DATA_DIRECTORY_LOCKED' });
    await ledger.close();
    expect(await placesOf(copy)).toEqual([]);
  });
});

describe('a flipped bit is found and named', () => {
  it.each([0, 1, 2, 255, 256, SIZE - 1])('in entry %d, wherever it is', async (seq) => {
    const { length } = await entryOf(seq);
    for (const at of [6, Math.floor(length / 2), length - 60]) {
      expect(await placesOf(await withFlip(entryKey(seq), at))).toEqual([`entry ${seq}`]);
    }
  });

  it.each([
    [0, 0, 5],
    [0, 0, -1],
    [0, 1, 33],
    [0, 1, -1],
    [1, 0, 20],
  ])('in tile %d/%d at %d', async (level, index, at) => {
    const places = await placesOf(await withFlip(tileKey(level, index), at));
    expect(places).toEqual([`tile ${level}/${index}`]);
  });

  it.each([0, 20, -70, -65, -1])('in the head at %d', async (at) => {
    expect(await placesOf(await withFlip(HEAD_KEY, at))).toEqual(['head']);
  });

  it.each([0, 20, -70, -1])('in the keys in force at %d', async (at) => {
    expect(await placesOf(await withFlip(AUTHORITY_KEY, at))).toEqual(['authority']);
  });

  it.each([0, 6, -1])('in the index of nonces at %d', async (at) => {
    const { nonce } = decodeStatement(decodeEntry(await entryOf(42)).statement);
    const places = await placesOf(await withFlip(nonceKey(author.kid, nonce), at));
    expect(places).toEqual(['nonce of entry 42']);
  });

  it('in the checkpoint, wherever it is', async () => {
    const copy = copyOf(directory);
    const path = join(copy, 'checkpoint');
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at += 37) {
      const flipped = Uint8Array.from(bytes);
      flipped[at]! ^= 1;
      writeFileSync(path, flipped);
      expect({ at, places: await placesOf(copy) }).toEqual({ at, places: ['checkpoint'] });
    }
  });

  it.each(['log', 'ldb'])('in the raw bytes of the .%s files', async (kind) => {
    const base = copyOf(fresh);
    if (kind === 'ldb') await settle(base);
    const file = readdirSync(base).find((name) => name.endsWith(`.${kind}`))!;
    const bytes = readFileSync(join(base, file));
    for (let i = 0; i < 6; i++) {
      const copy = copyOf(base);
      const flipped = Uint8Array.from(bytes);
      const at = Math.floor(((i + 0.37) / 6) * bytes.length);
      flipped[at]! ^= 0x10;
      writeFileSync(join(copy, file), flipped);
      expect(await placesOf(copy)).toContain(`file ${file}`);
      rmSync(copy, { recursive: true });
    }
  });

  it('in the files that say which files there are', async () => {
    for (const name of ['CURRENT', 'MANIFEST']) {
      const copy = copyOf(directory);
      const file = readdirSync(copy).find((item) => item.startsWith(name))!;
      const bytes = Uint8Array.from(readFileSync(join(copy, file)));
      bytes[10]! ^= 1;
      writeFileSync(join(copy, file), bytes);
      expect(await placesOf(copy)).toContain(`file ${file}`);
    }
  });
});

describe('a damaged entry is never handed out', () => {
  it('but UNAVAILABLE, and the entries beside it are', async () => {
    const copy = await withFlip(entryKey(100), 50);
    const ledger = await openLedger(copy);
    await expect(ledger.entry(100)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      data: { place: 'entry 100' },
    });
    expect(decodeEntry(await ledger.entry(101)).seq).toBe(101);
    const seen: number[] = [];
    const walk = async () => {
      for await (const { seq } of ledger.entries(95, 110)) seen.push(seq);
    };
    await expect(walk()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(seen).toEqual([95, 96, 97, 98, 99]);
    await expect(ledger.entryBundle(0)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await ledger.close();
  });

  it('nor one that is gone', async () => {
    const copy = await edited((level) => level.del(entryKey(100)));
    expect(await placesOf(copy)).toEqual(['entry 100', 'journal']);
  });

  it('nor proofs from a damaged tile, nor the tile', async () => {
    const ledger = await openLedger(await withFlip(tileKey(0, 0), 3_000));
    await expect(ledger.inclusionProof(5)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(ledger.tile(0, 0)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(ledger.entry(5)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await ledger.inclusionProof(299)).hashes.length).toBeGreaterThan(0);
    await ledger.close();
  });
});

describe('what a thief of the disk might do', () => {
  it('put another entry in the place of one, with tile and links made to fit up to a point', async () => {
    const copy = await edited(async (level) => {
      const entry = decodeEntry((await level.get(entryKey(7)))!);
      const [other] = await signPuts(log, 1);
      await level.put(entryKey(7), encodeEntry({ ...entry, statement: other! }));
    });
    expect(await placesOf(copy)).toEqual(['entry 7']);
  });

  it('leave out the newest entries and wind the head back', async () => {
    const copy = copyOf(directory);
    const { ledger, directory: short } = await createLedger(root);
    await ledger.append(await signPuts(ledger.log, 20), { trusted: true });
    const checkpoint = join(short, 'checkpoint');
    await ledger.close();
    const old = copyOf(short);
    const again = await openLedger(short);
    await again.append(await signPuts(again.log, 5), { trusted: true });
    await again.close();
    cpSync(checkpoint, join(old, 'checkpoint'));
    expect((await auditLedger(old)).problems).toEqual([
      expect.objectContaining({ place: 'checkpoint', code: 'LOG_DIVERGED' }),
    ]);
    cpSync(checkpoint, join(copy, 'checkpoint'));
    expect(await placesOf(copy)).toEqual(['checkpoint']);
  });

  it('sign another root with the stolen key of the log', async () => {
    const copy = copyOf(directory);
    const forged = { origin: ORIGIN, size: 200, root: new Uint8Array(32) };
    writeFileSync(join(copy, 'checkpoint'), await formatCheckpoint(forged, logSigner));
    expect(await placesOf(copy)).toEqual(['checkpoint']);
  });

  it('slip in keys that no entry accounts for', async () => {
    for (const key of [utf8('x'), entryKey(SIZE), nonceKey(author.kid, 'A'.repeat(22))]) {
      const copy = await edited((level) => level.put(key, utf8('{}')));
      expect(await placesOf(copy)).toEqual(['journal']);
    }
  });

  it('take a nonce out of the index, so that a statement could be replayed', async () => {
    const { nonce } = decodeStatement(decodeEntry(await entryOf(9)).statement);
    const copy = await edited((level) => level.del(nonceKey(author.kid, nonce)));
    expect(await placesOf(copy)).toEqual(['nonce of entry 9', 'journal']);
  });

  it('remove the checkpoint, the store, or all of it', async () => {
    const copy = copyOf(directory);
    rmSync(join(copy, 'checkpoint'));
    expect(await placesOf(copy)).toEqual(['checkpoint']);
    const empty = copyOf(directory);
    for (const name of readdirSync(empty)) {
      if (name !== 'checkpoint') rmSync(join(empty, name));
    }
    expect(await placesOf(empty)).toEqual(['journal']);
    expect(await placesOf(join(root, 'nowhere'))).toEqual(['checkpoint', 'journal']);
  });

  it('empty the store through its own interface', async () => {
    const copy = await edited((level) => level.clear());
    const { entries, problems } = await auditLedger(copy);
    expect(entries).toBe(0);
    expect(problems.map(({ place }) => place)).toEqual([
      'head',
      'authority',
      'journal',
      'checkpoint',
    ]);
  });
});

async function entryOf(seq: number): Promise<Uint8Array> {
  const level = await openLevel(directory);
  const bytes = Uint8Array.from((await level.get(entryKey(seq)))!);
  await level.close();
  expect(fromUtf8(bytes)).toContain(`"seq":${seq},`);
  return bytes;
}

/** Moves what is in the write-ahead log into tables, as time does. */
async function settle(path: string): Promise<void> {
  const level = await openLevel(path);
  await level.compactRange(Uint8Array.of(0), Uint8Array.of(255));
  await level.close();
}
