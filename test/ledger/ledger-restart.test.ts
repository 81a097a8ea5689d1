import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { formatCheckpoint } from '../../src/ledger/checkpoint.js';
import { entryKey, HEAD_KEY, tileKey } from '../../src/ledger/journal-key.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { openLevel, type Level } from '../../src/level.js';
import { checkLedger } from '../support/check-ledger.js';
import { tempDirectory } from '../support/temp-directory.js';
import {
  author,
  createLedger,
  logSigner,
  openLedger,
  ORIGIN,
  signPuts,
  START,
  stranger,
} from './build-ledger.js';

const root = tempDirectory();
const trusted = { trusted: true };
const diverged = { code: 'LOG_DIVERGED' };
let copies = 0;

/** A closed log of that many entries, genesis included. */
async function closedLedger(size: number): Promise<string> {
  const { ledger, directory } = await createLedger(root);
  if (size > 1) await ledger.append(await signPuts(ledger.log, size - 1), trusted);
  await ledger.close();
  return directory;
}

function copyOf(directory: string): string {
  const copy = join(root, `copy-${copies++}`);
  cpSync(directory, copy, { recursive: true });
  return copy;
}

async function edit(directory: string, change: (level: Level) => Promise<void>): Promise<void> {
  const level = await openLevel(directory);
  await change(level);
  await level.close();
}

const checkpointOf = (directory: string) =>
  readFileSync(join(directory, 'checkpoint'), 'utf8').trimEnd() + '\n';

describe('a log that is opened again', () => {
  it.each([1, 2, 255, 256, 257, 600])(
    'goes on at %d entries as if it had not stopped',
    async (size) => {
      const directory = await closedLedger(size);
      const before = checkpointOf(directory);
      const ledger = await openLedger(directory);
      expect(ledger.head()).toMatchObject({ size, checkpoint: before });
      await ledger.append(await signPuts(ledger.log, 3), trusted);
      await checkLedger(ledger);
      const { root: newRoot } = ledger.head();
      await ledger.close();
      const again = await openLedger(directory);
      expect(again.head()).toMatchObject({ size: size + 3, root: newRoot });
      await checkLedger(again);
      await again.close();
    },
  );

  it('still knows the statements it took', async () => {
    const { ledger, directory } = await createLedger(root);
    const statements = await signPuts(ledger.log, 2);
    const first = await ledger.append(statements, trusted);
    await ledger.close();
    const again = await openLedger(directory);
    const repeated = await again.append(statements, trusted);
    expect(repeated.map(({ seq, entryCid }) => [seq, entryCid])).toEqual(
      first.map(({ seq, entryCid }) => [seq, entryCid]),
    );
    expect(again.head().size).toBe(3);
    expect([again.log, again.origin, again.authorKid]).toEqual([ledger.log, ORIGIN, author.kid]);
    await again.close();
  });

  it('publishes what was durable when the process died before the checkpoint', async () => {
    const old = await closedLedger(5);
    const directory = copyOf(old);
    const ledger = await openLedger(directory);
    await ledger.append(await signPuts(ledger.log, 4), trusted);
    await ledger.close();
    writeFileSync(join(directory, 'checkpoint'), checkpointOf(old));
    const again = await openLedger(directory);
    expect(again.head().size).toBe(9);
    expect(checkpointOf(directory)).toBe(again.head().checkpoint);
    await checkLedger(again);
    await again.close();
  });

  it('signs its first checkpoint when the process died right after the genesis', async () => {
    const directory = await closedLedger(1);
    rmSync(join(directory, 'checkpoint'));
    const ledger = await openLedger(directory);
    expect(ledger.head().size).toBe(1);
    await checkLedger(ledger);
    await ledger.close();
  });

  it('is opened by one at a time', async () => {
    const { ledger, directory } = await createLedger(root);
    await expect(openLedger(directory)).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_LOCKED',
      retryable: true,
    });
    await ledger.close();
    await (await openLedger(directory)).close();
  });

  it('is opened with its own key only', async () => {
    const directory = await closedLedger(3);
    await expect(openLedger(directory, { logSigner: stranger })).rejects.toMatchObject({
      code: 'KEY_REFUSED',
    });
    await (await openLedger(directory)).close();
  });

  it('is not begun where something is, nor opened where nothing is', async () => {
    const directory = await closedLedger(2);
    const create = (path: string) =>
      Ledger.create(path, {
        organisation: { name: 'A', slug: 'a', identifiers: {} },
        origin: 'a.provtrail',
        logSigner,
        authorSigner: author,
        now: () => START,
      });
    await expect(create(directory)).rejects.toMatchObject({ code: 'DATA_DIRECTORY_EXISTS' });
    const empty = join(root, 'empty');
    mkdirSync(empty);
    for (const path of [empty, join(root, 'nowhere')]) {
      await expect(openLedger(path)).rejects.toMatchObject({ code: 'DATA_DIRECTORY_MISSING' });
    }
    expect(existsSync(join(empty, 'CURRENT'))).toBe(false);
    await (await create(empty)).close();
    await (await openLedger(directory)).close();
  });
});

