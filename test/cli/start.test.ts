import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleNdjson } from '../../src/sample/sample.js';
import { tempDirectory } from '../support/temp-directory.js';
import { makeData } from './make-data.js';
import { runCli, spawnCli, stopCli, waitForLine } from './run-cli.js';
import { runHere } from './run-here.js';

describe('provtrail start', () => {
  let node: ChildProcess;
  afterAll(() => stopCli(node, 'SIGKILL'));
  const root = tempDirectory();
  const data = join(root, 'data');
  let url: string;
  let token: string;
  const issue = async (...args: string[]) =>
    (await runHere(['token', '--data', data, ...args])).stdout.trim();

  beforeAll(async () => {
    await makeData(data, 'Running');
    node = spawnCli(['start', '--data', data, '--port', '0', '--json']);
    url = (await waitForLine(node, /"url":"([^"]+)"/))[1]!;
    token = await issue();
  });

  it('answers, and says it is ready', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/graphiql`)).status).toBe(200);
  });

  it.each([['capture', 'x.json'], ['verify'], ['start', '--port', '0']])(
    'keeps a second process out by name: %s',
    async (...args) => {
      await writeFile(join(root, 'x.json'), '{"resourceType":"Patient","id":"x"}');
      const { code, json } = await runCli([...args, '--data', data, '--json'], {
        cwd: root,
      });
      expect(code).toBe(1);
      expect(json()).toMatchObject({ error: { code: 'DATA_DIRECTORY_LOCKED' } });
    },
  );

  it('takes records from another process over HTTP, once', async () => {
    const file = join(root, 'lines.ndjson');
    await writeFile(file, [...sampleNdjson({ records: 700, seed: 8 })].join('\n'));
    const args = ['capture', file, '--url', url, '--token', token, '--json'];
    const first = await runCli(args);
    expect(first.code).toBe(0);
    expect(first.json()).toMatchObject({ captured: 700, refused: 0, head: { size: 701 } });
    expect((await runHere(args)).json()).toMatchObject({
      captured: 700,
      repeated: 700,
      head: { size: 701 },
    });
  });

  it('answers what a record came from', async () => {
    const query = '{ records(filter: {type: "ExplanationOfBenefit"}, first: 1) { nodes { cid } } }';
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const { data: found } = (await response.json()) as {
      data: { records: { nodes: { cid: string }[] } };
    };
    const [{ cid } = { cid: '' }] = found.records.nodes;
    const args = ['lineage', cid, '--url', url, '--token', token];
    const { code, json } = await runHere([...args, '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      root: cid,
      isComplete: true,
      nodes: expect.arrayContaining([
        expect.objectContaining({ type: 'Claim', class: 'fhir.resource' }),
      ]),
      edges: expect.arrayContaining([
        expect.objectContaining({ from: cid, relation: 'wasDerivedFrom' }),
      ]),
    });
    expect((await runHere(args)).stdout).toContain('wasDerivedFrom Claim');
  });

  it('reports what a node refuses with the line it stands on', async () => {
    const lines = '{"resourceType":"Patient","id":"a"}\n\n{"resourceType":"Wizard"}\n';
    const args = ['capture', '-', '--url', url, '--token', token, '--json'];
    const { code, json } = await runCli(args, { stdin: lines });
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      captured: 1,
      refused: 1,
      problems: [{ file: 'stdin', line: 3, code: 'UNKNOWN_RESOURCE_TYPE' }],
    });
  });

  it('refuses a capture without a token, and one by a role that may not write', async () => {
    const file = join(root, 'y.json');
    await writeFile(file, '{"resourceType":"Patient","id":"y"}');
    const anonymous = await runHere(['capture', file, '--url', url, '--json']);
    expect(anonymous.code).toBe(1);
    expect(anonymous.json()).toMatchObject({
      captured: 0,
      problems: [{ code: 'UNAUTHENTICATED' }],
    });
    const reader = await issue('--role', 'auditor');
    const auditor = await runHere(['capture', file, '--url', url, '--token', reader, '--json']);
    expect(auditor.code).toBe(1);
    expect(auditor.json()).toMatchObject({ captured: 0, refused: 1 });
  });

  it('says so when nobody answers', async () => {
    const file = join(root, 'y.json');
    const { code, json } = await runHere([
      'capture',
      file,
      '--url',
      'http://127.0.0.1:9',
      '--json',
    ]);
    expect(code).toBe(1);
    expect(json()).toMatchObject({ problems: [{ code: 'UNAVAILABLE' }] });
  });

  it('stops in good order at SIGTERM, and what it took is whole', async () => {
    expect(await stopCli(node, 'SIGTERM')).toBe(0);
    const { code, json } = await runCli(['verify', '--data', data, '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ verdict: 'VALID', records: 701 });
  });
});
