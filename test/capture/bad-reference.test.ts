import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { App } from '../../src/app.js';
import { GraphReader } from '../../src/graph/graph-reader.js';
import { buildObservation } from '../support/build-record.js';
import { startApp } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';

const root = tempDirectory();
let app: App;
let index: GraphReader;

beforeAll(async () => {
  app = await startApp(root);
  index = GraphReader.open(join(app.config.dataDirectory, 'graph.sqlite'));
});
afterAll(async () => {
  index.close();
  await app.close();
});

async function capture(...texts: string[]) {
  const documents = texts.map((text) => ({ text }));
  const result = await app.capture.capture({ documents, mode: 'proceed', waitFor: 'INDEXED' });
  const { dangling } = index.status();
  return { ...result, dangling };
}

function edgesOf(cid: string): string[] {
  const { edges } = index.edgesOf(cid, 'UPSTREAM');
  return edges.map(({ relation, path }) => `${relation} ${path}`).sort();
}

const derived = (n: number, ...ids: number[]) =>
  buildObservation(n, {
    subject: undefined,
    ...(ids.length > 0 && {
      derivedFrom: ids.map((id) => ({ reference: `Observation/obs-${id}` })),
    }),
  });

describe('references that lead nowhere, or in a circle', () => {
  it('dangle until their target comes, also within a source only', async () => {
    const first = await capture(derived(1, 2));
    const before = first.dangling;
    expect(before).toBeGreaterThan(0);
    // another record of that id, of another source, is not the one meant
    const documents = [{ text: derived(2) }];
    const source = 'https://other.example';
    await app.capture.capture({ documents, mode: 'proceed', waitFor: 'INDEXED', source });
    expect(index.status().dangling).toBe(before);
    expect((await capture(derived(2))).dangling).toBe(before - 1);
    expect(edgesOf(first.receipts[0]!.recordCid)).toEqual(['wasDerivedFrom /derivedFrom/0']);
  });

  it('are answered for a record that refers to itself, and for a cycle', async () => {
    const { receipts } = await capture(derived(10, 10), derived(11, 12), derived(12, 11));
    for (const { recordCid } of receipts) {
      expect(edgesOf(recordCid)).toEqual(['wasDerivedFrom /derivedFrom/0']);
    }
  });

  it('heal from the side of a Provenance too', async () => {
    const text = JSON.stringify({
      resourceType: 'Provenance',
      id: 'x1',
      target: [{ reference: 'Observation/obs-20' }],
      recorded: '2026-01-02T03:04:05Z',
      agent: [{ who: { display: 'x' } }],
      entity: [{ role: 'removal', what: { reference: 'Observation/obs-21' } }],
    });
    await capture(text);
    const { receipts } = await capture(derived(20), derived(21));
    expect(edgesOf(receipts[0]!.recordCid)).toEqual(['wasGeneratedBy /target/0']);
    expect(edgesOf(receipts[1]!.recordCid)).toEqual(['wasInvalidatedBy /entity/0/what']);
  });

  it('are refused with a code when a hundred thousand of them outgrow a record', async () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => i);
    const { receipts, problems } = await capture(derived(30, ...ids));
    expect(receipts).toEqual([]);
    expect(problems).toMatchObject([{ code: 'TOO_LARGE' }]);
  });

  it('are answered when as many as a record can hold fit in', async () => {
    const derivedFrom = Array.from({ length: 30_000 }, (_, i) => ({ reference: `Basic/${i}` }));
    const before = index.status().dangling;
    const call = await capture(buildObservation(31, { subject: undefined, derivedFrom }));
    expect(call.problems).toEqual([]);
    expect(call.dangling).toBe(before + 30_000);
  });
});
