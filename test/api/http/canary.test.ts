import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { buildEvent } from './support/build-epcis.js';
import { startServer, type TestServer } from './support/start-server.js';

const CANARY = 'canary-7f3a';
const directory = tempDirectory();
let node: TestServer;

beforeAll(async () => {
  node = await startServer(directory);
});
afterAll(() => node.close());

async function post(path: string, body: string, mediaType = 'application/json'): Promise<string> {
  const headers = { 'content-type': mediaType, accept: '*/*, text/event-stream' };
  return (await node.ask(path, { method: 'POST', headers, body })).text();
}

const get = async (path: string) => (await node.ask(path)).text();
const askFor = (field: string) => post('/graphql', JSON.stringify({ query: `{ ${field} }` }));

const patient = (members: object) =>
  JSON.stringify({ resourceType: 'Patient', id: CANARY, name: [{ family: CANARY }], ...members });

/** What a careless or hostile caller sends, each with the canary where an error message could quote it. */
const REQUESTS: [name: string, send: () => Promise<string>][] = [
  ['an address', async () => (await node.ask(`/${CANARY}?q=${CANARY}`)).text()],
  ['a broken address', async () => (await node.ask(`/${CANARY}%ff%zz`)).text()],
  ['a log address', async () => (await node.ask(`/log/${CANARY}/tile/0/${CANARY}`)).text()],
  ['a header', async () => (await node.ask('/x', { headers: { cookie: CANARY } })).text()],
  [
    'a bad token',
    async () => (await node.ask('/x', { headers: { authorization: `Bearer ${CANARY}` } })).text(),
  ],
  ['malformed JSON', () => post('/capture', `{"resourceType":"Patient","id":"${CANARY}`)],
  [
    'a duplicate member',
    () => post('/capture', `{"resourceType":"Patient","id":"${CANARY}","id":"${CANARY}"}`),
  ],
  ['an unknown resource type', () => post('/capture', `{"resourceType":"${CANARY}"}`)],
  ['an unknown member', () => post('/capture', patient({ [CANARY]: null }))],
  ['a wrong value', () => post('/capture', patient({ birthDate: { bad: CANARY }, gender: [] }))],
  ['a bad id', () => post('/capture', patient({ id: `${CANARY} with spaces` }))],
  ['bad lines', () => post('/capture', `${CANARY}\n{"${CANARY}":1}\n`, 'application/x-ndjson')],
  [
    'an EPCIS event',
    () => post('/capture', `{"type":"ObjectEvent","action":"${CANARY}","epcList":["${CANARY}"]}`),
  ],
  [
    'a place in an EPCIS event',
    () =>
      post(
        '/capture',
        JSON.stringify(
          buildEvent(1, {
            epcList: [`urn:epc:id:sgtin:0614141.107346.${CANARY}`],
            readPoint: { id: CANARY },
            ilmd: { [CANARY]: CANARY },
          }),
        ),
      ),
  ],
  ['an EPCIS event in XML', () => post('/capture', `<${CANARY} a="${CANARY}">`, 'text/xml')],
  ['a parameter of events', () => get(`/events?${CANARY}=${CANARY}`)],
  ['a value of a parameter', () => get(`/events?GE_eventTime=${CANARY}&EQ_action=${CANARY}`)],
  ['a pattern', () => get(`/events?MATCH_epc=urn:epc:idpat:sgtin:${CANARY}`)],
  ['a page', () => get(`/events?nextPageToken=${CANARY}`)],
  ['an event', () => get(`/events/${CANARY}`)],
  ['a type of event', () => get(`/eventTypes/${CANARY}/events`)],
  ['a way out of a list', () => get(`/queries/..%2f..%2f${CANARY}%0d%0aset-cookie:x/events`)],
  ['a query', () => get(`/queries/${CANARY}`)],
  ['a capture job', () => get(`/capture/${CANARY}`)],
  ['a product', () => get(`/verify/gtin/${CANARY}/lot/${CANARY}/ser/${CANARY}?exp=${CANARY}`)],
  ['a query to save', () => post('/queries', `{"name":"${CANARY} ","query":{}}`)],
  ['a query of nothing', () => post('/queries', `{"name":"q","query":{"${CANARY}":"${CANARY}"}}`)],
  [
    'a webhook',
    () =>
      post(
        `/queries/${CANARY}/subscriptions`,
        `{"dest":"http://${CANARY}.example/","stream":true}`,
      ),
  ],
  ['a recall', () => askFor(`recall(input: { gtin: "${CANARY}" }) { recalled }`)],
  ['a verification', () => askFor(`verifyProduct(gtin: "${CANARY}", serial: "1") { verified }`)],
  ['a scan', () => askFor(`verifyProduct(scan: "(01)${CANARY}") { verified }`)],
  ['alerts of a product', () => askFor(`alerts(filter: { gtin: "${CANARY}" }) { pending }`)],
  ['a cursor', () => askFor(`events(after: "${CANARY}") { nodes { seq } }`)],
  ['a filter', () => askFor(`events(filter: { EQ_bizStep: ["${CANARY} x"] }) { nodes { seq } }`)],
  ['a bad media type', () => post('/capture', CANARY, `application/${CANARY}`)],
  ['malformed GraphQL JSON', () => post('/graphql', `{"query":"${CANARY}`)],
  ['a syntax error', () => post('/graphql', JSON.stringify({ query: `{ "${CANARY}" }` }))],
  [
    'a bad variable',
    () =>
      post(
        '/graphql',
        JSON.stringify({
          query: 'query ($cid: CID!) { record(cid: $cid) { cid } }',
          variables: { cid: CANARY },
        }),
      ),
  ],
  [
    'a bad literal',
    () => post('/graphql', JSON.stringify({ query: `{ record(cid: "${CANARY}") { cid } }` })),
  ],
  ['a bad stream', () => post('/graphql/stream', `{"query":"${CANARY}`)],
  [
    'a bad stream variable',
    () =>
      post(
        '/graphql/stream',
        JSON.stringify({
          query: 'subscription ($after: Seq) { entries(after: $after) { seq } }',
          variables: { after: CANARY },
        }),
      ),
  ],
];

