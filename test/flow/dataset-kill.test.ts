import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App } from '../../src/app.js';
import { Archive } from '../../src/archive/archive.js';
import { verifyDataDirectory } from '../../src/query/verification.js';
import { SHARE } from '../support/share.js';
import { tempDirectory } from '../support/temp-directory.js';

const ROUNDS = SHARE === 1 ? 30 : 2;

interface Acked {
  seq: number;
  recordCid: string;
}

/** Starts a node that captures datasets, and kills it with -9 so long after its first acknowledgement; it may do so itself. */
function runRound(directory: string, expected: Acked[], lifeMs?: number): Promise<Acked[]> {
  return new Promise((resolve, reject) => {
    const script = join('test', 'flow', 'dataset-until-killed.mjs');
    const args = lifeMs === undefined ? [script, directory, 'between'] : [script, directory];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let [output, errors, isDoomed] = ['', '', false];
    child.stderr.on('data', (data) => (errors += String(data)));
    child.stdout.on('data', (data) => {
      output += String(data);
      if (lifeMs === undefined || isDoomed || output.split('\n').length <= 2) return;
      isDoomed = true;
      setTimeout(() => child.kill('SIGKILL'), lifeMs);
    });
    child.on('close', (code, signal) => {
      const [checked = '{}', ...lines] = output.split('\n').slice(0, -1);
      const isWhole = (JSON.parse(checked) as { checked?: number }).checked === expected.length;
      if (signal !== 'SIGKILL' || !isWhole) {
        reject(new Error(`the node ended by itself (${code}): ${errors.slice(0, 2000)}`));
        return;
      }
      resolve(lines.map((line) => (JSON.parse(line) as { acked: Acked }).acked));
    });
    child.stdin.end(JSON.stringify(expected));
  });
}

describe('a node killed with -9 while it captures datasets', () => {
  const root = tempDirectory();

  it('has every acknowledged dataset with all its sources, and no list that is not whole', async () => {
    expect(existsSync('dist/app.js')).toBe(true); // npm test builds first
    const directory = join(root, 'data');
    await App.init(directory, { organisation: 'Hospital A', keyFileRounds: 1_000 });
    let expected: Acked[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      expected = await runRound(directory, expected, (round * 53) % 200);
      expect(expected.length).toBeGreaterThan(0);
    }
    const { problems, listBlocks } = await verifyDataDirectory(directory);
    expect(problems).toEqual([]);
    expect(listBlocks).toBeGreaterThanOrEqual(3 * ROUNDS);
  }, 900_000);

  it('leaves blocks nobody names when it dies between the list and the statement', async () => {
    const directory = join(root, 'between');
    await App.init(directory, { organisation: 'Hospital A', keyFileRounds: 1_000 });
    expect(await runRound(directory, [])).toEqual([]);
    const { verdict, records, blocks, listBlocks } = await verifyDataDirectory(directory);
    expect([verdict, records, blocks, listBlocks]).toEqual(['VALID', 5_000, 5_000, 0]);
    const archive = await Archive.open(join(directory, 'blocks'));
    try {
      expect(await archive.count()).toBe(5_000 + 3);
    } finally {
      await archive.close();
    }
  });
});
