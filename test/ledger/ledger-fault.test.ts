import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { requireRoom } from '../../src/ledger/disk-room.js';
import { decodeEntry } from '../../src/ledger/entry.js';
import { HEAD_KEY } from '../../src/ledger/journal-key.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { LevelJournal, type Batch } from '../../src/ledger/level-journal.js';
import { auditLedger } from '../../src/ledger/audit.js';
import { checkLedger } from '../support/check-ledger.js';
import { tempDirectory } from '../support/temp-directory.js';
import { createLedger, logSigner, openLedger, signPuts } from './build-ledger.js';

const root = tempDirectory();
const trusted = { trusted: true };
let open: Ledger | undefined;
afterEach(() => open?.close());

/** What LevelDB says through classic-level when the system call below it fails. */
function diskError(text: string): Error {
  return Object.assign(new Error(`IO error: 000005.log: ${text}`), { code: 'LEVEL_IO_ERROR' });
}

const full = () => diskError('No space left on device');
const broken = () => diskError('Input/output error');

/** The disk under a real store: fails before or after the batch reaches it. */
class FaultyDisk {
  before: ((batch: Batch) => Promise<void>) | undefined;
  after: (() => Promise<void>) | undefined;

  readonly write = async (batch: Batch): Promise<void> => {
    await this.before?.(batch);
    await batch.write({ sync: true });
    await this.after?.();
  };

  readonly openJournal = (directory: string) => LevelJournal.open(directory, this);

  failBefore(error: () => Error): void {
    this.before = () => Promise.reject(error());
  }

  failAfter(error: () => Error): void {
    this.after = () => Promise.reject(error());
  }

  mend(): void {
    this.before = this.after = undefined;
  }
}

async function openFaulty(): Promise<{ ledger: Ledger; disk: FaultyDisk; directory: string }> {
  const { ledger: made, directory } = await createLedger(root);
  await made.append(await signPuts(made.log, 10), trusted);
  await made.close();
  const disk = new FaultyDisk();
  const ledger = await openLedger(directory, { openJournal: disk.openJournal });
  open = ledger;
  return { ledger, disk, directory };
}

