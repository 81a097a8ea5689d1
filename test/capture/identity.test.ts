import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { App } from '../../src/app.js';
import type { CaptureInput, CaptureResult } from '../../src/capture/capture.js';
import { Procession } from '../../src/capture/procession.js';
import { fromUtf8 } from '../../src/crypto/bytes.js';
import { decodeEntry } from '../../src/ledger/entry.js';
import { decodeStatement } from '../../src/ledger/statement.js';
import { buildObservation } from '../support/build-record.js';
import { checkLedger } from '../support/check-ledger.js';
import { startApp } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';

const root = tempDirectory();
let app: App;
let n = 0;

beforeAll(async () => {
  app = await startApp(root);
});
afterAll(() => app.close());

/** A resource nobody has captured yet, and other contents of it. */
function resource(members: Record<string, unknown> = {}) {
  const number = n++;
  return (value: number, more: Record<string, unknown> = {}) =>
    buildObservation(number, { valueInteger: value, ...members, ...more });
}

function capture(texts: string[], input: Partial<CaptureInput> = {}): Promise<CaptureResult> {
  const documents = texts.map((text) => ({ text }));
  return app.capture.capture({ documents, mode: 'proceed', ...input });
}

/** `1` for version 1, `1 again` for a repeat of it. */
const told = ({ receipts }: CaptureResult) =>
  receipts.map(({ ver, repeated }) => (repeated ? `${ver} again` : `${ver}`));
const size = () => app.ledger.head().size;

async function statementAt(seq: number) {
  return decodeStatement(decodeEntry(await app.ledger.entry(seq)).statement);
}

