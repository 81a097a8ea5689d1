import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App } from '../../src/app.js';
import type { CaptureInput } from '../../src/capture/capture.js';
import { openRecord } from '../../src/crypto/seal.js';
import { decodeEntry } from '../../src/ledger/entry.js';
import { decodeStatement } from '../../src/ledger/statement.js';
import { buildObservation } from '../support/build-record.js';
import { checkLedger } from '../support/check-ledger.js';
import { buildConfig, startApp } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';

const root = tempDirectory();
let app: App;
let n = 0;

beforeAll(async () => {
  app = await startApp(root);
});
afterAll(() => app.close());

const next = () => buildObservation(n++);

function capture(texts: string[], input: Partial<CaptureInput> = {}) {
  return app.capture.capture({
    documents: texts.map((text) => ({ text })),
    mode: 'proceed',
    ...input,
  });
}

async function openContent(seq: number): Promise<string> {
  const { statement: signed } = decodeEntry(await app.ledger.entry(seq));
  const statement = decodeStatement(signed);
  if (statement.type !== 'record.put' && statement.type !== 'record.correct') throw new Error();
  const { rid, ver, cekc: commitment, record } = statement;
  const ref = await app.archive.ref(record);
  const scope = await app.keyring.scope(ref!.scopeId, ref!.epoch);
  const block = await app.archive.get(record);
  return openRecord({ block, log: app.ledger.log, rid, ver, scope: scope!, commitment });
}

