import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../../cli/run-cli.js';
import { tempDirectory } from '../../support/temp-directory.js';
import {
  buildDocument,
  buildEvent,
  EPCIS_CONTEXT,
  type EventMembers,
} from './support/build-epcis.js';
import { startServer, type TestServer } from './support/start-server.js';

interface Problem {
  code: string;
  pointer: string;
}

interface Summary {
  code?: string;
  captured: number;
  refused: number;
  problems: Problem[];
}

const SSCC = 'urn:epc:id:sscc:0614141.';
const LOT = 'urn:epc:class:lgtin:4012345.012345.998877';
const MIDDLE = '/epcisBody/eventList/1';
const CONTEXT = [EPCIS_CONTEXT, { example: 'https://example.org/' }];

const directory = tempDirectory();
let node: TestServer;
let made = 0;

beforeAll(async () => {
  node = await startServer(directory, { rateLimitPerMinute: 10_000, bodyTimeoutMs: 500 });
});
afterAll(() => node.close());

async function capture(body: string, mediaType = 'application/ld+json'): Promise<Summary> {
  const headers = { 'content-type': mediaType, 'gs1-capture-error-behaviour': 'proceed' };
  const init = { method: 'POST', headers, body };
  return (await (await node.ask('/capture?waitFor=INDEXED', init)).json()) as Summary;
}

/** The event between two good ones. */
function between(members: EventMembers): string {
  const n = (made += 3);
  return buildDocument([buildEvent(n), buildEvent(n + 1, members), buildEvent(n + 2)], CONTEXT);
}

const children = (count: number) =>
  Array.from({ length: count }, (_, i) => `urn:epc:id:sgtin:0614141.107346.c${i}`);
const packing = (parent: string, childEPCs: string[], members: EventMembers = {}) => ({
  type: 'AggregationEvent',
  epcList: undefined,
  action: 'ADD',
  bizStep: 'packing',
  disposition: undefined,
  parentID: parent,
  childEPCs,
  ...members,
});
const amount = (quantity: number, uom: string) => ({
  epcList: undefined,
  quantityList: [{ epcClass: LOT, quantity, uom }],
});

