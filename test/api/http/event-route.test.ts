import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '../../../src/api/http/epcis-problem.js';
import type { TokenRequest } from '../../../src/api/token.js';
import { tempDirectory } from '../../support/temp-directory.js';
import {
  buildDocument,
  buildEvent,
  EPCIS_CONTEXT,
  type EventMembers,
} from './support/build-epcis.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;

const EXAMPLE = { ex: 'https://ns.example.com/epcis/' };
const SHIPPING = 'https://ref.gs1.org/cbv/BizStep-shipping';
const RECEIVING = 'https://ref.gs1.org/cbv/BizStep-receiving';
const RECALLED_LOT = 'https://id.gs1.org/01/10614141073464/10/A1';

/** Two documents of two contexts, and a voided event with its declaration. */
const PLAIN = [
  buildEvent(1),
  buildEvent(2, { bizStep: 'receiving', readPoint: { id: 'urn:epc:id:sgln:0614141.07346.1' } }),
  buildEvent(3, {
    quantityList: [{ epcClass: 'urn:epc:class:lgtin:0614141.107346.A1', quantity: 5, uom: 'KGM' }],
  }),
];
const EXTENDED = [
  buildEvent(4, { 'ex:size': 12.5, 'ex:color': 'red', bizStep: 'packing' }),
  buildEvent(5, {
    bizStep: 'packing',
    sensorElementList: [
      { sensorReport: [{ type: 'Temperature', value: 26.0, uom: 'CEL', deviceID: 'urn:x:1' }] },
    ],
  }),
];
const DECLARED = buildEvent(1, {
  errorDeclaration: { declarationTime: '2026-02-01T00:00:00Z', reason: 'incorrect_data' },
});

beforeAll(async () => {
  node = await startServer(directory);
  await capture(buildDocument(PLAIN));
  // numbers as they are spelt here: 12.50 and 26.0
  const extended = buildDocument(EXTENDED, [EPCIS_CONTEXT, EXAMPLE]);
  await capture(extended.replace('12.5', '12.50').replace('"value":26', '"value":26.0'));
  await capture(buildDocument([DECLARED]));
});
afterAll(() => node.close());

async function capture(body: string): Promise<void> {
  const headers = { 'content-type': 'application/ld+json' };
  const answer = await node.ask('/capture?waitFor=INDEXED', { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ refused: 0 });
}

interface Document {
  '@context': unknown;
  type: string;
  schemaVersion: string;
  creationDate: string;
  epcisBody: {
    queryResults: { queryName: string; resultsBody: { eventList: EventMembers[] } };
  };
}

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return node.ask(path, { headers });
}

async function documentAt(path: string, headers: Record<string, string> = {}): Promise<Document> {
  const answer = await ask(path, headers);
  expect([answer.status, path]).toEqual([200, path]);
  return (await answer.json()) as Document;
}

function eventsOf(document: Document): EventMembers[] {
  return document.epcisBody.queryResults.resultsBody.eventList;
}

/** The minutes by which the events of this file are told apart. */
async function minutesAt(path: string, headers: Record<string, string> = {}): Promise<number[]> {
  const events = eventsOf(await documentAt(path, headers));
  return events.map(({ eventTime }) => new Date(String(eventTime)).getUTCMinutes());
}

async function problemAt(path: string, headers: Record<string, string> = {}): Promise<Problem> {
  const answer = await ask(path, headers);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = (await answer.json()) as Problem;
  expect(problem.status).toBe(answer.status);
  expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
  return problem;
}

function nextOf(answer: Response): string | undefined {
  return /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
}

