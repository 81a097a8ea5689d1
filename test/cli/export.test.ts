import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportEnd } from '../../src/query/export/export-rows.js';
import { sampleNdjson } from '../../src/sample/sample.js';
import { tempDirectory } from '../support/temp-directory.js';
import { makeData } from './make-data.js';
import { runCli, spawnCli, stopCli, waitForLine } from './run-cli.js';
import { runHere } from './run-here.js';

type Row = Record<string, unknown>;

const root = tempDirectory();
const data = join(root, 'data');
const pathOf = (name: string) => join(root, name);
const local = (args: string[]) => runHere(['export', ...args, '--data', data, '--json']);

function linesOf(text: string): { rows: Row[]; end: ExportEnd } {
  const lines = text.trimEnd().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Row);
  return { rows, end: (rows.pop() as { export: ExportEnd }).export };
}

beforeAll(async () => {
  await makeData(data, 'Sample Hospital');
  writeFileSync(pathOf('sample.ndjson'), [...sampleNdjson({ records: 150, seed: 5 })].join('\n'));
  const captured = await runCli(['capture', pathOf('sample.ndjson'), '--data', data, '--json']);
  expect([captured.code, captured.stderr]).toEqual([0, '']);
});

describe('provtrail export --what, from a data directory', () => {
  it('writes JSON lines to stdout, the end last', async () => {
    const args = ['--what', 'records', '--filter', 'type=Claim'];
    const { code, stdout } = await runCli(['export', ...args, '--data', data]);
    const { rows, end } = linesOf(stdout);
    expect(code).toBe(0);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ type }) => type))).toEqual(new Set(['Claim']));
    expect(end).toMatchObject({ isComplete: true, rows: rows.length, cursor: null });
  });

  it('writes CSV into a new file that only its owner reads, and says what it wrote', async () => {
    const path = pathOf('records.csv');
    const { code, json } = await local(['--what', 'records', '--format', 'csv', '-o', path]);
    expect(code).toBe(0);
    const lines = readFileSync(path, 'utf8').split('\r\n');
    expect(json()).toMatchObject({
      what: 'records',
      format: 'csv',
      file: path,
      isComplete: true,
      rows: lines.length - 2,
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('writes Parquet, and leaves nothing in the data directory', async () => {
    const path = pathOf('records.parquet');
    const { code, json } = await local(['--what', 'records', '--format', 'parquet', '-o', path]);
    expect([code, json()]).toMatchObject([0, { isComplete: true }]);
    const bytes = readFileSync(path);
    expect([bytes.subarray(0, 4), bytes.subarray(-4)].map(String)).toEqual(['PAR1', 'PAR1']);
    expect(existsSync(join(data, 'export'))).toBe(false);
  });

  it('overwrites nothing', async () => {
    const path = pathOf('mine.csv');
    writeFileSync(path, 'mine');
    const { code, json } = await local(['--what', 'entries', '--format', 'csv', '-o', path]);
    expect([code, json()]).toMatchObject([1, { error: { code: 'EEXIST' } }]);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('leaves no file behind when the question is wrong', async () => {
    const path = pathOf('wrong.csv');
    for (const args of [
      ['--what', 'secrets'],
      ['--what', 'records', '--filter', 'tpye=Claim'],
      ['--what', 'events', '--role', 'researcher'],
    ]) {
      const { code } = await local([...args, '-o', path]);
      expect(code).not.toBe(0);
      expect(existsSync(path)).toBe(false);
    }
  });

  it('refuses what it cannot do as a wrong use', async () => {
    for (const args of [
      ['--what', 'records', '--format', 'parquet'],
      ['--format', 'csv'],
      ['--what', 'records', '--format', 'xlsx'],
      ['--what', 'records', '--filter', 'type'],
    ]) {
      expect([args, (await local(args)).code]).toEqual([args, 2]);
    }
  });
});

describe('provtrail export --what, from a running node', () => {
  let child: ChildProcess;
  let url: string;
  let token: string;
  const remote = (args: string[]) =>
    runHere(['export', ...args, '--url', url, '--json'], { env: { PROVTRAIL_TOKEN: token } });

  beforeAll(async () => {
    const made = await runHere(['token', '--data', data, '--role', 'clinician', '--json']);
    token = made.json<{ token: string }>().token;
    child = spawnCli(['start', '--data', data, '--port', '0']);
    [url = ''] = await waitForLine(child, /http:\/\/127\.0\.0\.1:\d+/);
  });
  afterAll(() => stopCli(child, 'SIGTERM'));

  it('writes the rows that the data directory gives', async () => {
    const [jsonl, csv, parquet] = ['jsonl', 'csv', 'parquet'].map((name) => pathOf(`far.${name}`));
    const { code, json } = await remote(['--what', 'records', '-o', jsonl!]);
    const { rows, end } = linesOf(readFileSync(jsonl!, 'utf8'));
    expect([code, json()]).toMatchObject([0, { ...end, file: jsonl }]);
    expect(rows).toHaveLength(end.rows);
    expect((await remote(['--what', 'records', '--format', 'csv', '-o', csv!])).code).toBe(0);
    expect(readFileSync(csv!, 'utf8')).toBe(readFileSync(pathOf('records.csv'), 'utf8'));
    const args = ['--what', 'records', '--format', 'parquet', '-o', parquet!];
    expect((await remote(args)).code).toBe(0);
    expect(readFileSync(parquet!).subarray(-4).toString()).toBe('PAR1');
  });

  it('passes on what the node says is wrong, and leaves no file behind', async () => {
    const path = pathOf('refused.csv');
    const refused = await remote(['--what', 'secrets', '-o', path]);
    expect([refused.code, refused.json()]).toMatchObject([
      2,
      { error: { code: 'BAD_USER_INPUT' } },
    ]);
    const args = ['export', '--what', 'records', '--url', url, '-o', path, '--json'];
    const stranger = await runHere(args);
    expect(stranger.json()).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
    expect(existsSync(path)).toBe(false);
  });

  it('says that nobody answers', async () => {
    const args = ['export', '--what', 'records', '--url', 'http://127.0.0.1:9', '--json'];
    expect((await runHere(args)).json()).toMatchObject({ error: { code: 'UNAVAILABLE' } });
  });
});
