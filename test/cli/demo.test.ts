import { describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tempDirectory } from '../support/temp-directory.js';
import { runCli, spawnCli, stopCli, waitForLine } from './run-cli.js';

describe('provtrail demo', () => {
  const root = tempDirectory();
  const temporary = join(root, 'tmp');
  mkdirSync(temporary);
  const env = { TMPDIR: temporary };

  it('captures, proves, follows and verifies, in words, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await runCli(['demo', '--records', '400'], { env });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('400 records');
    expect(stdout).toContain('Proven here');
    expect(stdout).toContain('wasDerivedFrom Claim');
    // from the claim through its dispensing to where the pack came from
    expect(stdout).toMatch(
      /wasDerivedFrom \(by PRESCRIPTION\) ObjectEvent .*\n.* used https:\S+\/21\/.*\n.* wasGeneratedBy ObjectEvent/,
    );
    expect(stdout).toMatch(/Reached: [1-9]\d* patients/);
    expect(stdout).toMatch(/status +DISPENSED since/);
    expect(stdout).toMatch(/were recalled: \d+ units/);
    expect(stdout).toMatch(/pharmacy, USD: \d+ claims, billed \d+\.\d\d/);
    expect(stdout).toContain('now it is OUTDATED');
    expect(stdout).toContain('VALID');
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('keeps what it made where it was told to, and leaves the node up when asked to, as its JSON says', async () => {
    const data = join(root, 'kept');
    const args = ['demo', '--records', '150', '--stay', '--data', data, '--json'];
    const demo = spawnCli(args, { env });
    const [line] = await waitForLine(demo, /^\{.*\}$/m);
    expect(JSON.parse(line)).toMatchObject({
      captured: 150,
      record: { isProven: true },
      lineage: { isComplete: true },
      verdict: 'VALID',
      // the genesis, what was captured, a dataset and a correction
      entries: 153,
      dataset: { freshness: ['CURRENT', 'OUTDATED'], impact: 1 },
    });
    const { url, token } = JSON.parse(line) as { url: string; token: string };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{"query":"{ log { head { size } } }"}',
    });
    expect(await response.json()).toMatchObject({ data: { log: { head: { size: 153 } } } });
    expect(await stopCli(demo, 'SIGTERM')).toBe(0);
    expect(existsSync(join(data, 'provtrail.json'))).toBe(true);
  });
});
