import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../../src/access/viewer.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildSupply, sgtin } from './support/build-supply.js';
import { captureAll } from './support/capture-all.js';
import {
  ANONYMOUS,
  CLINICIAN,
  RESEARCHER,
  startApi,
  SUPPLY,
  viewerOf,
  type TestApi,
} from './support/start-api.js';

const REACHED = `query ($input: RecallInput!) {
  recall(input: $input) {
    counts { dispensed }
    reached {
      dispensings claims patients isWithheld isComplete reason position
      byRule { rule dispensings claims }
    }
  }
}`;
const RECORDS = `query ($input: RecallInput!, $first: Int, $after: String) {
  recall(input: $input) {
    reached {
      records(first: $first, after: $after) {
        nodes { rule record { seq type content } }
        edges { cursor node { record { seq } } }
        pageInfo { hasNextPage hasPreviousPage endCursor }
      }
    }
  }
}`;

interface Reached {
  dispensings: number | null;
  claims: number | null;
  patients: number | null;
  isWithheld: boolean;
  byRule: { rule: string | null; dispensings: number; claims: number }[] | null;
}

interface ReachedRecords {
  nodes: { rule: string; record: { seq: number; type: string; content: string } }[];
  edges: { cursor: string; node: { record: { seq: number } } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

const MANY = 12;
const FEW = 10;
/** Another product with a lot of the same number. */
const otherUnit = (serial: number) => `urn:epc:id:sgtin:0614141.107347.${serial}`;

/** Units of a lot, each given to somebody of its own. */
function supplyOf(lot: string, minute: number, epcs: string[]): string[] {
  const commissioned = buildSupply({
    minute,
    action: 'ADD',
    epcList: epcs,
    bizStep: 'commissioning',
    ilmd: { 'cbvmda:lotNumber': lot },
  });
  const given = buildSupply({
    minute: minute + 1,
    action: 'OBSERVE',
    epcList: epcs,
    bizStep: 'dispensing',
    disposition: 'dispensed',
  });
  return [commissioned, given];
}

/** What pharmacy and health plan write of one unit: CANARY stands for whom they write of. */
function recordsOf(epc: string, patient: string): string[] {
  const [, serial] = /([^.]+\.\d+)$/.exec(epc)!;
  const subject = { reference: `Patient/${patient}`, display: 'CANARY' };
  const dispense = {
    resourceType: 'MedicationDispense',
    id: `dispense-${serial}`,
    status: 'completed',
    medicationCodeableConcept: { text: 'a drug' },
    subject,
    identifier: [{ system: 'urn:ietf:rfc:3986', value: epc }],
  };
  const claim = {
    resourceType: 'Claim',
    id: `claim-${serial}`,
    status: 'active',
    use: 'claim',
    type: { coding: [{ code: 'pharmacy' }] },
    priority: { text: 'normal' },
    patient: subject,
    created: '2026-01-03',
    provider: { display: 'pharmacy' },
    insurance: [{ sequence: 1, focal: true, coverage: { display: 'plan' } }],
    item: [
      {
        sequence: 1,
        productOrService: { text: 'a drug' },
        udi: [{ identifier: { system: 'urn:ietf:rfc:3986', value: epc } }],
      },
    ],
  };
  return [dispense, claim].map((resource) => JSON.stringify(resource));
}

const serials = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

describe('what a recall has reached, over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi(directory);
    const many = serials(1, MANY).map(sgtin);
    const few = serials(101, FEW).map(sgtin);
    const two = serials(201, MANY).map(otherUnit);
    await captureAll(api, [
      ...supplyOf('MANY', 1, many),
      ...many.flatMap((epc, i) => recordsOf(epc, `many-${i}`)),
      ...supplyOf('FEW', 3, few),
      ...few.flatMap((epc, i) => recordsOf(epc, `few-${i}`)),
      // more dispensings than ten, of fewer patients
      ...supplyOf('SAME', 5, two),
      ...two.flatMap((epc, i) => recordsOf(epc, `same-${i % FEW}`)),
      // the same number as that of another product's lot
      ...supplyOf('MANY', 7, [otherUnit(301)]),
      ...recordsOf(otherUnit(301), 'one'),
    ]);
  });
  afterAll(() => api.close());

