import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildFirstJourney,
  buildOnwardJourney,
  PHARMA,
} from '../api/graphql/support/build-shipment.js';
import { tempDirectory } from '../support/temp-directory.js';
import { makeData } from './make-data.js';
import { runCli } from './run-cli.js';
import { runHere } from './run-here.js';

interface Report {
  status: string;
  history: { event: { seq: number } }[];
  position: number;
}

describe('provtrail trace', () => {
  const root = tempDirectory();
  const data = join(root, 'data');
  const trace = (...args: string[]) => runHere(['trace', ...args, '--data', data]);

  beforeAll(async () => {
    const files = [buildFirstJourney(), buildOnwardJourney()].map((text, i) => {
      const file = join(root, `journey-${i}.json`);
      writeFileSync(file, text);
      return file;
    });
    await makeData(data, 'Pharmacy');
    const { code } = await runCli(['capture', ...files, '--data', data]);
    expect(code).toBe(0);
  });

  it('prints the state and the history of a unit', async () => {
    const { code, stdout } = await runCli(['trace', PHARMA.unit, '--data', data]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/status +DISPENSED/);
    expect(stdout).toMatch(/shipping +in_transit/);
    expect(stdout).toContain('complete: 10 event(s)');
  });

  it('prints one JSON object, as of a day and as known at an entry', async () => {
    const now = (await trace(PHARMA.unit, '--json')).json<Report>();
    expect(now).toMatchObject({ status: 'DISPENSED', isComplete: true });
    const then = await trace(PHARMA.unit, '--as-of', '2023-04-01', '--json');
    expect(then.json<Report>()).toMatchObject({ status: 'IN_TRANSIT' });
    const knownAt = now.history[1]!.event.seq;
    const early = await trace(PHARMA.unit, '--known-at', String(knownAt), '--json');
    expect(early.json<Report>().history).toHaveLength(2);
  });

  it('writes PROV-JSON and CSV, into a new file of this user alone', async () => {
    const { stdout } = await trace(PHARMA.unit, '--format', 'prov-json');
    expect(JSON.parse(stdout)).toMatchObject({
      prefix: { prov: 'http://www.w3.org/ns/prov#' },
      wasGeneratedBy: {},
    });
    const file = join(root, 'trace.csv');
    const written = await trace(PHARMA.unit, '--format', 'csv', '-o', file, '--json');
    expect(written.json()).toMatchObject({ file, entries: 10, isComplete: true });
    expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(12);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await trace(PHARMA.unit, '--format', 'csv', '-o', file)).code).toBe(1);
  });

  it('says so when nothing is known, when the role may not know, and when it is used wrongly', async () => {
    const unknown = await trace('urn:epc:id:sgtin:030001.0012345.999', '--json');
    expect(unknown.code).toBe(1);
    expect(unknown.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const refused = await trace(PHARMA.unit, '--role', 'auditor', '--json');
    expect(refused.json()).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect((await trace(PHARMA.unit, '--as-of', 'yesterday')).code).toBe(2);
    expect((await trace(PHARMA.unit, '--format', 'csv', '--json')).code).toBe(2);
  });
});