describe('a log that no longer fits what it signed is not signed again', () => {
  it('when its tail was cut off', async () => {
    const directory = await closedLedger(40);
    const old = copyOf(directory);
    const ledger = await openLedger(directory);
    await ledger.append(await signPuts(ledger.log, 10), trusted);
    await ledger.close();
    cpSync(join(directory, 'checkpoint'), join(old, 'checkpoint'));
    const kept = checkpointOf(old);
    await expect(openLedger(old)).rejects.toMatchObject(diverged);
    expect(checkpointOf(old)).toBe(kept);
  });

  it('when a restored backup has grown another way', async () => {
    const directory = await closedLedger(40);
    const backup = copyOf(directory);
    for (const path of [directory, backup]) {
      const ledger = await openLedger(path);
      await ledger.append(await signPuts(ledger.log, 10), trusted);
      await ledger.close();
    }
    cpSync(join(directory, 'checkpoint'), join(backup, 'checkpoint'));
    await expect(openLedger(backup)).rejects.toMatchObject(diverged);
    const ledger = await openLedger(directory);
    await checkLedger(ledger);
    await ledger.close();
  });

  it('when the checkpoint is of another root, though signed by the right key', async () => {
    const directory = await closedLedger(300);
    for (const size of [1, 256, 299, 300]) {
      const forged = { origin: ORIGIN, size, root: new Uint8Array(32).fill(7) };
      writeFileSync(join(directory, 'checkpoint'), await formatCheckpoint(forged, logSigner));
      await expect(openLedger(directory)).rejects.toMatchObject(diverged);
    }
  });

  it('when the checkpoint is gone, damaged or of a stranger', async () => {
    const directory = await closedLedger(8);
    const path = join(directory, 'checkpoint');
    const text = checkpointOf(directory);
    const foreign = { origin: ORIGIN, size: 1, root: new Uint8Array(32) };
    for (const forged of [
      '',
      text.slice(0, -5),
      text.replace(ORIGIN, 'clinic-b.provtrail'),
      text.replace('\n8\n', '\n7\n'),
      await formatCheckpoint(foreign, stranger),
    ]) {
      writeFileSync(path, forged);
      await expect(openLedger(directory)).rejects.toMatchObject(diverged);
    }
    rmSync(path);
    await expect(openLedger(directory)).rejects.toMatchObject(diverged);
    writeFileSync(path, text);
    await (await openLedger(directory)).close();
  });

  it('when the entries are gone and the checkpoint is left', async () => {
    const directory = await closedLedger(8);
    const left = join(root, 'left');
    mkdirSync(left);
    cpSync(join(directory, 'checkpoint'), join(left, 'checkpoint'));
    await expect(openLedger(left)).rejects.toMatchObject(diverged);
    expect(existsSync(join(left, 'CURRENT'))).toBe(false);
  });

  it.each([
    ['the head', HEAD_KEY],
    ['a tile of the right edge', tileKey(0, 1)],
    ['the tile above', tileKey(1, 0)],
    ['one of the newest entries', entryKey(299)],
  ])('when %s is gone', async (_, key) => {
    const directory = await closedLedger(300);
    await edit(directory, (level) => level.del(key));
    await expect(openLedger(directory)).rejects.toMatchObject(diverged);
  });

  it('when a whole group in its middle is gone, as LevelDB drops a damaged batch', async () => {
    const { ledger, directory } = await createLedger(root);
    for (let i = 0; i < 3; i++) await ledger.append(await signPuts(ledger.log, 5), trusted);
    await ledger.close();
    await edit(directory, async (level) => {
      for (let seq = 6; seq < 11; seq++) await level.del(entryKey(seq));
    });
    await expect(openLedger(directory)).rejects.toMatchObject(diverged);
  });

  it('when the right edge was changed', async () => {
    const directory = await closedLedger(300);
    await edit(directory, async (level) => {
      const tile = Uint8Array.from((await level.get(tileKey(0, 1)))!);
      tile[40]! ^= 1;
      await level.put(tileKey(0, 1), tile);
    });
    await expect(openLedger(directory)).rejects.toMatchObject(diverged);
  });
});
