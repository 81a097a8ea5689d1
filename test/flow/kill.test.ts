import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App } from '../../src/app.js';
import { verifyDataDirectory } from '../../src/query/verification.js';
import { SHARE } from '../support/share.js';
import { tempDirectory } from '../support/temp-directory.js';

/** All of them where nobody waits; each costs the start of a node. */
const ROUNDS = SHARE === 1 ? 200 : 8;
/** Two nodes side by side, one per core. */
const NODES = 2;

interface Acked {
  seq: number;
  recordCid: string;
}

interface Round {
  checked: number;
  acked: Acked[];
}

/** When to kill: so long after the node was up, or after its first acknowledgement. */
interface Moment {
  after: 'up' | 'acked';
  lifeMs: number;
}

/** Starts a node on the directory, which captures as soon as it is up, and kills it with -9 at the moment. */
function runRound(directory: string, expected: Acked[], moment: Moment): Promise<Round> {
  return new Promise((resolve, reject) => {
    const script = join('test', 'flow', 'capture-until-killed.mjs');
    const child = spawn(process.execPath, [script, directory], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let [output, errors, checked] = ['', '', -1];
    child.stderr.on('data', (data) => (errors += String(data)));
    const lines = moment.after === 'up' ? 1 : 2;
    child.stdout.on('data', (data) => {
      output += String(data);
      if (checked >= 0 || output.split('\n').length <= lines) return;
      checked = (JSON.parse(output.split('\n')[0]!) as { checked: number }).checked;
      setTimeout(() => child.kill('SIGKILL'), moment.lifeMs);
    });
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL' || checked < 0) {
        reject(new Error(`the node ended by itself (${code}): ${errors.slice(0, 2000)}`));
        return;
      }
      const lines = output.split('\n').slice(1, -1);
      resolve({ checked, acked: lines.flatMap((line) => (JSON.parse(line) as Round).acked) });
    });
    child.stdin.end(JSON.stringify(expected));
  });
}

async function killAgainAndAgain(directory: string, rounds: number): Promise<number> {
  await App.init(directory, { organisation: 'Hospital A', keyFileRounds: 1_000 });
  let total = 0;
  let expected: Acked[] = [];
  for (let round = 0; round < rounds; round++) {
    const after = round % 4 === 0 ? 'up' : 'acked';
    const { checked, acked } = await runRound(directory, expected, {
      after,
      lifeMs: (round * 37) % 60,
    });
    expect(checked).toBe(expected.length);
    total += acked.length;
    expected = acked;
  }
  return total;
}

describe('a node killed with -9 during capture', () => {
  const root = tempDirectory();

  it(`has every acknowledged record, indexed, and no entry without its block, after each of ${ROUNDS} kills`, async () => {
    expect(existsSync('dist/app.js')).toBe(true); // npm test builds first
    const directories = Array.from({ length: NODES }, (_, i) => join(root, `node-${i}`));
    const totals = await Promise.all(
      directories.map((directory) => killAgainAndAgain(directory, ROUNDS / NODES)),
    );
    for (const [i, directory] of directories.entries()) {
      const verification = await verifyDataDirectory(directory);
      expect(verification.problems).toEqual([]);
      expect(verification.blocks).toBe(verification.records);
      expect(verification.records).toBeGreaterThanOrEqual(totals[i]!);
      expect(totals[i]).toBeGreaterThan(ROUNDS / NODES / 2); // most rounds are acknowledged something
    }
  }, 900_000);
});