describe('a resource captured again', () => {
  it('is the next version of its record when its content has changed', async () => {
    const text = resource();
    const [first] = (await capture([text(1)])).receipts;
    const [second] = (await capture([text(2)])).receipts;
    expect(second).toMatchObject({ rid: first!.rid, ver: 2, repeated: false });
    expect(await statementAt(second!.seq)).toMatchObject({
      type: 'record.correct',
      replaces: first!.statementCid,
    });
    await checkLedger(app.ledger);
  });

  it('is a repeat when it has not changed: nothing is appended', async () => {
    const text = resource();
    const first = await capture([text(1)]);
    const before = size();
    const again = await capture([text(1).replaceAll(',', ' , ')]);
    expect(told(again)).toEqual(['1 again']);
    expect(again.receipts[0]!.entryCid).toBe(first.receipts[0]!.entryCid);
    expect(size()).toBe(before);
  });

  it('goes back to an older content as a new version, unless a retry says that it is one', async () => {
    const text = resource();
    await capture([text(1)], { idempotencyKey: 'monday' });
    expect(told(await capture([text(2)]))).toEqual(['2']);
    expect(told(await capture([text(1)], { idempotencyKey: 'monday' }))).toEqual(['1 again']);
    expect(told(await capture([text(1)]))).toEqual(['3']);
  });

  it('goes back to an older content under a key of its own: that is no retry', async () => {
    const text = resource();
    await capture([text(1)], { idempotencyKey: 'march' });
    await capture([text(2)], { idempotencyKey: 'april' });
    expect(told(await capture([text(1)], { idempotencyKey: 'may' }))).toEqual(['3']);
    expect(told(await capture([text(2)], { idempotencyKey: 'april' }))).toEqual(['2 again']);
  });

  it('finds the newest of many versions', async () => {
    const text = resource();
    for (let value = 1; value <= 21; value++) {
      expect(told(await capture([text(value)]))).toEqual([String(value)]);
    }
    expect(told(await capture([text(21)]))).toEqual(['21 again']);
  });

  it('comes several times in one call: each time the next version, or a repeat', async () => {
    const text = resource();
    const values = [1, 1, 2, 2, 1];
    const call = await capture(values.map((value) => text(value)));
    expect(told(call)).toEqual(['1', '1 again', '2', '2 again', '3']);
    const [first, repeat, second] = call.receipts;
    expect(repeat!.seq).toBe(first!.seq);
    expect(await statementAt(second!.seq)).toMatchObject({ replaces: first!.statementCid });
    const whole = await capture([text(1), text(4), text(4)], { mode: 'rollback' });
    expect(told(whole)).toEqual(['3 again', '4', '4 again']);
  });

  it('comes several times in one call that is pressed in chunks', async () => {
    const text = resource();
    const others = Array.from({ length: 300 }, () => resource()(1));
    const call = await capture([text(1), ...others, text(2), text(2), ...others, text(1)]);
    const own = call.receipts.filter(({ document }) => [0, 301, 302, 603].includes(document));
    expect(told({ ...call, receipts: own })).toEqual(['1', '2', '2 again', '3']);
    expect(call.receipts.filter(({ repeated }) => repeated)).toHaveLength(301);
    await checkLedger(app.ledger);
  });

  it('is another record when its source is another', async () => {
    const text = resource();
    const sources = [undefined, 'https://a.example/fhir', 'https://b.example/fhir', 'urn:oid:1.2'];
    const rids = new Set<string>();
    for (const source of sources) {
      const call = await capture([text(1)], { source });
      expect(told(call)).toEqual(['1']);
      rids.add(call.receipts[0]!.rid);
    }
    expect(rids.size).toBe(sources.length);
    expect(told(await capture([text(1)], { source: 'urn:oid:1.2' }))).toEqual(['1 again']);
    await expect(capture([text(1)], { source: 'here' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('is never merged with another because both have one business identifier', async () => {
    const identifier = [{ system: 'http://claim-group', value: 'g1' }];
    const call = await capture([resource({ identifier })(1), resource({ identifier })(1)]);
    expect(told(call)).toEqual(['1', '1']);
    expect(call.receipts[0]!.rid).not.toBe(call.receipts[1]!.rid);
  });

  it('is a record of its own each time when nothing tells what it is', async () => {
    const text = resource({ id: undefined });
    expect(told(await capture([text(1), text(1)]))).toEqual(['1', '1']);
    expect(told(await capture([text(1)]))).toEqual(['1']);
  });

  it('stays at its source when it is corrected by hand', async () => {
    const patient = JSON.stringify({ resourceType: 'Patient', id: `p${n++}`, active: true });
    const corrected = patient.replace('true', 'false');
    const source = 'https://a.example/fhir';
    const [first] = (await capture([patient], { source })).receipts;
    const second = await app.capture.correct({ seq: first!.seq, document: { text: corrected } });
    const scopes = await Promise.all(
      [first!, second].map(async ({ recordCid }) => (await app.archive.ref(recordCid))!.scopeId),
    );
    expect(scopes[1]).toBe(scopes[0]);
    expect(told(await capture([corrected], { source }))).toEqual(['2 again']);
  });

  it('is the next version of what was corrected by hand', async () => {
    const text = resource();
    const [first] = (await capture([text(1)], { idempotencyKey: 'file' })).receipts;
    await app.capture.correct({ seq: first!.seq, document: { text: text(2) } });
    expect(told(await capture([text(2)]))).toEqual(['2 again']);
    expect(told(await capture([text(1)], { idempotencyKey: 'file' }))).toEqual(['1 again']);
    expect(told(await capture([text(3)]))).toEqual(['3']);
    await expect(
      app.capture.correct({ seq: first!.seq, document: { text: text(4) } }),
    ).rejects.toMatchObject({ code: 'NONCE_REUSED' });
  });
});

describe('versions their source contradicts', () => {
  const meta = (versionId: string, lastUpdated: string) => ({ meta: { versionId, lastUpdated } });
  const june = '2026-06-01T00:00:00Z';
  const july = '2026-07-01T00:00:00+02:00';

  it.each([
    ['the same version id', meta('1', july), '/meta/versionId'],
    ['an older time', meta('2', '2026-05-01T00:00:00Z'), '/meta/lastUpdated'],
  ])('are kept with a warning: %s', async (_, next, pointer) => {
    const text = resource();
    await capture([text(1, meta('1', june))]);
    const strict = await capture([text(2, next)], { strict: true });
    expect(strict).toMatchObject({ receipts: [], refused: 1, problems: [{ pointer }] });
    const call = await capture([text(2, next)]);
    expect(told(call)).toEqual(['2']);
    expect(call.firstWarnings).toMatchObject([{ pointer, code: 'CONTRADICTORY_VERSION' }]);
  });

  it('are those of one call too, and nothing lands when all or nothing is to', async () => {
    const text = resource();
    const texts = [text(1, meta('1', july)), text(2, meta('1', july))];
    const before = size();
    const call = await capture(texts, { mode: 'rollback', strict: true });
    expect(call).toMatchObject({ receipts: [], refused: 1 });
    expect(size()).toBe(before);
    expect((await capture(texts)).warnings).toBe(1);
  });

  it('are none when the source says nothing, or what is true', async () => {
    const text = resource();
    const tag = { meta: { tag: [{ code: 'x' }] } };
    for (const members of [{}, meta('1', june), {}, tag, meta('1', june), meta('2', july)]) {
      expect((await capture([text(n++, members)])).warnings).toBe(0);
    }
  });
});

describe('captures of one resource at the same time', () => {
  const values = Array.from({ length: 40 }, (_, i) => i);

  it('all win a version of their own', async () => {
    const text = resource();
    const before = size();
    const calls = await Promise.all(values.map((value) => capture([resource()(1), text(value)])));
    const versions = calls.map(({ receipts }) => receipts.at(-1)!);
    expect(versions.map(({ ver }) => ver).sort((a, b) => a - b)).toEqual(values.map((v) => v + 1));
    expect(new Set(versions.map(({ rid }) => rid)).size).toBe(1);
    expect(size()).toBe(before + 2 * values.length);
    for (const { seq, ver } of versions.filter((version) => version.ver > 1)) {
      const former = versions.find((version) => version.ver === ver - 1)!;
      expect(await statementAt(seq)).toMatchObject({ replaces: former.statementCid });
    }
    await checkLedger(app.ledger);
  });

  it('are one version when they say the same', async () => {
    const text = resource();
    const before = size();
    const calls = await Promise.all(values.map(() => capture([text(1)])));
    expect(calls.filter(({ receipts }) => !receipts[0]!.repeated)).toHaveLength(1);
    expect(new Set(calls.map(({ receipts }) => receipts[0]!.seq)).size).toBe(1);
    expect(size()).toBe(before + 1);
  });

  it('land whole or not at all when all or nothing is to', async () => {
    const [one, two] = [resource(), resource()];
    const calls = await Promise.all(
      values
        .slice(0, 12)
        .map((value) => capture([one(value), two(value), one(value + 100)], { mode: 'rollback' })),
    );
    for (const { receipts, problems } of calls) {
      expect(problems).toEqual([]);
      expect(receipts).toHaveLength(3);
      const seqs = receipts.map(({ seq }) => seq);
      expect(Math.max(...seqs) - Math.min(...seqs)).toBe(2);
    }
    const versions = calls.map(({ receipts }) => receipts.map(({ ver }) => ver));
    expect(new Set(versions.map(([first]) => first)).size).toBe(12);
  });

  it('keep the order of one call although another takes a version away in between', async () => {
    const text = resource();
    const others = Array.from({ length: 260 }, () => resource()(1));
    const long = capture([text(1), ...others, text(2), text(1)]);
    const short = Promise.all([7, 8, 9].map((value) => capture([text(value)])));
    const [call] = await Promise.all([long, short]);
    const own = call.receipts.filter(({ document }) => [0, 261, 262].includes(document));
    const versions = own.map(({ ver }) => ver);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(3);
    await checkLedger(app.ledger);
  });
});

describe('calls of one upload, made at the same time', () => {
  const others = () => Array.from({ length: 300 }, () => resource()(1));

  it('land in their order: the last line is the newest version', async () => {
    const text = resource();
    const procession = new Procession();
    const first = capture([...others(), text(1)], { procession });
    const calls = [first, ...[2, 3, 4].map((value) => capture([text(value)], { procession }))];
    const receipts = (await Promise.all(calls)).map((call) => call.receipts.at(-1)!);
    expect(receipts.map(({ ver }) => ver)).toEqual([1, 2, 3, 4]);
    expect(told(await capture([text(4)]))).toEqual(['4 again']);
    await checkLedger(app.ledger);
  });

  it('go back to an older content that another of them has left meanwhile', async () => {
    const text = resource();
    await capture([text(1)]);
    const procession = new Procession();
    const [left, back] = await Promise.all([
      capture([...others(), text(2)], { procession }),
      capture([text(1)], { procession }),
    ]);
    expect(told(left).at(-1)).toBe('2');
    expect(told(back)).toEqual(['3']);
  });

  it('are not held up by one that fails', async () => {
    const procession = new Procession();
    const calls = [
      capture([...others(), resource()(1)], { procession }),
      capture(others(), { procession, mode: 'rollback', classes: [] }),
      capture([resource()(1)], { procession }),
    ];
    const [, refused, last] = await Promise.all(calls);
    expect(refused!.refused).toBe(300);
    expect(told(last!)).toEqual(['1']);
  });
});

describe('a former version that cannot be opened any more', () => {
  it('is followed by the next one, even of the same content', async () => {
    const own = await startApp(root);
    const documents = [{ text: resource()(1) }];
    const first = await own.capture.capture({ documents, mode: 'proceed' });
    const { recordCid } = first.receipts[0]!;
    const { scopeId, epoch } = (await own.archive.ref(recordCid))!;
    const scope = own.keyring.scope.bind(own.keyring);
    // as if the key had been erased
    own.keyring.scope = async (id, number) =>
      id === scopeId && number === epoch ? undefined : scope(id, number);
    const again = await own.capture.capture({ documents, mode: 'proceed' });
    expect(again.receipts).toMatchObject([{ ver: 2, repeated: false }]);
    await own.close();
  });
});

describe('what an identity leaves on disk and on the ledger', () => {
  it('is nothing that tells it', async () => {
    const identity = 'Canary-7c1f';
    const text = resource({ id: identity });
    const { receipts } = await capture([text(1), text(2)], { source: 'https://canary.example' });
    for (const { seq } of receipts) {
      const entry = fromUtf8(await app.ledger.entry(seq));
      const { payload } = decodeEntry(await app.ledger.entry(seq)).statement;
      const statement = Buffer.from(payload, 'base64url').toString();
      expect(entry + statement).not.toMatch(/canary/i);
    }
  });
});