describe('a bad event among good ones', () => {
  it.each<[string, EventMembers, string, string]>([
    ['of year 1', { eventTime: '0001-01-01T00:00:00Z' }, 'INVALID_RECORD', '/eventTime'],
    ['of year 99999', { eventTime: '99999-01-01T00:00:00Z' }, 'INVALID_RECORD', '/eventTime'],
    ['of 31 February', { eventTime: '2026-02-31T00:00:00Z' }, 'INVALID_RECORD', '/eventTime'],
    [
      'at an offset of 99 hours',
      { eventTime: '2026-01-01T00:00:00+99:00' },
      'INVALID_RECORD',
      '/eventTime',
    ],
    [
      'in a time zone of 99 hours',
      { eventTimeZoneOffset: '+99:00' },
      'INVALID_RECORD',
      '/eventTimeZoneOffset',
    ],
    [
      'declared erroneous on 31 February',
      { errorDeclaration: { declarationTime: '2026-02-31T00:00:00Z' } },
      'INVALID_RECORD',
      '/errorDeclaration/declarationTime',
    ],
    ['of less than nothing', amount(-5, 'KGM'), 'INVALID_RECORD', '/quantityList/0/quantity'],
    [
      'with NUL in an EPC',
      { epcList: ['urn:epc:id:sgtin:0614141.107346.a\0b'] },
      'INVALID_RECORD',
      '/epcList/0',
    ],
    ['about __proto__', { epcList: ['__proto__'] }, 'INVALID_RECORD', '/epcList/0'],
    [
      'that packs a thing into itself',
      packing(`${SSCC}1234567890`, [`${SSCC}1234567890`]),
      'INVALID_RECORD',
      '/childEPCs/0',
    ],
    ['with a million children', packing(`${SSCC}1234567891`, children(1e6)), 'TOO_LARGE', ''],
  ])('is refused with a place, alone: %s', async (_, members, code, pointer) => {
    const { captured, refused, problems } = await capture(between(members));
    expect({ captured, refused }).toEqual({ captured: 2, refused: 1 });
    expect(problems).toEqual([expect.objectContaining({ code, pointer: MIDDLE + pointer })]);
  });

  it('is refused when a member is called __proto__, and changes no object', async () => {
    const text = between({ PROTO: { isAdmin: true } }).replace('"PROTO"', '"__proto__"');
    const { captured, problems } = await capture(text);
    expect(captured).toBe(2);
    expect(problems).toEqual([
      expect.objectContaining({ code: 'INVALID_RECORD', pointer: MIDDLE }),
    ]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('is refused with XPath when it came as XML', async () => {
    const body = xml(xmlEvent('x1') + xmlEvent('x2', '2026-02-31') + xmlEvent('x3'));
    const { captured, problems } = await capture(body, 'application/xml');
    expect(captured).toBe(2);
    const pointer = '/epcis:EPCISDocument/EPCISBody/EventList/ObjectEvent[2]/eventTime';
    expect(problems).toEqual([expect.objectContaining({ code: 'INVALID_RECORD', pointer })]);
  });
});

describe('a document that is a trap', () => {
  let visits = 0;
  const bait = createServer((_request, response) => {
    visits++;
    response.end('<a/>');
  });
  beforeAll(() => new Promise<void>((done) => bait.listen(0, '127.0.0.1', done)));
  afterAll(() => new Promise((done) => bait.close(done)));
  const baitUrl = () => `http://127.0.0.1:${(bait.address() as AddressInfo).port}/x`;

  const laughs = Array.from(
    { length: 10 },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
  );
  const traps: [string, () => string, string, string][] = [
    [
      'a billion laughs',
      () => xml('&l10;', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs.join('')}]>`),
      'application/xml',
      'MALFORMED_JSON',
    ],
    [
      'an external entity',
      () => xml('&x;', `<!DOCTYPE x [<!ENTITY x SYSTEM "${baitUrl()}">]>`),
      'application/xml',
      'MALFORMED_JSON',
    ],
    [
      'an external document type',
      () => xml('', `<!DOCTYPE x SYSTEM "${baitUrl()}">`),
      'application/xml',
      'MALFORMED_JSON',
    ],
    ['an entity nobody made', () => xml('&x;'), 'application/xml', 'MALFORMED_JSON'],
    [
      'elements 100,000 deep',
      () => xml('<a>'.repeat(100_000) + '</a>'.repeat(100_000)),
      'application/xml',
      'TOO_DEEP',
    ],
    [
      'lists 100,000 deep',
      () => `{"type":"ObjectEvent","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'application/ld+json',
      'TOO_DEEP',
    ],
    [
      'half a character',
      () =>
        between({ epcList: ['urn:epc:id:sgtin:0614141.107346.HALF'] }).replace('HALF', '\\ud800'),
      'application/ld+json',
      'MALFORMED_JSON',
    ],
    [
      'a context to be fetched',
      () => buildDocument([buildEvent(990_001)], [EPCIS_CONTEXT, baitUrl()]),
      'application/ld+json',
      '',
    ],
  ];

  it.each(traps)('is not walked into: %s', async (_, build, mediaType, code) => {
    const { size } = node.app.ledger.head();
    const { code: found = '', captured } = await capture(build(), mediaType);
    expect(found).toBe(code);
    expect(node.app.ledger.head().size).toBe(size + captured);
    expect(captured).toBe(code === '' ? 1 : 0);
    expect(visits).toBe(0);
  });

  it('says it has a gigabyte, and is not waited for', async () => {
    const { port } = node;
    const authorization = `Bearer ${await node.token()}`;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
      const head = ['POST /capture HTTP/1.1', 'Host: x', `Authorization: ${authorization}`];
      head.push('Content-Type: application/xml', `Content-Length: ${2 ** 30}`, '', '<epcis');
      socket.write(head.join('\r\n'));
    });
    expect(answer).toMatch(/"code":"(DEADLINE|TOO_LARGE)"/);
    expect(await capture(between({}))).toMatchObject({ captured: 3, refused: 0 });
  });
});

describe('an odd event', () => {
  const ask = async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const { data, errors } = await node.graphql(query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data as Data;
  };
  const ITEM = `query ($epc: String!) {
    item(epc: $epc) {
      epc isComplete chain { isComplete containers { level epc } }
      conflicts { kind } children(first: 500) { nodes { epc } }
      history(first: 5) { totalCount nodes { event { seq } } }
    }
    alerts(filter: { item: $epc }) { pending nodes { type item } }
  }`;
  interface Asked {
    item: {
      epc: string;
      isComplete: boolean;
      chain: { isComplete: boolean; containers: { level: number; epc: string }[] };
      conflicts: { kind: string }[];
      children: { nodes: { epc: string }[] };
      history: { totalCount: number };
    } | null;
    alerts: { nodes: { type: string }[] };
  }

  it('of as many children as a record holds is kept whole', async () => {
    const parent = `${SSCC}2000000001`;
    const many = children(22_000).map((epc) => epc.replace('.c', '.d'));
    expect(await capture(between(packing(parent, many)))).toMatchObject({ captured: 3 });
    const { events } = await ask<{ events: { nodes: { childEPCs: { total: number } }[] } }>(
      'query ($epc: [String!]) { events(filter: { MATCH_parentID: $epc }) { nodes { childEPCs(first: 1) { total } } } }',
      { epc: [parent] },
    );
    expect(events.nodes).toEqual([{ childEPCs: { total: many.length } }]);
    const { item } = await ask<Asked>(ITEM, { epc: many.at(-1) });
    expect(item).toMatchObject({ chain: { containers: [{ level: 1 }] } });
  });

  it('that closes a circle of containers is kept, and told as a conflict; every question ends', async () => {
    const [a, b, c] = ['3000000001', '3000000002', '3000000003'].map((serial) => SSCC + serial);
    const n = (made += 10);
    const circle = [packing(a!, [b!]), packing(b!, [c!]), packing(c!, [a!])];
    const events = circle.map((members, i) => buildEvent(n + i, members));
    expect(await capture(buildDocument(events))).toMatchObject({ captured: 3, refused: 0 });
    const found = await Promise.all([a, b, c].map((epc) => ask<Asked>(ITEM, { epc })));
    for (const { item } of found) {
      expect(item!.chain.containers.length).toBeLessThan(3);
      expect(item!.history.totalCount).toBeGreaterThan(0);
    }
    const conflicts = found.flatMap(({ item }) => item!.conflicts.map(({ kind }) => kind));
    expect(conflicts).toContain('CYCLE');
    const { recall } = await ask<{ recall: { counts: { total: number } } }>(
      'query ($item: String!) { recall(input: { item: $item }) { counts { total } } }',
      { item: a },
    );
    expect(recall.counts.total).toBe(0);
  });

  it('may say a unit nobody knows: found as it was captured, and taken for no other', async () => {
    expect(await capture(between(amount(5, 'QQ9')))).toMatchObject({ captured: 3, refused: 0 });
    const QUANTITY = `query ($uom: String) {
      events(filter: { quantity: [{ uom: $uom, EQ: [5] }] }) { nodes { quantities { quantity uom } } }
    }`;
    const nodes = async (uom: string) =>
      (await ask<{ events: { nodes: unknown[] } }>(QUANTITY, { uom })).events.nodes;
    expect(await nodes('QQ9')).toEqual([{ quantities: [{ quantity: 5, uom: 'QQ9' }] }]);
    expect(await nodes('KGM')).toEqual([]);
  });

  it('may name things and members as objects name theirs', async () => {
    const epc = 'urn:example:__proto__';
    const text = between({ epcList: [epc, 'urn:example:constructor'], 'example:PROTO': 'x' });
    const own = text.replace('example:PROTO', 'example:__proto__');
    expect(await capture(own)).toMatchObject({ captured: 3, refused: 0 });
    expect((await ask<Asked>(ITEM, { epc })).item).toMatchObject({ epc });
    const FIELD = `query ($name: String!) {
      events(filter: { field: [{ namespace: "https://example.org/", name: $name, EQ: ["x"] }] }) { nodes { seq } }
    }`;
    const count = async (name: string) =>
      (await ask<{ events: { nodes: unknown[] } }>(FIELD, { name })).events.nodes.length;
    expect(await count('__proto__')).toBe(1);
    expect(await count('constructor')).toBe(0);
    expect((await ask<Asked>(ITEM, { epc: '__proto__' })).item).toBeNull();
  });

  it('of another thing that only looks the same is another thing', async () => {
    const latin = 'urn:example:pallet:A';
    const twins = [latin, 'urn:example:pallet:\u0391', 'urn:example:pallet:\uff21'];
    const alone = 'urn:example:pallet:A\u200b';
    expect(await capture(between({ epcList: [...twins, alone] }))).toMatchObject({ refused: 0 });
    expect(await capture(between({ epcList: [latin] }))).toMatchObject({ refused: 0 });
    const counts = await Promise.all(
      [...twins, alone].map(
        async (epc) => (await ask<Asked>(ITEM, { epc })).item?.history.totalCount,
      ),
    );
    expect(counts).toEqual([2, 1, 1, 1]);
  });

  it('may stand in a chain of containers of any length: as much of it is told as may be, and that it is not all', async () => {
    const LENGTH = 1_000;
    const link = (i: number) => `${SSCC}${4_000_000_000 + i}`;
    const n = (made += LENGTH + 10);
    const events = Array.from({ length: LENGTH }, (_, i) =>
      buildEvent(n + i, packing(link(i + 1), [link(i)])),
    );
    made += LENGTH;
    expect(await capture(buildDocument(events))).toMatchObject({ captured: LENGTH, refused: 0 });
    const { item } = await ask<Asked>(ITEM, { epc: link(0) });
    expect(item!.chain.isComplete).toBe(false);
    expect(item!.chain.containers).toHaveLength(64);
    const RECALL = 'query ($item: String!) { recall(input: { item: $item }) { isComplete } }';
    const { errors } = await node.graphql(RECALL, { item: link(LENGTH) });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX' });
    expect(await ask(RECALL, { item: link(64) })).toEqual({ recall: { isComplete: true } });
    const { item: top } = await ask<Asked>(ITEM, { epc: link(LENGTH) });
    expect(top!.chain).toEqual({ isComplete: true, containers: [] });
    expect(top!.children.nodes).toHaveLength(1);
  });
});

describe('bad supply data on the command line', () => {
  it('costs itself only, and is told of with file, code and place', async () => {
    const data = `${directory}/cli`;
    await runCli(['init', '--org', 'Bad Data', '--data', data]);
    const stdin = [
      buildEvent(1),
      buildEvent(2, { eventTime: '2026-02-31T00:00:00Z' }),
      buildEvent(3, amount(-1, 'KGM')),
      buildEvent(4),
    ].map((event) => JSON.stringify({ '@context': EPCIS_CONTEXT, ...event }));
    const { code, json } = await runCli(['capture', '-', '--data', data, '--json'], {
      stdin: stdin.join('\n'),
    });
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      captured: 2,
      refused: 2,
      problems: [
        { file: 'stdin', line: 2, code: 'INVALID_RECORD', pointer: '/eventTime' },
        { file: 'stdin', line: 3, code: 'INVALID_RECORD', pointer: '/quantityList/0/quantity' },
      ],
    });
    const verified = await runCli(['verify', '--data', data, '--json']);
    expect(verified.json()).toMatchObject({ verdict: 'VALID', records: 2 });
  });
});

function xml(inner: string, documentType = ''): string {
  return `<?xml version="1.0"?>${documentType}
    <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
      creationDate="2026-01-01T00:00:00Z"><EPCISBody><EventList>${inner}</EventList></EPCISBody>
    </epcis:EPCISDocument>`;
}

function xmlEvent(serial: string, day = '2026-01-01'): string {
  return `<ObjectEvent><eventTime>${day}T00:00:00Z</eventTime>
    <eventTimeZoneOffset>+00:00</eventTimeZoneOffset>
    <epcList><epc>urn:epc:id:sgtin:0614141.107346.${serial}</epc></epcList>
    <action>OBSERVE</action></ObjectEvent>`;
}