describe('capture', () => {
  it('seals, puts, appends and answers with what was reached', async () => {
    const { receipts, problems } = await capture([next()]);
    expect(problems).toEqual([]);
    const [receipt] = receipts;
    expect(receipt).toMatchObject({ document: 0, ver: 1, state: 'PUBLISHED', repeated: false });
    expect(receipt!.size).toBeGreaterThan(receipt!.seq);
    expect(receipt!.checkpoint).toContain('hospital-a.provtrail');
    expect(await app.archive.has(receipt!.recordCid)).toBe(true);
    await checkLedger(app.ledger);
  });

  it('keeps the spelling of numbers', async () => {
    const text = next().replace('"status"', '"valueQuantity":{"value":1.10},"status"');
    const { receipts } = await capture([text]);
    expect(await openContent(receipts[0]!.seq)).toContain('"value":1.10');
  });

  it('captures the good and names the bad when told to proceed', async () => {
    const before = app.ledger.head().size;
    const { receipts, problems } = await capture([
      next(),
      '{"resourceType":"Nonsense"}',
      next(),
      '{',
    ]);
    expect(receipts.map(({ document }) => document)).toEqual([0, 2]);
    expect(problems).toMatchObject([
      { document: 1, code: 'UNKNOWN_RESOURCE_TYPE', pointer: '/resourceType' },
      { document: 3, code: 'MALFORMED_JSON' },
    ]);
    expect(app.ledger.head().size).toBe(before + 2);
  });

  it('captures nothing when told to roll back and one is bad', async () => {
    const before = app.ledger.head().size;
    const { receipts, problems } = await capture([next(), '[]', next()], { mode: 'rollback' });
    expect(receipts).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
    expect(app.ledger.head().size).toBe(before);
  });

  it('captures all in order when told to roll back and all are good', async () => {
    const texts = Array.from({ length: 600 }, next);
    const { receipts } = await capture(texts, { mode: 'rollback' });
    expect(receipts.map(({ document }) => document)).toEqual(texts.map((_, i) => i));
    const seqs = receipts.map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  it('repeats the first receipts for the same idempotency key and content', async () => {
    const texts = [next(), next()];
    const first = await capture(texts, { idempotencyKey: 'k1' });
    const size = app.ledger.head().size;
    const second = await capture(texts, { idempotencyKey: 'k1' });
    expect(app.ledger.head().size).toBe(size);
    expect(second.receipts.map(({ entryCid }) => entryCid)).toEqual(
      first.receipts.map(({ entryCid }) => entryCid),
    );
    expect(second.receipts.every(({ repeated }) => repeated)).toBe(true);
  });

  it('adds only what was mended when a mended file is sent again', async () => {
    const [good, mended] = [next(), next()];
    await capture(['{', good], { idempotencyKey: 'k2' });
    const { receipts } = await capture([mended, good], { idempotencyKey: 'k2' });
    expect(receipts.map(({ repeated }) => repeated)).toEqual([false, true]);
  });

  it('keeps equal contents without identity apart in one call, and repeats them apart', async () => {
    const text = next().replace(/"id":"[^"]*",/, '');
    const first = await capture([text, text], { idempotencyKey: 'k3' });
    expect(new Set(first.receipts.map(({ seq }) => seq)).size).toBe(2);
    const again = await capture([text, text], { idempotencyKey: 'k3' });
    expect(again.receipts.map(({ seq }) => seq)).toEqual(first.receipts.map(({ seq }) => seq));
  });

  it('lets one of many calls with one idempotency key in, and answers all the same', async () => {
    const text = next();
    const size = app.ledger.head().size;
    const calls = Array.from({ length: 8 }, () => capture([text], { idempotencyKey: 'k4' }));
    const seqs = (await Promise.all(calls)).map(({ receipts }) => receipts[0]!.seq);
    expect(new Set(seqs).size).toBe(1);
    expect(app.ledger.head().size).toBe(size + 1);
  });

  it('waits for the index when asked to', async () => {
    const { receipts } = await capture([next()], { waitFor: 'INDEXED' });
    expect(receipts[0]!.state).toBe('INDEXED');
    expect(await app.graph.cursor()).toBeGreaterThan(receipts[0]!.seq);
  });

  it('refuses what the caller may not write, and counts a record once however much is wrong with it', async () => {
    const event =
      '{"type":"ObjectEvent","eventTime":"2026-01-01T00:00:00Z","eventTimeZoneOffset":"+00:00","action":"OBSERVE","epcList":["urn:epc:id:sgtin:0614141.107346.2017"]}';
    const call = await capture([next(), event], { classes: ['epcis.event'] });
    expect(call.receipts.map(({ document }) => document)).toEqual([1]);
    expect(call.problems).toMatchObject([{ document: 0, code: 'FORBIDDEN' }]);
    const bad = await capture(['{"resourceType":"Observation","id":"","status":7,"code":[]}']);
    expect(bad.problems.length).toBeGreaterThan(1);
    expect(bad.refused).toBe(1);
  });

  describe('of records that are odd', () => {
    /** The second EPC has a wrong check digit. */
    const odd = (serial: number) =>
      JSON.stringify({
        type: 'ObjectEvent',
        eventTime: '2026-01-01T00:00:00Z',
        eventTimeZoneOffset: '+00:00',
        action: 'OBSERVE',
        epcList: [
          `https://id.gs1.org/01/09521141012345/21/${serial}`,
          `https://id.gs1.org/01/09521141012346/21/${serial}`,
        ],
      });

    it('keeps them with a warning that tells the place', async () => {
      const { receipts, problems, warnings, firstWarnings } = await capture([next(), odd(1)]);
      expect(receipts).toHaveLength(2);
      expect(problems).toEqual([]);
      expect(warnings).toBe(1);
      expect(firstWarnings).toMatchObject([
        { document: 1, pointer: '/epcList/1', code: 'IDENTIFIER_FAULT' },
      ]);
    });

    it('refuses them when told to be strict', async () => {
      const call = await capture([odd(2), next()], { strict: true });
      expect(call.receipts.map(({ document }) => document)).toEqual([1]);
      expect(call).toMatchObject({
        refused: 1,
        warnings: 0,
        problems: [{ document: 0, pointer: '/epcList/1', code: 'INVALID_RECORD' }],
      });
      expect(call).not.toHaveProperty('firstWarnings');
    });

    it('warns of nothing that was rolled back', async () => {
      const call = await capture([odd(3), '{'], { mode: 'rollback' });
      expect(call).toMatchObject({ receipts: [], warnings: 0 });
      expect(await capture([odd(3)], { mode: 'rollback' })).toMatchObject({ warnings: 1 });
    });

    it('counts all warnings and lists the first hundred, from the other thread too', async () => {
      const lines = Array.from({ length: 300 }, (_, i) => odd(1_000 + i)).join('\n');
      const documents = [{ text: lines, mediaType: 'application/x-ndjson' }];
      const call = await app.capture.capture({ documents, mode: 'proceed' });
      expect(call.receipts).toHaveLength(300);
      expect(call.warnings).toBe(300);
      expect(call.firstWarnings!.map(({ pointer }) => pointer)).toEqual(
        Array.from({ length: 100 }, (_, i) => `/${i}/epcList/1`),
      );
    });
  });

  it('refuses an empty call', async () => {
    await expect(capture([])).rejects.toMatchObject({ code: 'EMPTY_INPUT' });
  });

  it('refuses a record of one byte more than 1 MiB, and takes one of exactly 1 MiB', async () => {
    const shell = buildObservation(n++, { note: [{ text: '' }] });
    const fill = (size: number) => shell.replace('"text":""', `"text":"${'x'.repeat(size)}"`);
    const room = 1_048_576 - Buffer.byteLength(shell);
    const { receipts, problems } = await capture([fill(room), fill(room + 1)]);
    expect(receipts.map(({ document }) => document)).toEqual([0]);
    expect(problems).toMatchObject([{ document: 1, code: 'TOO_LARGE' }]);
  });

  it('refuses an all-or-nothing call that one group of the log cannot hold', async () => {
    const entry = Array.from({ length: 8_193 }, () => ({ resource: JSON.parse(next()) as object }));
    const text = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry });
    await expect(capture([text], { mode: 'rollback' })).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });
});

