import { beforeAll, describe, expect, it } from '@jest/globals';
import { copyFile, readdir, readFile, stat, writeFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../src/crypto/bytes.js';
import { ChainVerifier } from '../../src/ledger/verify.js';
import { generateSample, sampleNdjson } from '../../src/sample/sample.js';
import { tempDirectory } from '../support/temp-directory.js';
import { runCli } from './run-cli.js';

interface CaptureReport {
  captured: number;
  repeated: number;
  refused: number;
  warnings: number;
  files: number;
  head: { origin: string; size: number; root: string };
  problems: { file: string; line?: number; code: string; pointer: string; message: string }[];
}

interface VerifyReport {
  verdict: string;
  entries: number;
  records: number;
  blocks: number;
  head: CaptureReport['head'];
  problems: { place: string; code: string }[];
}

const PATIENT = { resourceType: 'Patient', id: 'p1', gender: 'female' };

describe('a data directory, from the command line', () => {
  const root = tempDirectory();
  const data = join(root, 'data');
  const documents = join(root, 'documents');
  const provtrail = (args: string[], stdin?: string) =>
    runCli([...args, '--data', data, '--json'], { stdin });

  beforeAll(async () => {
    const { code, json } = await provtrail(['init', '--org', 'Sample Hospital']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ origin: 'sample-hospital.provtrail', dataDirectory: data });
    await runCli(['generate', '--records', '120', '--seed', '3', '-o', documents]);
  });

  it('is not made twice in one place', async () => {
    const before = await readFile(join(data, 'provtrail.json'), 'utf8');
    const { code, json } = await provtrail(['init', '--org', 'Another']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ error: { code: 'DATA_DIRECTORY_EXISTS' } });
    expect(await readFile(join(data, 'provtrail.json'), 'utf8')).toBe(before);
  });

  it('keeps its keys and its passphrase to its owner', async () => {
    for (const name of ['keys.jwe', 'passphrase']) {
      expect((await stat(join(data, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('keeps no passphrase when one was given, and asks for it', async () => {
    const other = join(root, 'guarded');
    const env = { PROVTRAIL_PASSPHRASE: 'correct horse battery' };
    const made = await runCli(['init', '--org', 'Guarded', '--data', other], { env });
    expect(made.code).toBe(0);
    expect(await readdir(other)).not.toContain('passphrase');
    const { code, json } = await runCli(['token', '--data', other, '--json']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ error: { code: 'KEY_FILE_LOCKED' } });
    expect((await runCli(['token', '--data', other], { env })).code).toBe(0);
  });

  it('takes files in, counts them, and takes nothing twice', async () => {
    const expected = [...generateSample({ records: 120, seed: 3 })].length;
    const first = await provtrail(['capture', documents]);
    expect(first.code).toBe(0);
    const report = first.json<CaptureReport>();
    expect(report).toMatchObject({
      captured: 120,
      refused: 0,
      warnings: 0,
      files: expected,
      problems: [],
    });
    expect(report.head).toMatchObject({ origin: 'sample-hospital.provtrail', size: 121 });
    const again = (await provtrail(['capture', documents])).json<CaptureReport>();
    expect(again).toMatchObject({ captured: 120, repeated: 120, refused: 0, head: report.head });
  });

  it('takes lines from stdin', async () => {
    const lines = [...sampleNdjson({ records: 30, seed: 4 })].join('\n');
    const { code, json } = await provtrail(['capture', '-'], lines);
    expect(code).toBe(0);
    expect(json<CaptureReport>()).toMatchObject({ captured: 30, refused: 0, files: 1 });
  });

  it('names file, line, place and reason of what it refuses, and takes the rest', async () => {
    const file = join(root, 'mixed.ndjson');
    const wrong = { resourceType: 'Patient', id: 'p2', gender: ['female'], name: 'Nobody' };
    await writeFile(
      file,
      [PATIENT, { resourceType: 'Wizard' }, wrong].map((r) => JSON.stringify(r)).join('\n'),
    );
    const { code, json } = await provtrail(['capture', file]);
    const { captured, refused, problems } = json<CaptureReport>();
    expect(code).toBe(1);
    expect(captured + refused).toBe(3);
    expect(problems[0]).toMatchObject({ file, line: 2, code: 'UNKNOWN_RESOURCE_TYPE' });
    expect(problems.every(({ message }) => !message.includes('Nobody'))).toBe(true);
  });

  it('adds only what was mended when a mended file comes again', async () => {
    const file = join(root, 'mended.json');
    const entry = (resource: object) => ({ resource });
    const bundle = (...resources: object[]) =>
      JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map(entry) });
    await writeFile(file, bundle(PATIENT, { resourceType: 'Wizard' }));
    expect((await provtrail(['capture', file])).json<CaptureReport>()).toMatchObject({
      captured: 1,
      refused: 1,
    });
    await writeFile(file, bundle(PATIENT, { resourceType: 'Practitioner', id: 'd1' }));
    expect((await provtrail(['capture', file])).json<CaptureReport>()).toMatchObject({
      captured: 2,
      repeated: 1,
    });
  });

  it('takes all or nothing of a file when told to', async () => {
    const file = join(root, 'all-or-nothing.ndjson');
    await writeFile(
      file,
      `${JSON.stringify({ ...PATIENT, id: 'p9' })}\n{"resourceType":"Wizard"}\n`,
    );
    const { code, json } = await provtrail(['capture', '--mode', 'rollback', file]);
    expect(code).toBe(1);
    expect(json<CaptureReport>()).toMatchObject({ captured: 0, refused: 1 });
  });

  it('goes on after a file that is not there, or is not JSON, or is empty', async () => {
    const path = (name: string) => join(root, name);
    await writeFile(path('broken.json'), '{"resourceType": "Patient",}');
    await writeFile(path('empty.json'), '');
    await writeFile(path('good.json'), JSON.stringify(PATIENT));
    const files = ['absent.json', 'broken.json', 'empty.json', 'good.json'].map(path);
    const { code, json } = await provtrail(['capture', ...files]);
    const report = json<CaptureReport>();
    expect(code).toBe(1);
    expect(report).toMatchObject({ captured: 1, refused: 3, files: 4 });
    expect(report.problems.map((problem) => problem.code)).toEqual([
      'NOT_FOUND',
      'MALFORMED_JSON',
      'EMPTY_INPUT',
    ]);
  });

  it('is found whole by verify', async () => {
    const { code, json } = await provtrail(['verify']);
    const report = json<VerifyReport>();
    expect(report).toMatchObject({ verdict: 'VALID', problems: [] });
    expect(code).toBe(0);
    expect(report.entries).toBe(report.head.size);
    expect(report.records).toBe(report.entries - 1);
    expect(report.blocks).toBe(report.records);
  });

  it('gives the same index when it is rebuilt', async () => {
    const once = (await provtrail(['rebuild'])).json();
    expect(once).toMatchObject({ records: expect.any(Number) });
    expect((await provtrail(['rebuild'])).json()).toEqual(once);
  });

  it('is found damaged when a byte of its checkpoint was flipped', async () => {
    const copy = join(root, 'flipped');
    await cp(data, copy, { recursive: true });
    const file = join(copy, 'ledger', 'checkpoint');
    const bytes = await readFile(file);
    const place = bytes.length - 20;
    bytes[place] = bytes[place]! ^ 1;
    await writeFile(file, bytes);
    const { code, json } = await runCli(['verify', '--data', copy, '--json']);
    expect(code).toBe(3);
    expect(json<VerifyReport>()).toMatchObject({ verdict: 'INVALID' });
  });

  it('is found damaged when a byte of a sealed block was flipped', async () => {
    const copy = join(root, 'rotten');
    await cp(data, copy, { recursive: true });
    const files = (await readdir(join(copy, 'blocks'))).filter((name) => /\.(ldb|log)$/.test(name));
    const sizes = await Promise.all(files.map((name) => stat(join(copy, 'blocks', name))));
    const largest = sizes.reduce((best, { size }, i) => (size > sizes[best]!.size ? i : best), 0);
    const file = join(copy, 'blocks', files[largest]!);
    const bytes = await readFile(file);
    const place = Math.floor(bytes.length / 2);
    bytes[place] = bytes[place]! ^ 1;
    await writeFile(file, bytes);
    const { code, json } = await runCli(['verify', '--data', copy, '--json']);
    expect(code).toBe(3);
    expect(json<VerifyReport>().problems.length).toBeGreaterThan(0);
  });

  it('is found damaged when its description names another log', async () => {
    const copy = join(root, 'renamed');
    await cp(data, copy, { recursive: true });
    await copyFile(join(root, 'guarded', 'provtrail.json'), join(copy, 'provtrail.json'));
    const { code, json } = await runCli(['verify', '--data', copy, '--json']);
    expect(code).toBe(3);
    expect(json<VerifyReport>()).toMatchObject({ verdict: 'INVALID' });
  });

  it('is exported as lines that prove themselves, content included for roles that may read it', async () => {
    const file = join(root, 'export.jsonl');
    const full = await provtrail(['export', '-o', file]);
    expect(full.code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const lines = readLines(await readFile(file, 'utf8'));
    const checkpoint = lines.pop()!;
    const verifier = new ChainVerifier();
    for (const { entry } of lines) await verifier.add(utf8(JSON.stringify(entry)));
    expect(checkpoint).toMatchObject({ kind: 'checkpoint', size: lines.length });
    expect(Buffer.from(await verifier.root()).toString('base64')).toBe(checkpoint['root']);
    const records = lines.filter(({ kind }) => kind === 'record');
    expect(full.json()).toMatchObject({ records: records.length, file });
    expect(records.every(({ content }) => content !== undefined)).toBe(true);
    const again = await provtrail(['export', '-o', file]);
    expect(again.code).toBe(1);
  });

  it('is exported without content for a role that may not read it', async () => {
    const { stdout } = await runCli(['export', '--data', data, '--role', 'auditor']);
    const records = readLines(stdout).filter(({ kind }) => kind === 'record');
    expect(records.length).toBeGreaterThan(100);
    expect(records.every(({ content, state }) => content === undefined && state === 'SEALED')).toBe(
      true,
    );
  });

  it('is exported without its records for a role that may not export, the log being open to all', async () => {
    const { stdout } = await runCli(['export', '--data', data, '--role', 'operator']);
    const kinds = new Set(readLines(stdout).map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['entry', 'checkpoint']));
  });

  it('tells what a record came from, and what came of it', async () => {
    const { stdout } = await runCli(['export', '--data', data]);
    const cidOf = (type: string) =>
      readLines(stdout).find((line) => line['type'] === type)!['cid'] as string;
    const payment = cidOf('ExplanationOfBenefit');
    const up = await provtrail(['lineage', payment]);
    const { nodes, edges, isComplete } = up.json<Lineage>();
    expect(up.code).toBe(0);
    expect(isComplete).toBe(true);
    expect(nodes.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Claim', 'Encounter', 'Condition']),
    );
    expect(
      edges.some(({ from, relation }) => from === payment && relation === 'wasDerivedFrom'),
    ).toBe(true);
    const down = (
      await provtrail(['lineage', cidOf('Encounter'), '--direction', 'downstream'])
    ).json<Lineage>();
    expect(down.nodes.map(({ cid }) => cid)).toContain(payment);
    const short = (await provtrail(['lineage', payment, '--depth', '1'])).json<Lineage>();
    expect(short).toMatchObject({ isComplete: false, reason: 'MAX_DEPTH' });
    const tree = await runCli(['lineage', payment, '--data', data, '--direction', 'both']);
    expect(tree.stdout).toContain('└─ wasDerivedFrom Claim');
  });

  it('knows no lineage of what is no record of it', async () => {
    const absent = await provtrail([
      'lineage',
      'bagaaierakcinsj2xibbhscoly72vbwoyi3tqtj3l3zd3zgtxirq7p7upn5yq',
    ]);
    expect(absent.code).toBe(1);
    expect(absent.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const nonsense = await provtrail(['lineage', 'QmNonsense']);
    expect(nonsense.code).toBe(2);
  });
});

interface Lineage {
  nodes: { cid: string; type: string | null }[];
  edges: { from: string; to: string; relation: string }[];
  isComplete: boolean;
}

function readLines(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
