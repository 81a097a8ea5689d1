import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { buildObservation } from '../support/build-record.js';
import { tempDirectory } from '../support/temp-directory.js';
import { makeData } from './make-data.js';
import { runCli, spawnCli, stopCli, waitForLine } from './run-cli.js';
import { runHere } from './run-here.js';

interface Outcome {
  receipt: { cid: string; rid: string; version: number; repeated: boolean } | null;
  sourceCount: number;
  problems: { file: string; line?: number; code: string }[];
}
interface Summary {
  count: number;
  isComplete: boolean;
  byType: { type: string; count: number }[];
}

const RECORDS = 80;
const root = tempDirectory();
const data = join(root, 'data');
const file = (name: string, text: string) => {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
};
const described = (name: string) => JSON.stringify({ type: 'Dataset', id: 'rates', name });
let cids: string[];
let sources: string;

describe('provtrail dataset and impact', () => {
  beforeAll(async () => {
    await makeData(data, 'Hospital A');
    const lines = Array.from({ length: RECORDS }, (_, n) => buildObservation(n)).join('\n');
    await runCli(['capture', file('records.ndjson', lines), '--data', data]);
    const { stdout } = await runHere(['export', '--data', data]);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { cid?: string });
    cids = rows.flatMap(({ cid }) => cid ?? []);
    sources = file('sources.txt', `${cids.join('\n')}\n\n${cids[0]}\n`);
  });

  it('captures a dataset from a file and a list, once, and its next version', async () => {
    const args = ['dataset', file('a.json', described('Rates')), '--sources', sources];
    const first = await runCli([...args, '--data', data, '--json']);
    expect(first.code).toBe(0);
    expect(first.json<Outcome>()).toMatchObject({
      receipt: { version: 1, repeated: false },
      sourceCount: RECORDS,
      problems: [],
    });
    const again = await runHere([...args, '--data', data]);
    expect(again.stdout).toContain('was there already');
    const next = await runCli(
      [
        'dataset',
        file('b.json', described('Mean rates')),
        '--sources',
        '-',
        '--data',
        data,
        '--json',
      ],
      { stdin: cids.slice(0, 3).join('\n') },
    );
    expect(next.json<Outcome>()).toMatchObject({ receipt: { version: 2 }, sourceCount: 3 });
  });

  it('names the line of a source that is not there, and what is wrong with the file', async () => {
    const bad = file('bad.txt', `${cids[0]}\n\nnobody\n`);
    const args = ['--sources', bad, '--data', data, '--json'];
    const missing = await runHere(['dataset', file('c.json', described('x')), ...args]);
    expect(missing.code).toBe(1);
    expect(missing.json<Outcome>()).toMatchObject({
      receipt: null,
      problems: [{ file: bad, line: 3, code: 'NOT_FOUND' }],
    });
    const none = file('none.json', '{"type":"Dataset"}');
    const refused = await runHere([
      'dataset',
      none,
      '--sources',
      sources,
      '--data',
      data,
      '--json',
    ]);
    expect(refused.json<Outcome>().problems).toMatchObject([
      { file: none, code: 'INVALID_RECORD' },
    ]);
    const absent = await runHere(['dataset', none, '--sources', 'nowhere', '--data', data]);
    expect([absent.code, absent.stderr]).toEqual([1, expect.stringContaining('no file nowhere')]);
    const empty = await runCli(['dataset', none, '--sources', '-', '--data', data]);
    expect(empty.stderr).toContain('EMPTY_INPUT');
  });

  it('finds what came of a record, in words, as JSON lines and as one object', async () => {
    const out = join(root, 'impact.jsonl');
    const asked = await runCli(['impact', cids[5]!, '--data', data, '-o', out, '--json']);
    expect(asked.json<Summary>()).toMatchObject({
      count: 2,
      isComplete: true,
      byType: [{ class: 'dataset', type: 'Dataset', count: 2 }],
      file: out,
    });
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toEqual(['question', 'record', 'record', 'summary']);
    const words = await runHere(['impact', cids[5]!, '--data', data]);
    expect(words.stdout).toContain('2 node(s) downstream');
    expect(words.stdout).toContain('complete: as of entry');
    const nowhere = await runHere(['impact', 'nobody', '--data', data]);
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('NOT_FOUND')]);
  });

  it('verifies and exports the list with the log', async () => {
    const verified = await runCli(['verify', '--data', data, '--json']);
    expect(verified.json()).toMatchObject({ verdict: 'VALID', listBlocks: 2, problems: [] });
    const { stdout } = await runHere(['export', '--data', data]);
    const lists = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; statements: string[] })
      .filter(({ kind }) => kind === 'sources');
    expect(lists.map(({ statements }) => statements.length)).toEqual([RECORDS]);
  });

  describe('through a running node', () => {
    let child: ChildProcess;
    afterAll(() => stopCli(child, 'SIGTERM'));

    it('does the same', async () => {
      const token = (
        await runHere(['token', '--data', data, '--role', 'researcher'])
      ).stdout.trim();
      child = spawnCli(['start', '--data', data, '--port', '0', '--json']);
      const [, url = ''] = await waitForLine(child, /"url":"([^"]+)"/);
      const to = ['--url', url, '--token', token, '--json'];
      const captured = await runHere([
        ...['dataset', file('d.json', described('Remote')), '--sources', sources],
        ...to,
      ]);
      expect(captured.json<Outcome>()).toMatchObject({
        receipt: { version: 3 },
        sourceCount: RECORDS,
      });
      const impact = await runHere(['impact', cids[0]!, ...to]);
      expect(impact.json<Summary>()).toMatchObject({ count: 3, isComplete: true });
      const late = await runHere(['impact', 'nobody', ...to]);
      expect([late.code, late.stderr]).toEqual([1, expect.stringContaining('NOT_FOUND')]);
    });
  });
});