  const gtin = '10614141073464';
  const reached = async (viewer: Viewer, input: object) =>
    (await api.get<{ recall: { reached: Reached } }>(viewer, REACHED, { input })).recall.reached;
  const WITHHELD = {
    ...{ dispensings: null, claims: null, patients: null, isWithheld: true, byRule: null },
  };

  it('is told exactly to those who may read the records', async () => {
    for (const role of ['clinician', 'payer', 'service'] as const) {
      expect(await reached(viewerOf(role), { lot: 'FEW' })).toMatchObject({
        ...{ dispensings: FEW, claims: FEW, patients: FEW, isWithheld: false, isComplete: true },
        byRule: [{ rule: 'SERIAL', dispensings: FEW, claims: FEW }],
      });
    }
    const same = await reached(CLINICIAN, { lot: 'SAME' });
    expect(same).toMatchObject({ dispensings: MANY, claims: MANY, patients: FEW });
    const both = await reached(CLINICIAN, { lot: 'MANY' });
    expect(both).toMatchObject({ dispensings: MANY + 1, patients: MANY + 1 });
    expect(await reached(CLINICIAN, { lot: 'nobody knows' })).toMatchObject({ patients: 0 });
  });

  it('is told to the supply chain in numbers of eleven and more, all of them or none', async () => {
    expect(await reached(SUPPLY, { lot: 'MANY', gtin })).toMatchObject({
      ...{ dispensings: MANY, claims: MANY, patients: MANY, isWithheld: false, byRule: null },
    });
    for (const lot of ['FEW', 'SAME', 'nobody knows']) {
      expect(await reached(SUPPLY, { lot })).toMatchObject(WITHHELD);
    }
  });

  it('gives the supply chain no two answers that differ by a few patients', async () => {
    const now = new Date().toISOString();
    for (const input of [
      // as much as lot MANY of that product, and one patient more
      ...[{ lot: 'MANY' }, { gtin }],
      ...[{ item: sgtin(1) }, { lot: 'MANY', gtin, asOf: now }],
      { lot: 'MANY', gtin, knownAt: 10 },
    ]) {
      expect(await reached(SUPPLY, input)).toMatchObject(WITHHELD);
      expect((await reached(CLINICIAN, input)).isWithheld).toBe(false);
    }
  });

  it('is told to nobody else', async () => {
    const variables = { input: { lot: 'MANY', gtin } };
    expect(await api.fail(ANONYMOUS, REACHED, variables)).toBe('UNAUTHENTICATED');
    for (const viewer of [RESEARCHER, viewerOf('auditor'), viewerOf('patient')]) {
      expect(await api.fail(viewer, REACHED, variables)).toBe('FORBIDDEN');
    }
  });

  it('opens into its records, page by page, for those who may read them', async () => {
    const input = { lot: 'FEW' };
    const page = async (viewer: Viewer, variables: object) =>
      (
        await api.get<{ recall: { reached: { records: ReachedRecords } } }>(viewer, RECORDS, {
          input,
          ...variables,
        })
      ).recall.reached.records;
    const found: ReachedRecords['nodes'] = [];
    for (let after: string | undefined, more = true; more;) {
      const { nodes, pageInfo } = await page(CLINICIAN, { first: 8, after });
      found.push(...nodes);
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    const seqs = found.map(({ record }) => record.seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(found).toHaveLength(2 * FEW);
    expect(found.every(({ record }) => record.content.includes('Patient/few-'))).toBe(true);
    const one = await page(CLINICIAN, { first: 3 });
    const after = one.pageInfo.endCursor;
    expect(one.edges.at(-1)!.cursor).toBe(after);
    for (const [viewer, other] of [
      [CLINICIAN, { input: { lot: 'MANY' }, after }],
      [viewerOf('payer'), { input, after }],
      [CLINICIAN, { input, after: 'x' }],
    ] as const) {
      expect(await api.fail(viewer, RECORDS, other)).toBe('BAD_CURSOR');
    }
    expect(await page(SUPPLY, { first: 3 })).toBeNull();
    const told = JSON.stringify(await api.ask(SUPPLY, RECORDS, { input }));
    expect(told).not.toMatch(/CANARY|Patient/);
  });
});
