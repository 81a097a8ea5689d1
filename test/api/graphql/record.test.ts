import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cidOf } from '../../../src/crypto/cid.js';
import { fromBase64url } from '../../../src/crypto/bytes.js';
import { fromBase64 } from '../../../src/ledger/base64.js';
import { parseCheckpoint } from '../../../src/ledger/checkpoint.js';
import { hashLeaf } from '../../../src/ledger/tree.js';
import { verifyConsistency, verifyInclusion } from '../../../src/ledger/verify.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildVisit, CANARY } from './support/build-visit.js';
import { captureAll, type Captured } from './support/capture-all.js';
import { ANONYMOUS, CLINICIAN, RESEARCHER, startApi, type TestApi } from './support/start-api.js';

interface Proof {
  seq: number;
  size: number;
  leafHash: string;
  hashes: string[];
  root: string;
  checkpoint: string | null;
}

const PROOF = 'inclusionProof { seq size leafHash hashes root checkpoint }';
const NOWHERE = cidOf(new Uint8Array([0]));

describe('records over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let records: Captured[];
  let claim: Captured;

  beforeAll(async () => {
    api = await startApi(directory);
    records = await captureAll(api, [buildVisit(1)]);
    claim = records[3]!;
  });
  afterAll(() => api.close());

  it('finds a record by CID, by rid, by rid and version, and by its global id', async () => {
    const { cid, rid } = claim;
    const data = await api.get<Record<string, { id: string; cid: string }>>(
      CLINICIAN,
      `query ($cid: CID!, $rid: ID!) {
        byCid: record(cid: $cid) { id cid }
        byRid: record(rid: $rid) { id cid }
        byVersion: record(rid: $rid, version: 1) { id cid }
      }`,
      { cid, rid },
    );
    expect(Object.values(data).map((record) => record.cid)).toEqual([cid, cid, cid]);
    const id = data['byCid']!.id;
    const { node } = await api.get(CLINICIAN, NODE, { id });
    expect(node).toEqual({ __typename: 'Record', id, content: expect.stringContaining(CANARY) });
  });

  it('answers the content as it was captured, numbers as they were spelt', async () => {
    const { record } = await api.get<{ record: { content: string } }>(
      CLINICIAN,
      `query ($cid: CID!) {
        record(cid: $cid) {
          type class mediaType version isLatest contentState content occurredAt
        }
      }`,
      { cid: claim.cid },
    );
    expect(record).toMatchObject({
      type: 'Claim',
      class: 'FHIR_RESOURCE',
      mediaType: 'application/fhir+json',
      version: 1,
      isLatest: true,
      contentState: 'AVAILABLE',
      occurredAt: '1999-01-03T00:00:00.000Z',
    });
    expect(record.content).toContain('"value":129.10');
  });

  it('answers the identifiers a content names', async () => {
    const { record } = await api.get(
      CLINICIAN,
      'query ($cid: CID!) { record(cid: $cid) { identifiers { system value } } }',
      { cid: records[0]!.cid },
    );
    expect(record).toEqual({
      identifiers: expect.arrayContaining([{ system: 'urn:mrn', value: `${CANARY}-1` }]),
    });
  });

  it('answers null for what is not there, and says no more to those who may not know', async () => {
    const ask = `query ($cid: CID!) { record(cid: $cid) { cid } }`;
    expect(await api.get(CLINICIAN, ask, { cid: NOWHERE })).toEqual({ record: null });
    const operator = { ...CLINICIAN, role: 'operator' as const };
    expect(await api.get(operator, ask, { cid: NOWHERE })).toEqual({ record: null });
    expect(await api.get(operator, ask, { cid: claim.cid })).toEqual({ record: null });
    const noScope = { ...CLINICIAN, scopes: [] };
    expect(await api.get(noScope, ask, { cid: claim.cid })).toEqual({ record: null });
  });

  it.each([
    '{ record { cid } }',
    '{ record(version: 1) { cid } }',
    `{ record(cid: "${NOWHERE}", rid: "x") { cid } }`,
    `{ record(cid: "${NOWHERE}", version: 1) { cid } }`,
  ])('refuses an address that names nothing or two things: %s', async (query) => {
    expect(await api.fail(CLINICIAN, query)).toBe('BAD_USER_INPUT');
  });

  it('tells a stranger to bring a token, whether or not the record is there', async () => {
    const ask = `query ($cid: CID!) { record(cid: $cid) { cid } }`;
    expect(await api.fail(ANONYMOUS, ask, { cid: claim.cid })).toBe('UNAUTHENTICATED');
    expect(await api.fail(ANONYMOUS, ask, { cid: NOWHERE })).toBe('UNAUTHENTICATED');
  });

  it('keeps content from a researcher, by every way to it', async () => {
    const { record } = await api.get<{ record: { id: string } }>(
      RESEARCHER,
      `query ($cid: CID!) {
        record(cid: $cid) { id type contentState content occurredAt identifiers { value } }
      }`,
      { cid: claim.cid },
    );
    const sealed = { contentState: 'SEALED', content: null, occurredAt: null, identifiers: null };
    expect(record).toMatchObject({ type: 'Claim', ...sealed });
    const { node } = await api.get(RESEARCHER, NODE, { id: record.id });
    expect(node).toMatchObject({ content: null });
  });

  it('proves that a record stands in the log', async () => {
    const { record, log } = await api.get<{
      record: { inclusionProof: Proof; entry: { cid: string; statement: { signature: string } } };
      log: { head: { root: string; size: number; text: string } };
    }>(
      CLINICIAN,
      `query ($cid: CID!) {
        record(cid: $cid) { ${PROOF} entry { cid statement { signature } } }
        log { head { root size text } }
      }`,
      { cid: claim.cid },
    );
    const proof = record.inclusionProof;
    checkInclusion(proof);
    expect(proof).toMatchObject({ seq: claim.seq, size: log.head.size, root: log.head.root });
    expect(proof.checkpoint).toBe(log.head.text);
    expect(parseCheckpoint(log.head.text).size).toBe(log.head.size);
    expect(record.entry.cid).toBe(claim.entryCid);
    expect(fromBase64url(record.entry.statement.signature)).toHaveLength(64);
    const bytes = await api.app.ledger.entry(claim.seq);
    expect(fromBase64(proof.leafHash)).toEqual(hashLeaf(bytes));
  });

  it('tells where a record comes from', async () => {
    const { provenance } = await api.get<{ provenance: { inclusionProof: Proof } }>(
      CLINICIAN,
      `query ($cid: CID!) {
        provenance(cid: $cid) {
          record { cid }
          versions { cid version }
          versionCount
          author { kid organisation log }
          activity { kind startedAt endedAt agent { kid } }
          entry { seq cid }
          custody { kind seq version cid at agent { kid } }
          position
          ${PROOF}
        }
      }`,
      { cid: claim.cid },
    );
    const kid = api.app.ledger.authorKid;
    expect(provenance).toMatchObject({
      record: { cid: claim.cid },
      versions: [{ cid: claim.cid, version: 1 }],
      versionCount: 1,
      author: { kid, organisation: 'Hospital A', log: api.app.ledger.log },
      activity: { kind: 'CAPTURE', agent: { kid } },
      entry: { seq: claim.seq, cid: claim.entryCid },
      custody: [{ kind: 'CAPTURE', seq: claim.seq, version: 1, cid: claim.cid, agent: { kid } }],
      position: api.app.ledger.head().size - 1,
    });
    checkInclusion(provenance.inclusionProof);
  });

  it('answers NOT_FOUND for the provenance of what is not there and of what may not be known', async () => {
    const ask = 'query ($cid: CID!) { provenance(cid: $cid) { versionCount } }';
    const operator = { ...CLINICIAN, role: 'operator' as const };
    const gone = await api.ask(CLINICIAN, ask, { cid: NOWHERE });
    const forbidden = await api.ask(operator, ask, { cid: claim.cid });
    const withoutId = (answer: typeof gone) => ({
      ...answer,
      errors: answer.errors?.map(({ message, extensions }) => [message, extensions?.['code']]),
    });
    expect(gone.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', retryable: false });
    expect(withoutId(forbidden)).toEqual(withoutId(gone));
  });
});

