import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CheckpointFile } from '../../src/ledger/checkpoint-file.js';
import { tempDirectory } from '../support/temp-directory.js';

const root = tempDirectory();
let count = 0;
let directory: string;
const path = () => join(directory, 'checkpoint');
const inode = () => statSync(path()).ino;

beforeEach(() => {
  directory = join(root, `${count++}`);
  mkdirSync(directory);
});

describe('the checkpoint file', () => {
  it('is not there at first', async () => {
    expect(await new CheckpointFile(directory).read()).toBeUndefined();
  });

  it('holds what was written last, long or short, for whoever opens it', async () => {
    const file = new CheckpointFile(directory);
    const long = `${'x'.repeat(600)}\n`;
    for (const text of ['a\n', 'bb\n\n— c\n', long, 'short again\n', 'a\n']) {
      await file.write(text);
      expect(await new CheckpointFile(directory).read()).toBe(text);
    }
    file.close();
    await file.write('after close\n');
    expect(await file.read()).toBe('after close\n');
    file.close();
  });

  it('is one sector, written over in place', async () => {
    const file = new CheckpointFile(directory);
    await file.write('first\n');
    const before = inode();
    await file.write('second\n');
    expect(inode()).toBe(before);
    expect(readFileSync(path(), 'latin1')).toBe('second\n'.padEnd(512, '\n'));
    file.close();
  });

  it('is replaced by the first write of each process, whatever was there', async () => {
    const first = new CheckpointFile(directory);
    await first.write(`${'x'.repeat(600)}\n`);
    first.close();
    const second = new CheckpointFile(directory);
    await second.write('mine\n');
    expect(await second.read()).toBe('mine\n');
    second.close();
  });

  it('keeps the old text when the new one cannot be written', async () => {
    const first = new CheckpointFile(directory);
    await first.write('old\n');
    first.close();
    mkdirSync(`${path()}.new`);
    const second = new CheckpointFile(directory);
    await expect(second.write('new\n')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await second.read()).toBe('old\n');
    rmSync(`${path()}.new`, { recursive: true });
    await second.write('new\n');
    expect(await second.read()).toBe('new\n');
    second.close();
  });
});
