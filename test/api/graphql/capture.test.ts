import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildObservation } from '../../support/build-record.js';
import { buildVisit, CANARY } from './support/build-visit.js';
import {
  ANONYMOUS,
  CLINICIAN,
  RESEARCHER,
  startApi,
  SUPPLY,
  viewerOf,
  type TestApi,
} from './support/start-api.js';

interface Receipt {
  cid: string;
  rid: string;
  version: number;
  seq: number;
  state: string;
  repeated: boolean;
}

interface Payload {
  receipts: Receipt[];
  userErrors: { code: string; message: string; path: string[]; pointer: string | null }[];
}

const CAPTURE = `mutation ($input: CaptureInput!) {
  capture(input: $input) {
    receipts {
      document pointer cid rid version statementCid entryCid seq at state size checkpoint repeated
      inclusionProof { seq root }
      record { cid contentState }
    }
    userErrors { code message path pointer }
  }
}`;

const CORRECT = `mutation ($input: CorrectInput!) {
  correct(input: $input) {
    receipt { cid rid version seq state record { version isLatest } }
    userErrors { code message path pointer }
  }
}`;

const BAD = JSON.stringify({ resourceType: 'Observation', id: CANARY, code: null });

describe('capture over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(directory);
  });
  afterAll(() => api.close());

  const capture = async (input: object, viewer = CLINICIAN) =>
    (await api.get<{ capture: Payload }>(viewer, CAPTURE, { input })).capture;
  const correct = async (input: object, viewer = CLINICIAN) => {
    type Corrected = { correct: { receipt: Receipt | null; userErrors: Payload['userErrors'] } };
    return (await api.get<Corrected>(viewer, CORRECT, { input })).correct;
  };

  it('answers a receipt for each record of a document, with proof, and the record can be queried', async () => {
    const { receipts, userErrors } = await capture({ documents: [{ content: buildVisit(1) }] });
    expect(userErrors).toEqual([]);
    expect(receipts.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(receipts[3]).toMatchObject({
      document: 0,
      pointer: '/entry/3/resource',
      version: 1,
      state: 'PUBLISHED',
      repeated: false,
      checkpoint: expect.stringContaining('hospital-a'),
      inclusionProof: { seq: 4 },
      record: { cid: receipts[3]!.cid, contentState: 'AVAILABLE' },
    });
  });

  it.each(['SEQUENCED', 'PUBLISHED', 'INDEXED'])('waits for %s', async (waitFor) => {
    const documents = [{ content: buildObservation(10) }];
    const { receipts } = await capture({ documents, waitFor });
    expect([waitFor, 'PUBLISHED']).toContain(receipts[0]?.state);
  });

  it('captures all or nothing unless told otherwise, and says why', async () => {
    const { size } = api.app.ledger.head();
    const documents = [{ content: buildObservation(1) }, { content: BAD }];
    const { receipts, userErrors } = await capture({ documents });
    expect(receipts).toEqual([]);
    expect(api.app.ledger.head().size).toBe(size);
    expect(userErrors[0]).toMatchObject({
      code: 'INVALID_RECORD',
      path: ['input', 'documents', '1'],
      pointer: expect.stringMatching(/^\//),
    });
    expect(JSON.stringify(userErrors)).not.toContain(CANARY);
  });

  it('captures what is good when told to proceed', async () => {
    const documents = [{ content: BAD }, { content: buildObservation(2) }, { content: '{' }];
    const { receipts, userErrors } = await capture({ documents, mode: 'PROCEED' });
    expect(receipts).toMatchObject([{ document: 1 }]);
    expect(userErrors.map(({ path }) => path[2])).toEqual(expect.arrayContaining(['0', '2']));
    expect(userErrors.find(({ path }) => path[2] === '2')?.code).toBe('MALFORMED_JSON');
  });

  it('answers the first receipts again for the same idempotency key', async () => {
    const input = { documents: [{ content: buildObservation(3) }], idempotencyKey: 'key-1' };
    const [first] = (await capture(input)).receipts;
    const [again] = (await capture(input)).receipts;
    expect(again).toMatchObject({ cid: first!.cid, seq: first!.seq, repeated: true });
  });

  it('keeps the keys of callers apart, for what has no identity of its own', async () => {
    const content = buildObservation(4, { id: undefined });
    const input = { documents: [{ content }], idempotencyKey: 'key-2' };
    const [first] = (await capture(input)).receipts;
    const [other] = (await capture(input, viewerOf('clinician', { subject: 'bob' }))).receipts;
    expect(other).toMatchObject({ repeated: false });
    expect(other!.seq).toBeGreaterThan(first!.seq);
  });

  it('captures the next version of a record, and tells the sources of records apart', async () => {
    const [one, two] = [1, 2].map((valueInteger) => buildObservation(77, { valueInteger }));
    const documents = [{ content: one }, { content: two }, { content: two }];
    const { receipts } = await capture({ documents });
    expect(receipts.map(({ version, repeated }) => [version, repeated])).toEqual([
      [1, false],
      [2, false],
      [2, true],
    ]);
    const source = 'https://fhir.example/r4';
    const [other] = (await capture({ documents: [{ content: two }], source })).receipts;
    expect(other).toMatchObject({ version: 1, repeated: false });
    expect(other!.rid).not.toBe(receipts[0]!.rid);
    await expect(capture({ documents, source: 'here' })).rejects.toThrow();
  });

  it.each([
    ['EMPTY_INPUT', { documents: [] }],
    ['UNSUPPORTED_MEDIA_TYPE', { documents: [{ content: '{}', mediaType: 'text/plain' }] }],
    ['MALFORMED_JSON', { documents: [{ content: '[1,' }] }],
    ['EMPTY_INPUT', { documents: [{ content: '' }] }],
  ])('answers %s as data', async (code, input) => {
    const { receipts, userErrors } = await capture(input);
    expect(receipts).toEqual([]);
    expect(userErrors[0]?.code).toBe(code);
  });

  it.each([
    ['TOO_LARGE', { documents: Array(1_001).fill({ content: '' }) }],
    ['BAD_USER_INPUT', { documents: [], idempotencyKey: '' }],
    ['BAD_USER_INPUT', { documents: [], idempotencyKey: 'x'.repeat(257) }],
    ['BAD_USER_INPUT', { documents: [], idempotencyKey: 'a\nb' }],
  ])('refuses with %s what is no capture at all', async (code, input) => {
    const small =
      'mutation ($input: CaptureInput!) { capture(input: $input) { userErrors { code } } }';
    expect(await api.fail(CLINICIAN, small, { input })).toBe(code);
  });

  it('is for those who may write', async () => {
    const input = { documents: [{ content: buildObservation(4) }] };
    expect(await api.fail(ANONYMOUS, CAPTURE, { input })).toBe('UNAUTHENTICATED');
    expect(await api.fail(RESEARCHER, CAPTURE, { input })).toBe('FORBIDDEN');
    const reader = viewerOf('clinician', { scopes: ['read'] });
    expect(await api.fail(reader, CAPTURE, { input })).toBe('FORBIDDEN');
    const former = { record: { seq: 1 }, document: { content: buildObservation(4) } };
    expect(await api.fail(reader, CORRECT, { input: former })).toBe('FORBIDDEN');
    expect(await api.fail(ANONYMOUS, CORRECT, { input: former })).toBe('UNAUTHENTICATED');
  });

  it('corrects a record with a new version, and keeps the one before', async () => {
    const documents = [{ content: buildObservation(5) }];
    const [former] = (await capture({ documents, waitFor: 'INDEXED' })).receipts;
    const content = buildObservation(5, { status: 'corrected' });
    const { receipt, userErrors } = await correct({
      record: { cid: former!.cid },
      document: { content },
      waitFor: 'INDEXED',
    });
    expect(userErrors).toEqual([]);
    expect(receipt).toMatchObject({
      rid: former!.rid,
      version: 2,
      state: 'INDEXED',
      record: { version: 2, isLatest: true },
    });
    const { provenance } = await api.get(
      CLINICIAN,
      `query ($cid: CID!) {
        provenance(cid: $cid) {
          versions { version isLatest content }
          activity { kind }
          custody { kind version }
        }
      }`,
      { cid: receipt!.cid },
    );
    expect(provenance).toMatchObject({
      versions: [
        { version: 1, isLatest: false, content: expect.stringContaining('"final"') },
        { version: 2, isLatest: true, content: expect.stringContaining('"corrected"') },
      ],
      activity: { kind: 'CORRECTION' },
      custody: [
        { kind: 'CAPTURE', version: 1 },
        { kind: 'CORRECTION', version: 2 },
      ],
    });
    const again = await correct({ record: { cid: former!.cid }, document: { content } });
    expect(again.userErrors).toMatchObject([{ code: 'NONCE_REUSED', path: ['input', 'record'] }]);
  });

  it('corrects nothing that is not there or may not be known, with nothing that is not one record', async () => {
    const [former] = (await capture({ documents: [{ content: buildObservation(6) }] })).receipts;
    const document = { content: buildObservation(6) };
    const gone = await correct({ record: { seq: 999 }, document });
    const genesis = await correct({ record: { seq: 0 }, document });
    const foreign = await correct({ record: { cid: former!.cid }, document }, SUPPLY);
    expect(gone).toEqual({
      receipt: null,
      userErrors: [
        {
          code: 'NOT_FOUND',
          message: 'there is no such record',
          path: ['input', 'record'],
          pointer: null,
        },
      ],
    });
    expect([genesis, foreign]).toEqual([gone, gone]);
    const record = { cid: former!.cid };
    const many = await correct({ record, document: { content: buildVisit(9) } });
    expect(many.userErrors).toMatchObject([
      { code: 'INVALID_RECORD', path: ['input', 'document'] },
    ]);
    const bad = await correct({ record, document: { content: BAD } });
    expect(bad.userErrors).toMatchObject([
      { code: 'INVALID_RECORD', path: ['input', 'document'], pointer: expect.any(String) },
    ]);
  });
});
