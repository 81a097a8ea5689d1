import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Archive } from '../../src/archive/archive.js';
import { Keyring } from '../../src/crypto/keyring.js';
import type { RecordNode } from '../../src/graph/record/record-node.js';
import { identifiersOf, openContent } from '../../src/query/content.js';
import { Reader, type QueryRooms } from '../../src/query/reader.js';
import { buildVisit, CANARY } from '../api/graphql/support/build-visit.js';
import { captureAll } from '../api/graphql/support/capture-all.js';
import { CLINICIAN, RESEARCHER, startApi, type TestApi } from '../api/graphql/support/start-api.js';
import { tempDirectory } from '../support/temp-directory.js';

describe('content', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let node: RecordNode;
  let other: RecordNode;
  let emptyArchive: Archive;
  let emptyKeyring: Keyring;

  beforeAll(async () => {
    api = await startApi(directory);
    const captured = await captureAll(api, [buildVisit(1)]);
    const seqs = captured.map(({ seq }) => seq);
    const found = await api.app.graph.read.recordsBySeq(seqs);
    [node, other] = found as [RecordNode, RecordNode];
    emptyArchive = await Archive.open(join(directory, 'no-blocks'));
    emptyKeyring = await Keyring.open(join(directory, 'no-keys'), new Uint8Array(32));
  });
  afterAll(async () => {
    await emptyArchive.close();
    await emptyKeyring.close();
    await api.close();
  });

  const open = (overrides: Partial<QueryRooms>, row = node, viewer = CLINICIAN) =>
    openContent(new Reader({ ...api.rooms, ...overrides }, viewer), row);

  it('is opened for those who may read it', async () => {
    const content = await open({});
    expect(content).toMatchObject({ state: 'AVAILABLE', mediaType: 'application/fhir+json' });
    expect(content.text).toContain(CANARY);
    expect(identifiersOf(content)).toContainEqual({ system: 'urn:mrn', value: `${CANARY}-1` });
  });

  it('is UNAVAILABLE when its block is missing', async () => {
    expect(await open({ archive: emptyArchive })).toEqual({ state: 'UNAVAILABLE' });
  });

  it('is SEALED on a node without its key', async () => {
    expect(await open({ keyring: emptyKeyring })).toEqual({ state: 'SEALED' });
  });

  it('is UNAVAILABLE when its block is another record, or another version', async () => {
    const swapped = { ...node, recordCid: other.recordCid };
    expect(await open({}, swapped)).toEqual({ state: 'UNAVAILABLE' });
    expect(await open({}, { ...node, rid: other.rid })).toEqual({ state: 'UNAVAILABLE' });
    expect(await open({}, { ...node, ver: 2 })).toEqual({ state: 'UNAVAILABLE' });
  });

  it('is SEALED to those who may not read it, whatever became of it', async () => {
    const sealed = { state: 'SEALED' };
    expect(await open({}, node, RESEARCHER)).toEqual(sealed);
    expect(await open({ archive: emptyArchive }, node, RESEARCHER)).toEqual(sealed);
    expect(await open({ keyring: emptyKeyring }, node, RESEARCHER)).toEqual(sealed);
    expect(identifiersOf(await open({}, node, RESEARCHER))).toBeNull();
  });

  it('is not opened when the time for the request is over', async () => {
    const limits = { ...api.rooms.limits, deadlineMs: 0 };
    await expect(open({ limits })).rejects.toMatchObject({ code: 'DEADLINE' });
  });
});
