import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openLevel, type LevelWrite } from '../src/level.js';
import { LevelWriter } from '../src/level-writer.js';
import { tempDirectory } from './support/temp-directory.js';

const root = tempDirectory();
const put = (n: number): LevelWrite[] => [
  { type: 'put', key: Uint8Array.of(n), value: Uint8Array.of(n, n) },
];

describe('a writer of a store', () => {
  it('writes what comes together in few batches, in order, and is then idle', async () => {
    const level = await openLevel(join(root, 'few'));
    const writer = new LevelWriter(level);
    let batches = 0;
    level.on('write', () => batches++);
    const again = Uint8Array.of(7);
    const last: LevelWrite[] = [{ type: 'put', key: again, value: Uint8Array.of(1) }];
    await Promise.all([
      ...Array.from({ length: 100 }, (_, n) => writer.write(put(n))),
      writer.write(last),
    ]);
    expect(batches).toBeLessThan(5);
    expect(await level.keys().all()).toHaveLength(100);
    expect(await level.get(again)).toEqual(expect.objectContaining(Uint8Array.of(1)));
    await writer.idle();
    await level.close();
  });

  it('says of a call that it failed, and heals the store for the next', async () => {
    const level = await openLevel(join(root, 'fails'));
    const writer = new LevelWriter(level);
    await level.close();
    const failing = writer.write(put(1));
    const next = writer.write(put(2));
    await expect(failing).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await next;
    expect(await level.keys().all()).toEqual([expect.objectContaining(Uint8Array.of(2))]);
    await level.close();
  });
});