describe('logs over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi(directory);
    await captureAll(api, [buildVisit(1), buildVisit(2)]);
  });
  afterAll(() => api.close());

  it('shows everyone the log of this node', async () => {
    const { log, logs } = await api.get(
      ANONYMOUS,
      `{
        log { origin cid organisation { name slug } authors checkpoint
              index { position } }
        logs { id origin }
      }`,
    );
    const { ledger } = api.app;
    expect(log).toMatchObject({
      origin: ledger.origin,
      cid: ledger.log,
      organisation: { name: 'Hospital A' },
      authors: [ledger.authorKid],
      checkpoint: ledger.head().checkpoint,
      index: null,
    });
    expect(logs).toEqual([{ id: expect.any(String), origin: ledger.origin }]);
    expect(await api.fail(ANONYMOUS, '{ log(origin: "elsewhere") { cid } }')).toBe('NOT_FOUND');
    const status = '{ log { index { position lagEntries lagMs records dangling unreadable } } }';
    expect(await api.get(CLINICIAN, status)).toEqual({
      log: {
        index: {
          ...{ position: 10, lagEntries: 0, lagMs: 0 },
          ...{ records: 10, dangling: 0, unreadable: 0 },
        },
      },
    });
  });

  it('pages through the entries, each pointing to the one before', async () => {
    const seen: { seq: number; cid: string; prev: string | null }[] = [];
    let after: string | null = null;
    do {
      const { log }: EntriesAnswer = await api.get<EntriesAnswer>(ANONYMOUS, ENTRIES, { after });
      seen.push(...log.entries.nodes);
      expect(log.entries).toMatchObject({ totalCount: 11, edges: expect.any(Array) });
      after = log.entries.pageInfo.hasNextPage ? log.entries.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen.map(({ seq }) => seq)).toEqual([...Array(11).keys()]);
    expect(seen.map(({ prev }) => prev)).toEqual([
      null,
      ...seen.slice(0, -1).map(({ cid }) => cid),
    ]);
  });

  it('begins at a position, and answers nothing beyond the end', async () => {
    const { log } = await api.get(
      ANONYMOUS,
      `{ log {
        entries(from: 9) { nodes { seq statement { type } } pageInfo { hasPreviousPage hasNextPage } }
        none: entries(from: 99) { nodes { seq } pageInfo { startCursor endCursor } }
        genesis: entry(seq: 0) { prev statement { type author issuedAt body } }
        beyond: entry(seq: 11) { cid }
      } }`,
    );
    const type = 'record.put';
    expect(log).toMatchObject({
      entries: {
        nodes: [
          { seq: 9, statement: { type } },
          { seq: 10, statement: { type } },
        ],
        pageInfo: { hasPreviousPage: true, hasNextPage: false },
      },
      none: { nodes: [], pageInfo: { startCursor: null, endCursor: null } },
      genesis: { prev: null, statement: { type: 'genesis', body: { type: 'genesis', log: '' } } },
      beyond: null,
    });
  });

  it('proves every entry in every tree it stands in', async () => {
    const ask = `query ($seq: Seq!, $size: Seq) { log { p: ${PROOF.replace('Proof', 'Proof(seq: $seq, size: $size)')} } }`;
    for (const size of [1, 2, 7, 11]) {
      for (const seq of [0, size - 1]) {
        const { log } = await api.get<{ log: { p: Proof } }>(ANONYMOUS, ask, { seq, size });
        checkInclusion(log.p);
        expect(log.p.checkpoint === null).toBe(size < 11);
      }
    }
  });

  it('proves that the log only grew', async () => {
    for (const [from, to] of [
      [1, 11],
      [4, 9],
      [11, 11],
    ] as const) {
      const { log } = await api.get<{ log: { consistencyProof: Consistency } }>(
        ANONYMOUS,
        `query ($from: Seq!, $to: Seq) {
          log { consistencyProof(from: $from, to: $to) { from to fromRoot toRoot hashes } }
        }`,
        { from, to },
      );
      const { fromRoot, toRoot, hashes } = log.consistencyProof;
      const proof = hashes.map(fromBase64);
      verifyConsistency(from, to, fromBase64(fromRoot), fromBase64(toRoot), proof);
    }
  });

  it.each([
    'inclusionProof(seq: 11) { size }',
    'inclusionProof(seq: 3, size: 3) { size }',
    'inclusionProof(seq: 3, size: 12) { size }',
    'consistencyProof(from: 0) { to }',
    'consistencyProof(from: 9, to: 4) { to }',
    'consistencyProof(from: 1, to: 12) { to }',
    'entries(first: 0) { totalCount }',
    'entries(first: -1) { totalCount }',
    'entries(first: 501) { totalCount }',
  ])('refuses %s', async (field) => {
    expect(await api.fail(ANONYMOUS, `{ log { ${field} } }`)).toBe('BAD_USER_INPUT');
  });

  it('refuses the record of an entry to a stranger, and finds entries and logs by id', async () => {
    const { log } = await api.get<{ log: { id: string; entry: { id: string } } }>(
      ANONYMOUS,
      '{ log { id entry(seq: 1) { id } } }',
    );
    const { nodes } = await api.get(
      ANONYMOUS,
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
      { ids: [log.entry.id, log.id, 'nonsense'] },
    );
    expect(nodes).toEqual([
      { __typename: 'Entry', id: log.entry.id },
      { __typename: 'Log', id: log.id },
      null,
    ]);
    const ask = '{ log { entry(seq: 1) { record { cid } } } }';
    const { data, errors } = await api.ask(ANONYMOUS, ask);
    expect(data).toEqual({ log: { entry: { record: null } } });
    expect(errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
    expect(await api.get(CLINICIAN, ask)).toEqual({
      log: { entry: { record: { cid: expect.stringMatching(/^baga/) } } },
    });
  });

  it('refuses more ids at once than there may be', async () => {
    const ids = Array(501).fill('x');
    const ask = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(await api.fail(CLINICIAN, ask, { ids })).toBe('BAD_USER_INPUT');
  });
});

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id ... on Record { content } } }';
const ENTRIES = `query ($after: String) {
  log { entries(first: 4, after: $after) {
    nodes { seq cid prev }
    edges { cursor node { seq } }
    pageInfo { hasNextPage endCursor }
    totalCount
  } }
}`;

interface EntriesAnswer {
  log: {
    entries: {
      nodes: { seq: number; cid: string; prev: string | null }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  };
}

interface Consistency {
  fromRoot: string;
  toRoot: string;
  hashes: string[];
}

function checkInclusion({ seq, size, leafHash, hashes, root }: Proof): void {
  const proof = hashes.map(fromBase64);
  verifyInclusion(proof, seq, size, fromBase64(leafHash), fromBase64(root));
}