describe('a disk that fails under a group', () => {
  it.each([
    ['full', full, 'STORE_FULL', true],
    ['broken', broken, 'STORE_FAILED', false],
  ])(
    '%s: the caller hears of it, nothing is taken, and the log goes on',
    async (_, error, code, retryable) => {
      const { ledger, disk, directory } = await openFaulty();
      const statements = await signPuts(ledger.log, 5);
      const before = ledger.head();
      disk.failBefore(error);
      await expect(ledger.append(statements, trusted)).rejects.toMatchObject({ code, retryable });
      await expect(ledger.append(statements, trusted)).rejects.toMatchObject({ code });
      expect(ledger.head()).toEqual(before);
      await checkLedger(ledger);
      disk.mend();
      const receipts = await ledger.append(statements, trusted);
      expect(receipts.map(({ seq }) => seq)).toEqual([11, 12, 13, 14, 15]);
      await checkLedger(ledger);
      await ledger.close();
      expect((await auditLedger(directory)).problems).toEqual([]);
    },
  );

  it('does not take a statement twice when the batch had reached the disk after all', async () => {
    const { ledger, disk, directory } = await openFaulty();
    const statements = await signPuts(ledger.log, 5);
    disk.failAfter(broken);
    await expect(ledger.append(statements, trusted)).rejects.toMatchObject({
      code: 'STORE_FAILED',
    });
    disk.mend();
    const receipts = await ledger.append(statements, trusted);
    expect(receipts.map(({ seq, repeated }) => [seq, repeated])).toEqual(
      [11, 12, 13, 14, 15].map((seq) => [seq, true]),
    );
    expect(ledger.head().size).toBe(16);
    await checkLedger(ledger);
    await ledger.close();
    expect((await auditLedger(directory)).problems).toEqual([]);
  });

  it('fails all calls of the group and none of the next', async () => {
    const { ledger, disk } = await openFaulty();
    const calls = await Promise.all([1, 2, 3].map((n) => signPuts(ledger.log, n)));
    disk.failBefore(full);
    const results = await Promise.allSettled(calls.map((call) => ledger.append(call, trusted)));
    expect(results).toMatchObject([1, 2, 3].map(() => ({ reason: { code: 'STORE_FULL' } })));
    disk.mend();
    const receipts = await Promise.all(calls.map((call) => ledger.append(call, trusted)));
    const seqs = receipts.flat().map(({ seq }) => seq);
    expect(seqs.sort((a, b) => a - b)).toEqual([11, 12, 13, 14, 15, 16]);
    await checkLedger(ledger);
  });

  it('never lets the tree in memory run ahead of the disk', async () => {
    const { ledger, disk } = await openFaulty();
    const sizes: number[] = [];
    disk.before = async () => {
      sizes.push(ledger.head().size);
      await expect(ledger.entry(11)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      disk.before = undefined;
    };
    await ledger.append(await signPuts(ledger.log, 3), trusted);
    expect(sizes).toEqual([11]);
    expect(decodeEntry(await ledger.entry(11)).seq).toBe(11);
  });

  it('leaves readers undisturbed', async () => {
    const { ledger, disk } = await openFaulty();
    disk.failBefore(full);
    const statements = await signPuts(ledger.log, 1);
    await expect(ledger.append(statements, trusted)).rejects.toMatchObject({ code: 'STORE_FULL' });
    await checkLedger(ledger);
  });

  it('ends signing for good when the store comes back with less than it had', async () => {
    const { ledger, disk } = await openFaulty();
    let old: Uint8Array | undefined;
    disk.before = async ({ db }) => {
      old ??= await (db as { get(key: Uint8Array): Promise<Uint8Array | undefined> }).get(HEAD_KEY);
    };
    await ledger.append(await signPuts(ledger.log, 2), trusted);
    disk.before = async ({ db }) => {
      await (db as { put(key: Uint8Array, value: Uint8Array): Promise<void> }).put(HEAD_KEY, old!);
      throw broken();
    };
    const statements = await signPuts(ledger.log, 1);
    const checkpoint = ledger.head().checkpoint;
    await expect(ledger.append(statements, trusted)).rejects.toMatchObject({
      code: 'STORE_FAILED',
    });
    disk.mend();
    for (let i = 0; i < 2; i++) {
      await expect(ledger.append(statements, trusted)).rejects.toMatchObject({
        code: 'LOG_DIVERGED',
      });
    }
    expect(ledger.head().checkpoint).toBe(checkpoint);
  });
});

describe('a checkpoint that cannot be stored', () => {
  it('is not shown; the entries are there, and the next attempt publishes them', async () => {
    const { ledger, directory } = await openFaulty();
    const statements = await signPuts(ledger.log, 2);
    const before = readFileSync(join(directory, 'checkpoint'), 'utf8');
    // a directory in the way of the draft: open() fails as on a disk that refuses to write
    mkdirSync(join(directory, 'checkpoint.new'));
    await expect(ledger.append(statements, trusted)).rejects.toMatchObject({
      code: 'STORE_FAILED',
    });
    expect(ledger.head().checkpoint).toBe(before.trimEnd() + '\n');
    expect(readFileSync(join(directory, 'checkpoint'), 'utf8')).toBe(before);
    const [receipt] = await ledger.append(statements, { trusted: true, until: 'SEQUENCED' });
    expect(receipt).toMatchObject({ seq: 11, state: 'SEQUENCED', repeated: true });
    rmSync(join(directory, 'checkpoint.new'), { recursive: true });
    const receipts = await ledger.append(statements, trusted);
    expect(receipts.map(({ seq, state, size }) => [seq, state, size])).toEqual([
      [11, 'PUBLISHED', 13],
      [12, 'PUBLISHED', 13],
    ]);
    await checkLedger(ledger);
  });

  it('is not even made when the signer refuses', async () => {
    const { ledger: made, directory } = await createLedger(root);
    await made.close();
    let isDown = false;
    const sign: typeof logSigner.sign = (bytes) =>
      isDown ? Promise.reject(new Error('the KMS is down')) : logSigner.sign(bytes);
    const ledger = await openLedger(directory, { logSigner: { ...logSigner, sign } });
    open = ledger;
    const statements = await signPuts(ledger.log, 1);
    isDown = true;
    await expect(ledger.append(statements, trusted)).rejects.toThrow();
    expect(ledger.head().size).toBe(1);
    isDown = false;
    const [receipt] = await ledger.append(statements, trusted);
    expect(receipt).toMatchObject({ seq: 1, size: 2, repeated: true });
    await checkLedger(ledger);
  });
});

describe('a store that must be opened again', () => {
  it('stays open for its readers while there is no room to', async () => {
    const { directory } = await openFaulty();
    await requireRoom(directory);
    await expect(requireRoom(directory, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
      code: 'STORE_FULL',
      retryable: true,
    });
  });
});

describe('a directory that cannot be written', () => {
  it('says so in one of our codes', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    await expect(openLedger(join(file, 'ledger'))).rejects.toMatchObject({
      code: expect.stringMatching(/DATA_DIRECTORY_MISSING|STORE_FAILED/),
    });
  });
});
