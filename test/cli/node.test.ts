import { beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Output } from '../../src/cli/output.js';
import { verifyDirectory } from '../../src/cli/verify.js';
import { utf8 } from '../../src/crypto/bytes.js';
import { ChainVerifier } from '../../src/ledger/verify.js';
import { generateSample, sampleNdjson } from '../../src/sample/sample.js';
import { tempDirectory } from '../support/temp-directory.js';
import { runCli } from './run-cli.js';
import { runHere } from './run-here.js';

interface CaptureReport {
  captured: number;
  repeated: number;
  refused: number;
  files: number;
  created: number;
  revised: number;
  head: { origin: string; size: number; root: string };
  problems: { file: string; line?: number; code: string; pointer: string; message: string }[];
}

interface Lineage {
  nodes: { cid: string; type: string | null }[];
  edges: { from: string; to: string; relation: string }[];
}

type ExportedLine = Record<string, unknown>;

const PATIENT = { resourceType: 'Patient', id: 'p1', gender: 'female' };
const WIZARD = { resourceType: 'Wizard' };

const bundle = (...resources: object[]) =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  });
const ndjson = (...records: object[]) => records.map((record) => JSON.stringify(record)).join('\n');
const readLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ExportedLine);

/** One data directory, from its making to its export, by a process a step; each step builds on those before it. */
describe('a data directory, from the command line', () => {
  const root = tempDirectory();
  const data = join(root, 'data');
  const documents = join(root, 'documents');
  const sample = [...generateSample({ records: 120, seed: 3 })];
  const write = (name: string, text: string) => {
    writeFileSync(join(root, name), text);
    return join(root, name);
  };
  const provtrail = (args: string[], stdin?: string) =>
    runCli([...args, '--data', data, '--json'], { stdin });
  const here = (args: string[]) => runHere([...args, '--data', data, '--json']);

  beforeAll(async () => {
    mkdirSync(documents);
    for (const { name, text } of sample) writeFileSync(join(documents, name), text);
    const { code, json } = await provtrail(['init', '--org', 'Sample Hospital']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ origin: 'sample-hospital.provtrail', dataDirectory: data });
  });

  it('is not made twice in one place', async () => {
    const before = readFileSync(join(data, 'provtrail.json'), 'utf8');
    const { code, json } = await here(['init', '--org', 'Another']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ error: { code: 'DATA_DIRECTORY_EXISTS' } });
    expect(readFileSync(join(data, 'provtrail.json'), 'utf8')).toBe(before);
  });

  it('keeps its keys and its passphrase to its owner', () => {
    for (const name of ['keys.jwe', 'passphrase']) {
      expect(statSync(join(data, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('keeps no passphrase when one was given, and asks for it', async () => {
    const other = join(root, 'guarded');
    const env = { PROVTRAIL_PASSPHRASE: 'correct horse battery' };
    const made = await runCli(['init', '--org', 'Guarded', '--data', other], { env });
    expect(made.code).toBe(0);
    expect(readdirSync(other)).not.toContain('passphrase');
    const { code, json } = await runHere(['token', '--data', other, '--json']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ error: { code: 'KEY_FILE_LOCKED' } });
  });

  it('takes in what is good, and names file, line and reason of what is not', async () => {
    const files = [
      write('absent.json', '').replace('absent', 'not-there'),
      write('broken.json', '{"resourceType": "Patient",}'),
      write('empty.json', ''),
      write('mixed.ndjson', ndjson(PATIENT, WIZARD, { ...PATIENT, gender: ['Secret'] })),
      write('mended.json', bundle(PATIENT, WIZARD)),
    ];
    const { code, json, stderr } = await provtrail(['capture', documents, ...files]);
    const report = json<CaptureReport>();
    expect(code).toBe(1);
    expect(report).toMatchObject({ files: sample.length + 5, warnings: 0 });
    expect(report.captured + report.refused).toBe(120 + 3 + 3 + 2);
    expect(report.head).toMatchObject({
      origin: 'sample-hospital.provtrail',
      size: report.created + report.revised + 1,
    });
    // the patient of mixed.ndjson, then another content of it, then in mended.json its source has gone back to the first
    expect(report).toMatchObject({ revised: 2, repeated: 0, created: report.captured - 2 });
    const [absent, broken, empty, unknown] = report.problems;
    expect(absent).toMatchObject({ file: files[0], code: 'NOT_FOUND' });
    expect(broken).toMatchObject({ file: files[1], code: 'MALFORMED_JSON' });
    expect(empty).toMatchObject({ file: files[2], code: 'EMPTY_INPUT' });
    expect(unknown).toMatchObject({ file: files[3], line: 2, code: 'UNKNOWN_RESOURCE_TYPE' });
    expect(report.problems.at(-1)).toMatchObject({
      file: files[4],
      code: 'UNKNOWN_RESOURCE_TYPE',
      pointer: expect.stringMatching(/^\/entry\/1\/resource/),
    });
    expect(JSON.stringify(report.problems) + stderr).not.toContain('Secret');
  });

  it('takes nothing twice, adds what was mended, and reads lines from stdin', async () => {
    const mended = write('mended.json', bundle(PATIENT, { resourceType: 'Practitioner', id: 'd' }));
    const lines = [...sampleNdjson({ records: 30, seed: 4 })].join('\n');
    const { code, json } = await provtrail(['capture', documents, mended, '-'], lines);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ captured: 152, repeated: 121, refused: 0, problems: [] });
  });

  it('takes the same ids of another source for other records', async () => {
    const file = write('mine.json', JSON.stringify({ ...PATIENT, id: 'p7' }));
    const source = ['--source', 'urn:oid:1.2.3'];
    for (const [args, created] of [
      [[], 1],
      [source, 1],
      [source, 0],
    ] as const) {
      const { json } = await here(['capture', ...args, file]);
      expect(json()).toMatchObject({ captured: 1, created, repeated: 1 - created });
    }
    const { code, json } = await here(['capture', '--source', 'here', file]);
    expect(code).toBe(2);
    expect(json()).toMatchObject({ error: { code: 'BAD_USER_INPUT' } });
  });

  it('takes all or nothing of a file when told to', async () => {
    const file = write('all-or-nothing.ndjson', ndjson({ ...PATIENT, id: 'p9' }, WIZARD));
    const { code, json } = await here(['capture', '--mode', 'rollback', file]);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ captured: 0, refused: 1 });
  });

  it('is found whole by verify', async () => {
    const { code, json } = await provtrail(['verify']);
    const report = json<{ entries: number; records: number; blocks: number }>();
    expect(code).toBe(0);
    expect(report).toMatchObject({
      verdict: 'VALID',
      head: { size: report.entries },
      problems: [],
    });
    expect(report.records).toBe(report.entries - 1);
    expect(report.blocks).toBe(report.records);
  });

  it('is found damaged when a byte was flipped', async () => {
    const copy = join(root, 'flipped');
    cpSync(data, copy, { recursive: true });
    const file = join(copy, 'ledger', 'checkpoint');
    const bytes = readFileSync(file);
    const place = bytes.length - 20;
    bytes[place] = bytes[place]! ^ 1;
    writeFileSync(file, bytes);
    const { code, stdout } = await runHere(['verify', '--data', copy]);
    expect(code).toBe(3);
    expect(stdout).toContain('INVALID');
    expect(stdout).toContain('checkpoint');
  });

  it('is found damaged when its description cannot be read or names another log', async () => {
    const copy = join(root, 'described');
    cpSync(data, copy, { recursive: true });
    cpSync(join(root, 'guarded', 'provtrail.json'), join(copy, 'provtrail.json'));
    expect(await verifyDirectory(new Output(), copy)).toMatchObject({ verdict: 'INVALID' });
    writeFileSync(join(copy, 'provtrail.json'), '{');
    expect(await verifyDirectory(new Output(), copy)).toMatchObject({
      verdict: 'INVALID',
      problems: [{ place: 'provtrail.json', code: 'STORE_FAILED' }],
    });
  });

  it('is indexed again from the log alone', async () => {
    const { code, json } = await here(['rebuild']);
    const { entries, records, dangling } = json<Record<string, number>>();
    expect(code).toBe(0);
    expect(records).toBe(entries! - 1);
    expect(dangling).toBe(0);
  });

  describe('exported', () => {
    const file = join(root, 'export.jsonl');
    let lines: ExportedLine[];
    let checkpoint: ExportedLine;
    const cidOf = (type: string) => lines.find((line) => line['type'] === type)!['cid'] as string;

    beforeAll(async () => {
      const { code, json } = await here(['export', '-o', file]);
      expect(code).toBe(0);
      lines = readLines(readFileSync(file, 'utf8'));
      checkpoint = lines.pop()!;
      expect(json()).toMatchObject({ records: lines.length - 1, file });
    });

    it('proves itself: its lines lead to the root of its checkpoint', async () => {
      const verifier = new ChainVerifier();
      for (const { entry } of lines) await verifier.add(utf8(JSON.stringify(entry)));
      expect(checkpoint).toMatchObject({ kind: 'checkpoint', size: lines.length });
      expect(Buffer.from(await verifier.root()).toString('base64')).toBe(checkpoint['root']);
    });

    it('holds every content, for its owner alone, and is not overwritten', async () => {
      const records = lines.filter(({ kind }) => kind === 'record');
      expect(records.every(({ content }) => content !== undefined)).toBe(true);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect((await here(['export', '-o', file])).code).toBe(1);
    });

    it('holds no content for a role that may not read it', async () => {
      const { stdout } = await runHere(['export', '--data', data, '--role', 'auditor']);
      const bare = readLines(stdout).filter(({ kind }) => kind === 'record');
      expect(bare).toHaveLength(lines.length - 1);
      expect(bare.every(({ content, state }) => !content && state === 'SEALED')).toBe(true);
    });

    it('names records whose lineage is told, both ways', async () => {
      const payment = cidOf('ExplanationOfBenefit');
      const up = await here(['lineage', payment]);
      const { nodes, edges } = up.json<Lineage>();
      expect(up.json()).toMatchObject({ root: payment, direction: 'upstream', isComplete: true });
      expect(nodes.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['Claim', 'Encounter', 'Condition']),
      );
      expect(edges).toContainEqual(
        expect.objectContaining({ from: payment, relation: 'wasDerivedFrom' }),
      );
      const claim = cidOf('Claim');
      const tree = await runHere(['lineage', claim, '--data', data, '--direction', 'both']);
      expect(tree.stdout).toContain('wasDerivedFrom Encounter');
      expect(tree.stdout).toContain('source of ExplanationOfBenefit');
      expect(tree.stdout).toContain('complete');
    });
  });

  it('knows no lineage of a record that is not in it', async () => {
    const cid = 'bagaaierakcinsj2xibbhscoly72vbwoyi3tqtj3l3zd3zgtxirq7p7upn5yq';
    const { code, json } = await here(['lineage', cid]);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});
