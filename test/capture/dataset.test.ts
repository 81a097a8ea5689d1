import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { App } from '../../src/app.js';
import { parseCid } from '../../src/crypto/cid.js';
import { captureDataset, type DatasetCapture } from '../../src/capture/dataset.js';
import { decodeEntry } from '../../src/ledger/entry.js';
import { readSourceList } from '../../src/ledger/source-list.js';
import { decodeStatement, type RecordPut } from '../../src/ledger/statement.js';
import { buildObservation } from '../support/build-record.js';
import { checkLedger } from '../support/check-ledger.js';
import { startApp } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';

const root = tempDirectory();
let app: App;
let statements: string[];

beforeAll(async () => {
  app = await startApp(root);
  const documents = Array.from({ length: 100 }, (_, n) => ({ text: buildObservation(n) }));
  const { receipts } = await app.capture.capture({ documents, mode: 'proceed' });
  statements = receipts.map(({ statementCid }) => statementCid);
});
afterAll(() => app.close());

const describeDataset = (id: string, name = 'Rates') =>
  JSON.stringify({ type: 'Dataset', id, name, result: { value: 61.5 } });

function capture(id: string, sources: string[], input: Partial<DatasetCapture> = {}) {
  return captureDataset(app, { text: describeDataset(id), sources, waitFor: 'INDEXED', ...input });
}

async function statementAt(seq: number): Promise<RecordPut> {
  return decodeStatement(decodeEntry(await app.ledger.entry(seq)).statement) as RecordPut;
}

async function edgesOf(cid: string) {
  return (await app.graph.read.edgesOf(cid, 'UPSTREAM')).edges;
}

describe('capture of a dataset', () => {
  it('names few sources in the statement itself', async () => {
    const few = statements.slice(0, 64);
    const { seq, recordCid } = await capture('few', few);
    const { links, sources, class: recordClass } = await statementAt(seq);
    expect([recordClass, sources]).toEqual(['dataset', undefined]);
    expect(links).toEqual(few.map((statement) => ({ rel: 'wasDerivedFrom', statement })));
    expect(await edgesOf(recordCid)).toHaveLength(64);
  });

  it('names more in a list that is in the archive, and the index follows it', async () => {
    const { seq, recordCid } = await capture('many', statements);
    const { links, sources } = await statementAt(seq);
    expect([links, sources?.count]).toEqual([[], 100]);
    const listed: string[] = [];
    const read = (cids: readonly string[]) => app.archive.getManyBytes(cids);
    for await (const some of readSourceList(sources!, read)) listed.push(...some);
    expect(listed).toEqual(statements);
    expect(await app.archive.ref(sources!.list)).toBeUndefined();
    const edges = await edgesOf(recordCid);
    expect(edges).toHaveLength(100);
    expect(new Set(edges.map(({ relation, path }) => `${relation} ${path}`))).toEqual(
      new Set(['wasDerivedFrom /sources']),
    );
    await checkLedger(app.ledger);
  });

  it('stores the same list once', async () => {
    const sources = statements.toReversed();
    await capture('stored', sources);
    const before = await app.archive.count();
    const put = jest.spyOn(app.archive, 'put');
    await capture('stored', sources);
    expect(put.mock.calls.flat(2)).toEqual([]);
    put.mockRestore();
    expect(await app.archive.count()).toBe(before);
  });

  it('has the same sources after the index was thrown away', async () => {
    const { recordCid } = await capture('rebuilt', statements);
    const before = await edgesOf(recordCid);
    await app.follower.rebuild();
    await app.follower.caughtUp(app.ledger.head().size);
    expect(await edgesOf(recordCid)).toEqual(before);
  });

  it('does not pass for whole when a part of its list is lost', async () => {
    const own = await startApp(root);
    try {
      const documents = Array.from({ length: 70 }, (_, n) => ({ text: buildObservation(n) }));
      const { receipts } = await own.capture.capture({ documents, mode: 'proceed' });
      const sources = receipts.map(({ statementCid }) => statementCid);
      const receipt = await captureDataset(own, { text: describeDataset('lost'), sources });
      const { statement } = decodeEntry(await own.ledger.entry(receipt.seq));
      const { list } = (decodeStatement(statement) as RecordPut).sources!;
      const helia = await own.archive.ready();
      await helia.blockstore.delete(parseCid(list));
      await own.follower.rebuild();
      const [node] = await own.graph.read.recordsByCid([receipt.recordCid]);
      expect(node?.state).toBe('UNAVAILABLE');
      const lineage = await own.graph.read.lineage({
        roots: [receipt.recordCid],
        direction: 'UPSTREAM',
        depthMax: 5,
        nodesMax: 100,
        deadlineMs: 10_000,
      });
      expect([lineage.isComplete, lineage.reason]).toEqual([false, 'MISSING_BLOCK']);
    } finally {
      await own.close();
    }
  });

  it('folds sources named twice and refuses none at all', async () => {
    const { seq } = await capture('folded', [statements[0]!, statements[1]!, statements[0]!]);
    expect((await statementAt(seq)).links).toHaveLength(2);
    await expect(capture('none', [])).rejects.toMatchObject({ code: 'EMPTY_INPUT' });
  });

  it('refuses a description that is none, with its place, and captures nothing', async () => {
    const { size } = app.ledger.head();
    const text = '{"type":"Dataset","id":"x"}';
    await expect(capture('x', statements, { text })).rejects.toMatchObject({
      code: 'INVALID_RECORD',
    });
    const list = `[${describeDataset('a')},${describeDataset('b')}]`;
    await expect(capture('x', statements, { text: list })).rejects.toMatchObject({
      code: 'INVALID_RECORD',
    });
    expect(app.ledger.head().size).toBe(size);
  });

  it('repeats the receipt for one idempotency key, unless the sources are others', async () => {
    const first = await capture('again', statements, { idempotencyKey: 'd1' });
    const again = await capture('again', statements, { idempotencyKey: 'd1' });
    expect([again.repeated, again.seq]).toEqual([true, first.seq]);
    const other = await capture('again', statements.slice(1), { idempotencyKey: 'd1' });
    expect(other.repeated).toBe(false);
  });

  it('keeps its sources when its description is corrected', async () => {
    const { seq } = await capture('corrected', statements);
    const receipt = await app.capture.correct({
      seq,
      document: { text: describeDataset('corrected', 'Resting rates') },
      waitFor: 'INDEXED',
    });
    expect((await statementAt(receipt.seq)).sources).toEqual((await statementAt(seq)).sources);
    const edges = await edgesOf(receipt.recordCid);
    expect(edges.filter(({ path }) => path === '/sources')).toHaveLength(100);
  });
});
