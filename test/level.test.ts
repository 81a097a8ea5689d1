import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openLevel } from '../src/level.js';
import { tempDirectory } from './support/temp-directory.js';

const root = tempDirectory();

/** Writes under a file size limit, which the operating system enforces like a full disk. */
const SCRIPT = `
  const { openLevel, writeSynced } = await import('./dist/level.js');
  const level = await openLevel(process.argv[1]);
  const put = (n, size) => writeSynced(level, [
    { type: 'put', key: Uint8Array.of(n), value: new Uint8Array(size).fill(n) }]);
  const outcomes = [];
  for (const [n, size] of [[1, 100_000], [2, 100_000], [3, 400_000], [4, 1_000], [5, 1_000]]) {
    outcomes.push(await put(n, size).then(() => 'ok', (error) => error.code));
  }
  await level.close();
  console.log(JSON.stringify(outcomes));
`;

describe('a store that is full', () => {
  it('says STORE_FULL, goes on with what fits, and loses nothing it acknowledged', async () => {
    const path = join(root, 'full');
    const command = `trap '' XFSZ; ulimit -f 400; exec "$0" --input-type=module -e "$1" "$2"`;
    const run = spawnSync('bash', ['-c', command, process.execPath, SCRIPT, path], {
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual(['ok', 'ok', 'STORE_FULL', 'ok', 'ok']);
    const level = await openLevel(path);
    const stored = await Promise.all([1, 2, 3, 4, 5].map((n) => level.get(Uint8Array.of(n))));
    expect(stored.map((value) => value?.length)).toEqual([
      100_000,
      100_000,
      undefined,
      1_000,
      1_000,
    ]);
    await level.close();
  });
});