describe('correct', () => {
  it('appends the next version, which names the statement it replaces', async () => {
    const { receipts } = await capture([next()]);
    const first = receipts[0]!;
    const second = await app.capture.correct({ seq: first.seq, document: { text: next() } });
    expect(second).toMatchObject({ rid: first.rid, ver: 2 });
    const { statement } = decodeEntry(await app.ledger.entry(second.seq));
    expect(decodeStatement(statement)).toMatchObject({
      type: 'record.correct',
      replaces: first.statementCid,
    });
  });

  it('lets a version be corrected once, whoever comes first', async () => {
    const { receipts } = await capture([next()]);
    const calls = [next(), next()].map((text) =>
      app.capture.correct({ seq: receipts[0]!.seq, document: { text } }),
    );
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect((refused as PromiseRejectedResult).reason).toMatchObject({ code: 'NONCE_REUSED' });
  });

  it.each([
    ['no such entry', 1e9, 'NOT_FOUND'],
    ['an entry that is not a record', 0, 'NOT_FOUND'],
  ])('refuses %s', async (_, seq, code) => {
    const call = app.capture.correct({ seq, document: { text: next() } });
    await expect(call).rejects.toMatchObject({ code });
  });

  it('refuses a document that is no record, or more than one', async () => {
    const { receipts } = await capture([next()]);
    const { seq } = receipts[0]!;
    const two = `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${next()}},{"resource":${next()}}]}`;
    await expect(app.capture.correct({ seq, document: { text: '{' } })).rejects.toMatchObject({
      code: 'MALFORMED_JSON',
    });
    await expect(app.capture.correct({ seq, document: { text: two } })).rejects.toMatchObject({
      code: 'INVALID_RECORD',
    });
  });
});

describe('what is on disk', () => {
  it('shows no word of a record: not in blocks, entries, tiles, keys or checkpoint', async () => {
    const own = await startApp(root);
    const canary = 'canary-5f1e-Bartholomew';
    const text = buildObservation(1, {
      note: [{ text: canary }],
      subject: { reference: `Patient/${canary}` },
    });
    await own.capture.capture({ documents: [{ text }], mode: 'proceed', idempotencyKey: canary });
    await own.close();
    const directory = own.config.dataDirectory;
    // The index is this node's own and holds identifiers in clear; everything else must not.
    rmSync(join(directory, 'graph.sqlite'), { force: true });
    rmSync(join(directory, 'graph.sqlite-wal'), { force: true });
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const hits = files.filter((entry) =>
      readFileSync(join(entry.parentPath, entry.name)).includes(canary),
    );
    expect(files.length).toBeGreaterThan(8);
    expect(hits.map(({ name }) => name)).toEqual([]);
    const again = await App.open(buildConfig(directory));
    await again.follower.caughtUp(again.ledger.head().size);
    await again.close();
  });
});
