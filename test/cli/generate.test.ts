import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDirectory } from '../support/temp-directory.js';
import { runCli, spawnCli } from './run-cli.js';

describe('provtrail generate', () => {
  const root = tempDirectory();

  it('writes the same lines for the same seed', async () => {
    const generate = (seed: string) => runCli(['generate', '--records', '200', '--seed', seed]);
    const [one, again, other] = [await generate('5'), await generate('5'), await generate('6')];
    expect(one.code).toBe(0);
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(200);
    expect(again.stdout).toBe(one.stdout);
    expect(other.stdout).not.toBe(one.stdout);
  });

  it('writes documents into a directory and says how many', async () => {
    const path = join(root, 'sample');
    const { code, json } = await runCli(['generate', '--records', '150', '-o', path, '--json']);
    const names = await readdir(path);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ records: 150, documents: names.length, seed: 1 });
    for (const name of names) JSON.parse(await readFile(join(path, name), 'utf8'));
  });

  it('ends quietly when its reader has had enough', async () => {
    const child = spawnCli(['generate', '--records', '200000']);
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout?.once('data', () => child.stdout?.destroy());
    const [code] = (await once(child, 'close')) as [number | null];
    expect(errors).toBe('');
    expect(code).toBe(0);
  });
});
