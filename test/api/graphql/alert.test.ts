import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subscribe, type ExecutionResult } from 'graphql';
import { presentErrors } from '../../../src/api/graphql/error.js';
import { prepareOperation } from '../../../src/api/graphql/prepare.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { captureAll } from './support/capture-all.js';
import {
  ANONYMOUS,
  RESEARCHER,
  startApi,
  SUPPLY,
  viewerOf,
  type TestApi,
} from './support/start-api.js';

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const PLANT = 'urn:epc:id:sgln:9521234.00000.0';
const DEPOT = 'urn:epc:id:sgln:4012345.00000.dock';
const DAY_MS = 24 * 3_600_000;
/** The clock of the node. */
const START = Date.UTC(2026, 5, 1);

const urn = (serial: number) => `urn:epc:id:sgtin:9521234.000001.${serial}`;
const link = (serial: number) => `https://id.gs1.org/01/09521234000013/21/${serial}`;

interface Told {
  epc: string;
  time: number;
  [member: string]: unknown;
}

let made = 0;

function event({ epc, time, readPoint, ...members }: Told): string {
  return JSON.stringify({
    '@context': [CONTEXT],
    type: 'ObjectEvent',
    eventID: `urn:uuid:00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
    eventTime: new Date(time).toISOString(),
    eventTimeZoneOffset: '+00:00',
    action: 'OBSERVE',
    epcList: [epc],
    ...(readPoint !== undefined && { readPoint: { id: readPoint } }),
    ...members,
  });
}

const commissioning = (serial: number, time: number) =>
  event({ epc: urn(serial), time, readPoint: PLANT, action: 'ADD', bizStep: 'commissioning' });
const shipping = (serial: number, time: number) =>
  event({ epc: urn(serial), time, readPoint: PLANT, bizStep: 'shipping' });
const receiving = (serial: number, time: number) =>
  event({ epc: urn(serial), time, readPoint: DEPOT, bizStep: 'receiving' });

const ALERTS = `query ($filter: AlertFilter, $first: Int, $after: String) {
  alerts(filter: $filter, first: $first, after: $after) {
    nodes {
      id type status item raisedAt knownAt evidenceCount
      reasons { reason text }
      evidence { seq eventID record { seq cid } }
    }
    edges { cursor }
    totalCount pending position
    pageInfo { hasNextPage endCursor }
  }
}`;
const WATCH = `subscription ($filter: AlertFilter, $after: Seq) {
  alerts(filter: $filter, after: $after) { type item knownAt }
}`;

interface Alert {
  id: string;
  type: string;
  item: string;
  raisedAt: string;
  knownAt: number;
  reasons: { reason: string; text: string }[];
  evidence: { seq: number }[];
}

interface Answer {
  alerts: {
    nodes: Alert[];
    totalCount: number;
    pending: number;
    position: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

describe('alerts', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let now = START;
  beforeAll(async () => {
    api = await startApi(directory, { now: () => now });
    await captureAll(api, [
      ...[1, 2, 3, 4].map((serial) => commissioning(serial, START - 40 * DAY_MS)),
      commissioning(1, START - 39 * DAY_MS),
      event({ epc: urn(9), time: START - 38 * DAY_MS, readPoint: DEPOT, bizStep: 'inspecting' }),
      shipping(2, START - 37 * DAY_MS),
      shipping(3, START - DAY_MS),
      receiving(4, START - 2 * DAY_MS),
    ]);
  });
  afterAll(() => api.close());

  const ask = async (variables: Record<string, unknown> = {}) =>
    (await api.get<Answer>(SUPPLY, ALERTS, variables)).alerts;
  const items = async (filter: Record<string, unknown>) =>
    (await ask({ filter })).nodes.map(({ item }) => Number(item.split('/').pop()));

  it('are listed newest first, each with its evidence, and say they are suspicions', async () => {
    const { nodes, totalCount, pending, position } = await ask();
    expect(nodes.map(({ type, item }) => [type, item])).toEqual([
      ['CUSTODY_GAP', link(4)],
      ['CUSTODY_GAP', link(2)],
      ['DUPLICATE_SERIAL', link(9)],
      ['DUPLICATE_SERIAL', link(1)],
    ]);
    expect(totalCount).toBe(4);
    expect(pending).toBe(0);
    expect(position).toBe(api.app.ledger.head().size - 1);
    const [, unreceived, , twice] = nodes;
    expect(unreceived!.raisedAt).toBe(new Date(START - 23 * DAY_MS).toISOString());
    expect(twice).toMatchObject({
      status: 'SUSPECT',
      evidenceCount: 2,
      reasons: [{ reason: 'SECOND_COMMISSIONING', text: expect.stringMatching(/before\.$/) }],
    });
    const [second, first] = twice!.evidence;
    expect(second!.seq).toBe(first!.seq + 4);
    expect(second).toMatchObject({ record: { seq: second!.seq, cid: expect.any(String) } });
    expect(twice!.knownAt).toBe(second!.seq);
  });

  it('are found by type, item, GTIN, place, time and position', async () => {
    expect(await items({ types: ['CUSTODY_GAP', 'REPARENTED'] })).toEqual([4, 2]);
    for (const item of [urn(1), link(1), '(01)09521234000013(21)1']) {
      expect(await items({ item })).toEqual([1]);
    }
    for (const gtin of ['09521234000013', '9521234000013', link(77)]) {
      expect(await items({ gtin })).toEqual([4, 2, 9, 1]);
    }
    expect(await items({ gtin: '09521234000020' })).toEqual([]);
    expect(await items({ place: DEPOT })).toEqual([4, 9]);
    expect(await items({ place: 'https://id.gs1.org/414/4012345000009' })).toEqual([4, 9]);
    const from = new Date(START - 38 * DAY_MS).toISOString();
    expect(await items({ raisedFrom: from, raisedBefore: new Date(START).toISOString() })).toEqual([
      4, 2, 9,
    ]);
    const [{ knownAt }] = (await ask({ first: 1 })).nodes as [Alert];
    expect(await items({ evidenceFrom: knownAt })).toEqual([4]);
    expect(await api.fail(SUPPLY, ALERTS, { filter: { gtin: 'none' } })).toBe('BAD_USER_INPUT');
  });

  it('come in pages', async () => {
    const found: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 2; page++) {
      const { nodes, pageInfo } = await ask({ first: 2, after });
      found.push(...nodes.map(({ item }) => item));
      after = pageInfo.endCursor;
      expect(pageInfo.hasNextPage).toBe(page === 0);
    }
    expect(found).toEqual([link(4), link(2), link(9), link(1)]);
    const other = { first: 2, after, filter: { types: ['EXCURSION'] } };
    expect(await api.fail(SUPPLY, ALERTS, other)).toBe('BAD_CURSOR');
    expect(await api.fail(SUPPLY, '{ alerts(first: 0) { pending } }')).toBe('BAD_USER_INPUT');
  });

  it('are shown to who may read events, and to nobody else', async () => {
    expect(await api.fail(ANONYMOUS, ALERTS)).toBe('UNAUTHENTICATED');
    for (const viewer of [RESEARCHER, viewerOf('auditor'), viewerOf('operator')]) {
      expect(await api.fail(viewer, ALERTS)).toBe('FORBIDDEN');
      expect(await refusal(viewer)).toBe('FORBIDDEN');
    }
    expect(await refusal(ANONYMOUS)).toBe('UNAUTHENTICATED');
  });

  it('keep their ids, come due, and are withdrawn', async () => {
    const ids = (await ask()).nodes.map(({ id }) => id);
    now += 13 * DAY_MS;
    expect(await items({ types: ['CUSTODY_GAP'] })).toEqual([3, 4, 2]);
    await captureAll(api, [receiving(3, START + DAY_MS), shipping(4, START - 3 * DAY_MS)]);
    const { nodes } = await ask();
    expect(nodes.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  describe('that one listens to', () => {
    type Stream = AsyncGenerator<ExecutionResult<{ alerts: { item: string; knownAt: number } }>>;
    const listen = async (variables: Record<string, unknown> = {}) => {
      const stream = await subscribeTo(SUPPLY, variables);
      if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
      return stream as Stream;
    };
    const next = async (stream: Stream) => (await stream.next()).value?.data?.alerts;

    it('are told as they come about', async () => {
      const stream = await listen({ filter: { types: ['DUPLICATE_SERIAL'] } });
      const heard = Promise.all([next(stream), next(stream)]);
      await captureAll(api, [commissioning(3, START - 20 * DAY_MS)]);
      await captureAll(api, [commissioning(4, START - 20 * DAY_MS)]);
      expect((await heard).map((alert) => alert?.item)).toEqual([link(3), link(4)]);
      await stream.return(undefined as never);
    });

    it('are told when they come due', async () => {
      const stream = await listen();
      const heard = next(stream);
      await captureAll(api, [shipping(1, now)]);
      now += 15 * DAY_MS;
      // whatever is captured next wakes those who listen; else they look themselves
      await captureAll(api, [event({ epc: 'urn:item:1', time: now })]);
      expect(await heard).toMatchObject({ item: link(1) });
      await stream.return(undefined as never);
    });

    it('are told from a position on, and go on from there', async () => {
      const all = (await ask()).nodes.toSorted((a, b) => a.knownAt - b.knownAt);
      const after = all[1]!.knownAt;
      const stream = await listen({ after });
      const expected = all.filter(({ knownAt }) => knownAt > after).map(({ item }) => item);
      const heard: (string | undefined)[] = [];
      for (let i = 0; i < expected.length; i++) heard.push((await next(stream))?.item);
      expect(heard.sort()).toEqual(expected.sort());
      const later = next(stream);
      await captureAll(api, [commissioning(2, START - 20 * DAY_MS)]);
      expect(await later).toMatchObject({ item: link(2) });
      await stream.return(undefined as never);
    });

    it('end while they wait when the listener or the caller goes', async () => {
      const controller = new AbortController();
      const gone = await listen();
      const cut = (await subscribeTo(SUPPLY, {}, controller.signal)) as Stream;
      const waiting = [gone.next(), cut.next()];
      await gone.return(undefined as never);
      controller.abort();
      for (const end of await Promise.all(waiting)) expect(end).toMatchObject({ done: true });
    });

    it('refuse a position the log has not reached', async () => {
      const after = api.app.ledger.head().size;
      const { errors } = (await subscribeTo(SUPPLY, { after })) as ExecutionResult;
      const shown = presentErrors(errors ?? [], api.context(SUPPLY));
      expect(shown).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', limit: after } }]);
    });
  });

  const subscribeTo = async (
    viewer: typeof SUPPLY,
    variables: Record<string, unknown> = {},
    signal?: AbortSignal,
  ) => {
    const operation = prepareOperation({ query: WATCH, variables }, api.context(viewer, signal));
    if (!('document' in operation)) throw new Error(JSON.stringify(operation));
    return subscribe(operation);
  };
  const refusal = async (viewer: typeof SUPPLY) => {
    const { errors } = (await subscribeTo(viewer)) as ExecutionResult;
    return presentErrors(errors ?? [], api.context(viewer))[0]?.extensions?.['code'];
  };
});
