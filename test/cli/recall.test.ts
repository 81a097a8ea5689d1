import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASE, sgtin, SUPPLY_CHAIN } from '../api/graphql/support/build-supply.js';
import { tempDirectory } from '../support/temp-directory.js';
import { makeData } from './make-data.js';
import { runCli, spawnCli, stopCli, waitForLine } from './run-cli.js';
import { runHere } from './run-here.js';

const GTIN = '10614141073464';
/** What the pharmacy writes of unit 3. */
const DISPENSED = JSON.stringify({
  resourceType: 'MedicationDispense',
  id: 'dispense-3',
  status: 'completed',
  medicationCodeableConcept: { text: 'a drug' },
  subject: { reference: 'Patient/1' },
  identifier: [{ system: 'urn:ietf:rfc:3986', value: sgtin(3) }],
});
const QUESTIONS: string[][] = [
  ['recall', 'A'],
  ['recall', 'A', '--gtin', GTIN, '--as-of', '2026-01-02T00:01:30Z'],
  ['recall', '--item', CASE],
  ['verify-product', '--gtin', GTIN, '--serial', '1', '--lot', 'A', '--expiry', '2099-05-31'],
  ['verify-product', '--scan', `(01)${GTIN}(21)3`],
];

describe('recall and verify-product, from the command line', () => {
  const root = tempDirectory();
  const data = join(root, 'data');
  const local = (...args: string[]) => runHere([...args, '--data', data]);
  const answers: unknown[] = [];
  let node: ChildProcess | undefined;

  beforeAll(async () => {
    const file = join(root, 'events.ndjson');
    writeFileSync(file, [...SUPPLY_CHAIN, DISPENSED].join('\n'));
    await makeData(data, 'Supplier');
    const { code, stderr } = await runCli(['capture', file, '--data', data]);
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  });
  afterAll(() => node && stopCli(node, 'SIGKILL'));

  it('shows a table of where the units are', async () => {
    const { code, stdout } = await runCli(['recall', 'A', '--data', data]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/in transit +2\n/);
    expect(stdout).toMatch(/total +4\n/);
    expect(stdout).toMatch(/marked as recalled +2\n/);
    expect(stdout).toMatch(/reached *\n +patients +1\n +dispensings +1\n +claims +0\n/);
    expect(stdout).toMatch(/matched by serial +1\n/);
    expect(stdout).toMatch(/by site +at site +in transit +dispensed +total\n/);
    expect(stdout).toMatch(/414\/0614141007295 +1 +2 +0 +3\n/);
    expect(stdout).toMatch(/complete: as of .* and entry 5/);
  });

  it('tells the supply chain of no small number of patients', async () => {
    const { code, stdout } = await local('recall', 'A', '--role', 'supply');
    expect(code).toBe(0);
    expect(stdout).toMatch(/dispensed +1\n/);
    expect(stdout).toContain('reached: withheld');
    expect(stdout).not.toContain('patients  ');
    const { reached } = (await local('recall', 'A', '--role', 'supply', '--json')).json() as {
      reached: object;
    };
    expect(reached).toEqual({
      ...{ dispensings: null, claims: null, patients: null, isWithheld: true, byRule: null },
      ...{ isComplete: true, reason: null },
    });
  });

  it('tells by its exit code whether a product is verified', async () => {
    const args = ['--gtin', GTIN, '--serial', '1', '--data', data];
    const right = await runCli(['verify-product', ...args]);
    expect([right.code, right.stdout]).toEqual([0, expect.stringContaining('beware: Recalled')]);
    const unknown = await local('verify-product', '--gtin', GTIN, '--serial', '99', '--json');
    expect(unknown.code).toBe(1);
    expect(unknown.json()).toMatchObject({
      verified: false,
      verificationFailureReason: 'No_match_GTIN_Serial',
      evidence: [],
    });
  });

  it('refuses questions that name nothing, or too much', async () => {
    expect((await local('recall')).code).toBe(2);
    expect((await local('recall', 'A', '--as-of', 'soon')).code).toBe(2);
    const both = await local('verify-product', '--gtin', GTIN, '--scan', 'x');
    expect(both.code).toBe(2);
    const wrong = await local(
      'verify-product',
      '--gtin',
      '10614141073465',
      '--serial',
      '1',
      '--json',
    );
    expect(wrong.json()).toMatchObject({ error: { code: 'BAD_USER_INPUT' } });
  });

  it('answers the same from a running node as from its data directory', async () => {
    for (const question of QUESTIONS) {
      answers.push((await local(...question, '--json')).json());
    }
    const token = (await local('token')).stdout.trim();
    node = spawnCli(['start', '--data', data, '--port', '0', '--json']);
    const url = (await waitForLine(node, /"url":"([^"]+)"/))[1]!;
    for (const [i, question] of QUESTIONS.entries()) {
      const remote = await runHere([...question, '--json', '--url', url, '--token', token]);
      const { asOf: _, verifiedAt: __, ...told } = remote.json();
      expect(answers[i]).toMatchObject(told);
    }
    expect(answers).toMatchObject([
      { counts: { total: 4, inTransit: 2 }, reached: { patients: 1, isWithheld: false } },
      { counts: { total: 4, atSite: 4 }, asOf: '2026-01-02T00:01:30.000Z' },
      { counts: { total: 2 } },
      { verified: true, evidence: [1, 3] },
      { verified: false, verificationFailureReason: 'Not_for_re-distribution' },
    ]);
  });
});