describe('what a caller sends', () => {
  it.each(REQUESTS)('does not come back in an error, nor into the log: %s', async (_name, send) => {
    const answer = await send();
    expect(answer).toMatch(/"code"/);
    expect(answer).not.toContain(CANARY);
    expect(node.logged()).not.toContain(CANARY);
  });

  it('is in no capture job, and in no log when events with it are captured, asked for and suspected', async () => {
    const epc = `urn:epc:id:sgtin:0614141.107346.${CANARY}`;
    const events = [1, 2].map((n) =>
      buildEvent(n, {
        action: 'ADD',
        epcList: [epc],
        bizStep: 'commissioning',
        readPoint: { id: `urn:example:${CANARY}` },
        ilmd: { 'cbvmda:lotNumber': `${CANARY}${n}` },
      }),
    );
    const bad = buildEvent(3, { epcList: [CANARY], eventTime: CANARY });
    const lines = [...events, bad].map((event) => JSON.stringify(event)).join('\n');
    const summary = await post('/capture?waitFor=INDEXED', lines, 'application/x-ndjson');
    expect(JSON.parse(summary)).toMatchObject({ captured: 2, refused: 1 });
    const found = await askFor(
      `item(epc: "${epc}") { status } recall(input: { lot: "${CANARY}1" }) { recalled } alerts { nodes { item } }`,
    );
    expect(found).toContain(CANARY);
    const jobs = await get('/capture');
    expect(jobs).toContain('"INVALID_RECORD"');
    expect(jobs).not.toContain(CANARY);
    expect(node.logged()).not.toContain(CANARY);
  });

  it('stays out of log and metrics when it is captured and read', async () => {
    expect(await post('/capture?waitFor=INDEXED', patient({}))).toContain('"captured":1');
    const { receipts = [] } = JSON.parse(await post('/capture', patient({ active: true }))) as {
      receipts?: { recordCid: string }[];
    };
    expect(receipts).toHaveLength(1);
    const authorization = `Bearer ${await node.token({ role: 'operator' })}`;
    const metrics = await fetch(`${node.url}/metrics`, { headers: { authorization } });
    expect(await metrics.text()).not.toContain(CANARY);
    expect(node.logged()).not.toContain(CANARY);
    expect(node.logged()).not.toContain('Bearer');
    expect(node.logged()).toContain('"route":"/capture"');
  });
});