async function as(token: Partial<TokenRequest>): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await node.token(token)}` };
}

describe('GET /events', () => {
  it('answers with an EPCISQueryDocument of the events as they were captured', async () => {
    const document = await documentAt('/events?EQ_bizStep=receiving');
    const [event] = eventsOf(document);
    expect(document).toEqual({
      '@context': EPCIS_CONTEXT,
      type: 'EPCISQueryDocument',
      schemaVersion: '2.0',
      creationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      epcisBody: {
        queryResults: {
          queryName: 'SimpleEventQuery',
          resultsBody: { eventList: [{ ...PLAIN[1], recordTime: event!['recordTime'] }] },
        },
      },
    });
    expect(Date.parse(String(event!['recordTime']))).not.toBeNaN();
  });

  it('keeps the spelling of numbers', async () => {
    const text = await (await ask('/events?EQ_bizStep=packing')).text();
    expect(text).toContain('"ex:size":12.50');
    expect(text).toContain('"value":26.0');
  });

  it('gives the document the context that all its events have, else each keeps its own', async () => {
    const shared = await documentAt('/events?EQ_bizStep=packing');
    expect(shared['@context']).toEqual([EPCIS_CONTEXT, EXAMPLE]);
    expect(eventsOf(shared).map((event) => event['@context'])).toEqual([undefined, undefined]);
    const mixed = await documentAt('/events?EQ_bizStep=packing|receiving&orderDirection=ASC');
    expect(mixed['@context']).toBe(EPCIS_CONTEXT);
    expect(eventsOf(mixed).map((event) => event['@context'])).toEqual([
      EPCIS_CONTEXT,
      [EPCIS_CONTEXT, EXAMPLE],
      [EPCIS_CONTEXT, EXAMPLE],
    ]);
  });

  it.each([
    ['', [5, 4, 3, 2, 1, 1]],
    ['?orderBy=eventTime&orderDirection=ASC', [1, 1, 2, 3, 4, 5]],
    ['?orderBy=recordTime&orderDirection=DESC', [1, 5, 4, 3, 2, 1]],
    ['?MATCH_epc=urn:epc:id:sgtin:0614141.107346.3', [3]],
    ['?MATCH_epc=urn:epc:id:sgtin:0614141.107346.3|urn:epc:id:sgtin:0614141.107346.2', [3, 2]],
    ['?MATCH_epc=urn:epc:id:sgtin:0614141.107346.3&MATCH_epc=urn:x:1', [3]],
    ['?MATCH_epc=urn:epc:idpat:sgtin:0614141.107346.*&EQ_action=OBSERVE', [5, 4, 3, 2, 1, 1]],
    [`?MATCH_epcClass=${encodeURIComponent(RECALLED_LOT)}&GE_quantity_GRM=5000`, [3]],
    [`?MATCH_epcClass=${encodeURIComponent(RECALLED_LOT)}&GT_quantity_GRM=5000`, []],
    ['?EQ_readPoint=https://example.com/414/0614141073467/254/1', [2]],
    ['?GE_eventTime=2026-01-01T00:02:00Z&LT_eventTime=2026-01-01T01:04:00%2B01:00', [3, 2]],
    ['?EQ_type=Temperature&GE_value_FAH=78&LT_value_FAH=79&EQ_deviceID=urn:x:1', [5]],
    ['?EQ_type=Temperature&GE_value_FAH=80', []],
    ['?EXISTS_errorDeclaration=&EQ_errorReason=incorrect_data', [1]],
    ['?EQ_https://ns.example.com/epcis/size=12.5', [4]],
    ['?EXISTS_https://ns.example.com/epcis/color', [4]],
  ])('finds by %s', async (query, minutes) => {
    expect(await minutesAt(`/events${query}`)).toEqual(minutes);
  });

  it('reads prefixes of extensions as GS1-Extensions declares them', async () => {
    const headers = {
      'gs1-extensions': 'a=https://other.example.com/, e=https://ns.example.com/epcis/',
    };
    expect(await minutesAt('/events?EQ_e:color=red', headers)).toEqual([4]);
    expect(await minutesAt('/events?EQ_e:color=red')).toEqual([]);
    const problem = await problemAt('/events', { 'gs1-extensions': 'nothing' });
    expect(problem.type).toBe('epcisException:QueryParameterException');
  });

  it('gives page after page, nothing left out and nothing twice', async () => {
    const minutes: number[] = [];
    let pages = 0;
    for (let path: string | undefined = '/events?perPage=2&EQ_action=OBSERVE|ADD'; path; pages++) {
      const answer = await ask(path);
      minutes.push(...(await minutesAt(path)));
      path = nextOf(answer);
      const expires = answer.headers.get('gs1-next-page-token-expires');
      expect(expires === null).toBe(path === undefined);
    }
    expect([pages, minutes]).toEqual([3, [5, 4, 3, 2, 1, 1]]);
  });

  it('ends at eventCountLimit, whatever the pages', async () => {
    const minutes: number[] = [];
    for (let path: string | undefined = '/events?perPage=2&eventCountLimit=3'; path;) {
      const answer = await ask(path);
      minutes.push(...(await minutesAt(path)));
      path = nextOf(answer);
    }
    expect(minutes).toEqual([5, 4, 3]);
  });

  it('refuses more than maxEventCount', async () => {
    expect(await minutesAt('/events?maxEventCount=6')).toHaveLength(6);
    for (const perPage of [2, 30]) {
      const problem = await problemAt(`/events?maxEventCount=5&perPage=${perPage}`);
      expect(problem).toMatchObject({
        type: 'epcisException:QueryTooLargeException',
        code: 'TOO_LARGE',
        status: 413,
      });
    }
  });

  it('has tokens that are the cursors of GraphQL, good for the same question and viewer only', async () => {
    const answer = await ask('/events?perPage=2&EQ_bizStep=shipping|receiving');
    const next = new URL(nextOf(answer)!, node.url);
    const token = next.searchParams.get('nextPageToken')!;
    const query = `query($after: String) {
      events(filter: { EQ_bizStep: ["shipping", "receiving"] }, first: 2, after: $after) { nodes { eventTime } }
    }`;
    const { data } = await node.graphql(query, { after: token });
    const { nodes } = data!['events'] as { nodes: { eventTime: string }[] };
    const minutes = nodes.map(({ eventTime }) => new Date(eventTime).getUTCMinutes());
    expect(minutes).toEqual([1, 1]);
    expect(await minutesAt(`${next.pathname}${next.search}`)).toEqual([1, 1]);
    const path = `/events?perPage=2&EQ_bizStep=shipping&nextPageToken=${token}`;
    expect(await problemAt(path)).toMatchObject({ code: 'BAD_CURSOR' });
    const other = await as({ subject: 'dr-2' });
    expect(await problemAt(`${next.pathname}${next.search}`, other)).toMatchObject({
      type: 'epcisException:QueryParameterException',
      code: 'BAD_CURSOR',
    });
  });

  it('answers as linked data where that is asked for', async () => {
    const linked = await ask('/events?perPage=1', { accept: 'application/ld+json' });
    expect(linked.headers.get('content-type')).toContain('application/ld+json');
    const plain = await ask('/events?perPage=1');
    expect(plain.headers.get('content-type')).toContain('application/json');
    expect(plain.headers.get('gs1-epcis-version')).toBe('2.0.0');
  });

  it('names parameters that cannot be read by their position', async () => {
    const problem = await problemAt('/events?EQ_action=ADD&EQ_patient=secret');
    expect(problem).toMatchObject({
      type: 'epcisException:QueryParameterException',
      title: 'a parameter cannot be read',
      status: 400,
      detail: 'parameter 2 is none of SimpleEventQuery',
      code: 'BAD_USER_INPUT',
      retryable: false,
    });
    expect(JSON.stringify(problem)).not.toMatch(/secret|patient/);
    const many = Array.from({ length: 300 }, (_, i) => `EXISTS_a:b${i}`).join('&');
    expect(await problemAt(`/events?${many}`)).toMatchObject({
      type: 'epcisException:QueryTooComplexException',
      code: 'QUERY_TOO_COMPLEX',
    });
  });

  it.each([
    ['GS1-EPC-Format', 'Always_GS1_Digital_Link'],
    ['GS1-EPC-Format', 'Always_EPC_URN'],
    ['GS1-CBV-XML-Format', 'Always_URN'],
    ['GS1-EPCIS-Version', '1.2'],
    ['GS1-EPCIS-Min', '2.1'],
    ['GS1-EPCIS-Max', '1.2'],
    ['Accept', 'application/xml'],
  ])('does not pretend to honour %s: %s', async (name, value) => {
    const problem = await problemAt('/events', { [name]: value });
    expect(problem).toMatchObject({
      type: 'epcisException:NotAcceptableException',
      code: 'NOT_ACCEPTABLE',
      status: 406,
    });
    expect(problem.detail).toContain(name);
  });

  it.each([
    ['GS1-EPC-Format', 'Never_Translates'],
    ['GS1-EPC-Format', 'No_Preference'],
    ['GS1-CBV-XML-Format', 'No_Preference'],
    ['GS1-EPCIS-Version', '2.0'],
    ['GS1-EPCIS-Min', '1.2'],
    ['GS1-EPCIS-Max', '2.1.0'],
    ['Accept', 'text/html, application/*;q=0.5'],
  ])('honours %s: %s', async (name, value) => {
    expect((await ask('/events', { [name]: value })).status).toBe(200);
  });
});

describe('GET /events/{eventID}', () => {
  it('answers with the event, which stands by itself', async () => {
    const id = encodeURIComponent(String(EXTENDED[0]!['eventID']));
    const event = (await (await ask(`/events/${id}`)).json()) as EventMembers;
    const { recordTime, ...captured } = event;
    expect(captured).toEqual({ '@context': [EPCIS_CONTEXT, EXAMPLE], ...EXTENDED[0] });
    expect(recordTime).toBeDefined();
  });

  it('answers with the declaration where an event was declared erroneous', async () => {
    const id = encodeURIComponent(String(DECLARED['eventID']));
    const event = (await (await ask(`/events/${id}`)).json()) as EventMembers;
    expect(event['errorDeclaration']).toEqual(DECLARED['errorDeclaration']);
  });

  it('is not found when there is none', async () => {
    const problem = await problemAt('/events/urn%3Auuid%3Anone');
    expect(problem).toMatchObject({ type: 'epcisException:NoSuchResourceException', status: 404 });
  });
});

describe('top-level resources', () => {
  it.each([
    ['/eventTypes', ['ObjectEvent']],
    ['/bizSteps', [SHIPPING, RECEIVING, 'https://ref.gs1.org/cbv/BizStep-packing']],
    ['/dispositions', ['https://ref.gs1.org/cbv/Disp-in_transit']],
    ['/readPoints', ['https://id.gs1.org/414/0614141073467/254/1']],
    ['/bizLocations', []],
    ['/epcs', [1, 2, 3, 4, 5].map((n) => `https://id.gs1.org/01/10614141073464/21/${n}`)],
  ])('%s lists what is in use, each once', async (path, members) => {
    const collection = (await (await ask(path)).json()) as { member: string[] };
    expect(collection).toEqual({
      '@context': EPCIS_CONTEXT,
      type: 'Collection',
      member: expect.any(Array),
    });
    expect([...collection.member].sort()).toEqual([...members].sort());
  });

  it('are paged like everything else', async () => {
    const members: string[] = [];
    for (let path: string | undefined = '/epcs?perPage=2'; path;) {
      const answer = await ask(path);
      members.push(...((await answer.json()) as { member: string[] }).member);
      path = nextOf(answer);
    }
    expect(new Set(members).size).toBe(5);
    expect(members).toHaveLength(5);
    const next = new URL(nextOf(await ask('/epcs?perPage=2'))!, node.url);
    expect(await problemAt(`/bizSteps${next.search}`)).toMatchObject({ code: 'BAD_CURSOR' });
    expect(await problemAt('/epcs?EQ_action=ADD')).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('have events below each of them, which can be asked further', async () => {
    const id = (text: string) => encodeURIComponent(text);
    const epc = 'urn:epc:id:sgtin:0614141.107346.3';
    expect(await minutesAt('/eventTypes/ObjectEvent/events')).toHaveLength(6);
    expect(await minutesAt('/eventTypes/AggregationEvent/events')).toEqual([]);
    expect(await minutesAt(`/epcs/${id(epc)}/events`)).toEqual([3]);
    expect(await minutesAt(`/epcs/${id(RECALLED_LOT)}/events`)).toEqual([3]);
    expect(await minutesAt('/bizSteps/shipping/events')).toEqual([3, 1, 1]);
    expect(await minutesAt(`/bizSteps/${id(SHIPPING)}/events?EXISTS_errorDeclaration=`)).toEqual([
      1,
    ]);
    expect(await minutesAt('/bizSteps/shipping/events?EQ_bizStep=receiving')).toEqual([]);
    expect(await minutesAt(`/readPoints/${id('urn:epc:id:sgln:0614141.07346.1')}/events`)).toEqual([
      2,
    ]);
    expect(await minutesAt('/dispositions/in_transit/events?perPage=2')).toEqual([5, 4]);
    expect(await minutesAt('/bizLocations/urn:x:1/events')).toEqual([]);
    expect(await (await ask('/bizSteps/shipping')).json()).toMatchObject({ member: ['events'] });
    expect(await problemAt('/eventTypes/SomeEvent/events')).toMatchObject({ status: 404 });
  });
});

