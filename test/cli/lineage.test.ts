import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFirstJourney, PHARMA } from '../api/graphql/support/build-shipment.js';
import { readProvJson } from '../../src/record/prov/read.js';
import { sameMeaning } from '../record/prov/same-meaning.js';
import { tempDirectory } from '../support/temp-directory.js';
import { makeData } from './make-data.js';
import { runCli, type CliResult } from './run-cli.js';
import { runHere } from './run-here.js';

// Each step is a process of its own, and a busy machine starts processes slowly.
jest.setTimeout(180_000);

interface Answer {
  nodes: { id: string; kind: string; type: string | null; cid: string | null }[];
  edges: { from: string; to: string; relation: string }[];
  isComplete: boolean;
}

interface ExportedLine {
  cid: string;
  seq: number;
  type?: string;
}

const PATIENT = { resourceType: 'Patient', id: 'p1' };
const CLAIM = {
  resourceType: 'Claim',
  id: 'c1',
  status: 'active',
  type: { text: 'x' },
  use: 'claim',
  patient: { reference: 'Patient/p1' },
  created: '2026-01-01',
  provider: { display: 'x' },
  priority: { text: 'x' },
  insurance: [{ sequence: 1, focal: true, coverage: { display: 'x' } }],
};
const EOB = {
  ...{ resourceType: 'ExplanationOfBenefit', id: 'e1', status: 'active', use: 'claim' },
  ...{ type: { text: 'x' }, patient: { reference: 'Patient/p1' }, created: '2026-01-02' },
  ...{ insurer: { display: 'x' }, provider: { display: 'x' }, outcome: 'complete' },
  insurance: [{ focal: true, coverage: { display: 'x' } }],
  claim: { reference: 'Claim/c1' },
};

describe('provtrail lineage', () => {
  const root = tempDirectory();
  const data = join(root, 'data');
  const path = (name: string): string => join(root, name);
  let eob = '';
  const ask = (...args: string[]): Promise<CliResult> => runHere([...args, '--data', data]);
  const lineage = (...args: string[]) => ask('lineage', eob, ...args);
  const findCid = async (isMeant: (line: ExportedLine) => boolean): Promise<string> => {
    const lines = (await ask('export')).stdout.trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as ExportedLine).find(isMeant)!.cid;
  };

  beforeAll(async () => {
    const lines = [PATIENT, CLAIM, EOB].map((resource) => JSON.stringify(resource)).join('\n');
    writeFileSync(path('in.ndjson'), lines);
    writeFileSync(path('journey.json'), buildFirstJourney());
    await makeData(data, 'Riverside Health');
    const files = [path('in.ndjson'), path('journey.json')];
    expect((await runCli(['capture', ...files, '--data', data])).code).toBe(0);
    eob = await findCid(({ type }) => type === 'ExplanationOfBenefit');
  });

  it('prints trees, and the answer as JSON', async () => {
    const table = await runCli(['lineage', eob, '--data', data]);
    expect([table.code, table.stderr]).toEqual([0, '']);
    expect(table.stdout).toMatch(/ExplanationOfBenefit .*\n.*wasDerivedFrom Claim /);
    const pretty = JSON.parse((await lineage('--format', 'json')).stdout) as Answer;
    expect((await lineage('--json')).json()).toEqual(pretty);
    expect(pretty).toMatchObject({ root: eob, isComplete: true });
    expect(pretty.nodes.map(({ type }) => type)).toEqual(['ExplanationOfBenefit', 'Claim']);
  });

  it('writes PROV-JSON that is our own form of it, and is captured into the same lineage', async () => {
    const file = path('lineage.provjson');
    const written = await lineage('--format', 'prov-json', '-o', file, '--json');
    expect(written.json()).toMatchObject({ file, nodes: 2, edges: 1, isComplete: true });
    const text = readFileSync(file, 'utf8');
    expect((await ask('lineage', eob, '--format', 'prov-json')).stdout).toBe(text);
    expect(text).toContain('Riverside Health');
    const converted = await runHere(['prov', 'convert', file]);
    expect([converted.code, converted.stdout]).toEqual([0, text]);
    const oneLine = await lineage('--format', 'prov-json', '--json');
    expect(sameMeaning(readProvJson(oneLine.stdout), readProvJson(text))).toBe(true);

    expect((await ask('capture', file)).code).toBe(0);
    const down = (await lineage('--direction', 'downstream', '--json')).json<Answer>();
    expect(down.nodes.map(({ type }) => type)).toContain('ProvDocument');
  });

  it('writes CSV, JSON lines, and FHIR Provenance, which is captured', async () => {
    const csv = await lineage('--format', 'csv', '--depth', '0');
    expect(csv.stdout.split('\r\n')[1]).toContain(eob);
    expect(csv.stderr).toMatch(/NOT complete \(MAX_DEPTH\)/);
    const lines = (await lineage('--format', 'jsonl')).stdout.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ answer: { nodes: 2, isComplete: true } });

    const fhir = await lineage('--format', 'fhir', '--nodes', '1');
    expect(JSON.parse(fhir.stdout)).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    writeFileSync(path('provenance.json'), (await lineage('--format', 'fhir')).stdout);
    const captured = await ask('capture', path('provenance.json'), '--json');
    expect(captured.json()).toMatchObject({ captured: 2, refused: 0 });
  });

  it('names the things that events are about', async () => {
    const { stdout } = await ask('trace', PHARMA.unit, '--json');
    const { history } = JSON.parse(stdout) as { history: { event: { seq: number } }[] };
    const seq = history[0]!.event.seq;
    const cid = await findCid((line) => line.seq === seq && line.cid !== undefined);
    const both = await ask('lineage', cid, '--direction', 'both', '--json', '--nodes', '50');
    expect(both.json<Answer>().nodes.map(({ kind }) => kind)).toContain('ITEM');
    const prov = await ask('lineage', cid, '--direction', 'both', '--format', 'prov-json');
    expect(readProvJson(prov.stdout).records.map(({ kind }) => kind)).toContain('wasGeneratedBy');
  });

  it('exits 2 when CSV is asked for as JSON, and never writes over a file', async () => {
    expect((await lineage('--format', 'csv', '--json')).code).toBe(2);
    writeFileSync(path('there.csv'), 'x');
    expect((await lineage('--format', 'csv', '-o', path('there.csv'))).code).toBe(1);
    expect(readFileSync(path('there.csv'), 'utf8')).toBe('x');
  });
});
