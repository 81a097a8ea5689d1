import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SupplyTruth } from '../../src/sample/supply/truth.js';
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

describe('provtrail generate --supply', () => {
  const root = tempDirectory();

  it('writes master data, events and the truth about them into a directory', async () => {
    const path = join(root, 'supply');
    const args = ['generate', '--supply', '--events', '600', '--seed', '3', '-o', path, '--json'];
    const { code, json } = await runCli(args);
    expect(code).toBe(0);
    expect((await readdir(path)).sort()).toEqual([
      'events.ndjson',
      'master-data.jsonld',
      'truth.json',
    ]);
    const truth = await readJson<SupplyTruth>(join(path, 'truth.json'));
    const result = { events: 600, seed: 3, anomalies: truth.anomalies.length, directory: path };
    expect(json()).toEqual(result);
    expect(await readJson(join(path, 'master-data.jsonld'))).toHaveProperty('epcisHeader');
    const lines = (await readFile(join(path, 'events.ndjson'), 'utf8')).trimEnd().split('\n');
    const ids = new Set(lines.map((line) => (JSON.parse(line) as { eventID: string }).eventID));
    expect(lines).toHaveLength(600);
    expect(truth).toMatchObject({ seed: 3, events: 600 });
    expect(truth.anomalies.flatMap(({ eventIDs }) => eventIDs).every((id) => ids.has(id))).toBe(
      true,
    );
  });

  it('gives lines on stdout, master data first, the same for the same seed', async () => {
    const generate = () => runCli(['generate', '--supply', '--events', '300', '--seed', '8']);
    const [one, again] = [await generate(), await generate()];
    const lines = one.stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(301);
    expect(JSON.parse(lines[0]!)).toMatchObject({ type: 'EPCISDocument' });
    expect(JSON.parse(lines[1]!)).toHaveProperty('@context');
    expect(again.stdout).toBe(one.stdout);
  });

  it('makes ten thousand events when nothing is said of size', async () => {
    const path = join(root, 'default');
    const { json } = await runCli(['generate', '--supply', '-o', path, '--json']);
    expect(json()).toMatchObject({ events: 10_000, size: 'S' });
  });

  it.each([
    [['--size', 'S']],
    [['--supply', '--size', 'XL']],
    [['--supply', '--size', 'S', '--events', '500']],
    [['--supply', '--records', '500']],
    [['--supply', '--events', '10']],
  ])('refuses %j', async (args) => {
    const { code, stdout } = await runCli(['generate', ...args]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  it('says in its help how to capture what it writes', async () => {
    const { stdout } = await runCli(['generate', '--help']);
    expect(stdout).toContain('provtrail capture --strict DIR/master-data.jsonld DIR/events.ndjson');
    expect(stdout).toContain('truth.json');
  });
});

async function readJson<Value>(path: string): Promise<Value> {
  return JSON.parse(await readFile(path, 'utf8')) as Value;
}