describe('whoever may not read events', () => {
  const paths = ['/events', '/events/urn%3Ax', '/bizSteps', '/epcs', '/epcs/urn%3Ax/events'];

  it.each(paths)('is told so at %s, and nothing else', async (path) => {
    const researcher = await problemAt(path, await as({ role: 'researcher' }));
    expect(researcher).toMatchObject({
      type: 'epcisException:SecurityException',
      code: 'FORBIDDEN',
      status: 403,
    });
    const nobody = await fetch(`${node.url}${path}`);
    expect(nobody.status).toBe(401);
    expect(await nobody.json()).toMatchObject({
      type: 'epcisException:SecurityException',
      code: 'UNAUTHENTICATED',
    });
    const forged = await fetch(`${node.url}${path}`, { headers: { authorization: 'Bearer x' } });
    expect(forged.status).toBe(401);
    expect(await forged.json()).toMatchObject({ type: 'epcisException:SecurityException' });
  });
});

describe('OPTIONS', () => {
  it.each(['/', '/events', '/events/a', '/epcs', '/epcs/a', '/epcs/a/events', '/capture/a'])(
    'of %s says what is spoken there, to everyone',
    async (path) => {
      const answer = await fetch(`${node.url}${path}`, { method: 'OPTIONS' });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('allow')).toBe('GET, OPTIONS');
      expect(answer.headers.get('gs1-epcis-min')).toBe('2.0.0');
    },
  );

  it('answers the preflight of a page that may call, and no other', async () => {
    const origin = 'https://app.example';
    const open = await startServer(directory, { corsOrigins: [origin] });
    const preflight = (from: string) =>
      fetch(`${open.url}/events`, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': 'GET' },
      });
    const own = await preflight(origin);
    expect(own.status).toBe(204);
    expect(own.headers.get('access-control-allow-origin')).toBe(origin);
    expect(own.headers.get('access-control-allow-headers')).toContain('authorization');
    const strange = await preflight('https://evil.example');
    expect(strange.headers.get('access-control-allow-origin')).toBeNull();
    expect(strange.headers.get('access-control-allow-headers')).toBeNull();
    const plain = await fetch(`${open.url}/events`, { method: 'OPTIONS' });
    expect(plain.headers.get('gs1-epcis-version')).toBe('2.0.0');
    await open.close();
  });
});

describe('the log of this node', () => {
  it('holds nothing of what was asked and answered', () => {
    expect(node.logged()).toContain('/epcs/:id/events');
    expect(node.logged()).not.toMatch(/0614141|00000000-0000-4000-8000|ns\.example\.com/);
  });
});
