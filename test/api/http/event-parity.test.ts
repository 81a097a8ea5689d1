import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

const EXAMPLES = join(resolve('..', 'shared'), 'data', 'epcis', 'gs1');
const isThere = existsSync(EXAMPLES);
if (!isThere && process.env['CI'] === undefined) {
  console.warn('NOT TESTED: the examples of GS1 are not there (../shared/data/epcis/gs1)');
}

const directory = tempDirectory();
let node: TestServer;

type Parameters = Record<string, string | string[]>;

/** The same questions in a URL and in GraphQL, by the same names; each must find something. */
const QUESTIONS: { parameters: Parameters; filter: object }[] = [
  { parameters: {}, filter: {} },
  { parameters: { eventType: 'AggregationEvent' }, filter: { eventType: ['AggregationEvent'] } },
  {
    parameters: { eventType: 'ObjectEvent|TransformationEvent', EQ_action: 'ADD' },
    filter: { eventType: ['ObjectEvent', 'TransformationEvent'], EQ_action: ['ADD'] },
  },
  {
    parameters: { EQ_bizStep: 'shipping|urn:epcglobal:cbv:bizstep:receiving' },
    filter: { EQ_bizStep: ['https://ref.gs1.org/cbv/BizStep-shipping', 'receiving'] },
  },
  {
    parameters: { EQ_disposition: 'in_transit' },
    filter: { EQ_disposition: ['urn:epcglobal:cbv:disp:in_transit'] },
  },
  {
    parameters: { GE_eventTime: '2013-01-01T00:00:00Z', LT_eventTime: '2014-01-01T00:00:00Z' },
    filter: { GE_eventTime: '2013-01-01T00:00:00Z', LT_eventTime: '2014-01-01T00:00:00Z' },
  },
  {
    parameters: { MATCH_anyEPC: 'urn:epc:id:sgtin:0614141.107346.2017' },
    filter: { MATCH_anyEPC: ['https://id.gs1.org/01/10614141073464/21/2017'] },
  },
  {
    parameters: { MATCH_epc: 'urn:epc:idpat:sgtin:0614141.107346.*' },
    filter: { MATCH_epc: ['https://id.gs1.org/01/10614141073464'] },
  },
  {
    parameters: { MATCH_anyEPCClass: 'urn:epc:class:lgtin:4012345.011111.4444' },
    filter: { MATCH_anyEPCClass: ['(01)04012345111118(10)4444'] },
  },
  {
    parameters: { EQ_type: 'Temperature' },
    filter: { sensor: [{ type: 'gs1:Temperature' }] },
  },
  {
    parameters: { GE_value_FAH: '75' },
    filter: { sensor: [{ uom: 'FAH', GE: 75 }] },
  },
  { parameters: { GE_quantity: '1' }, filter: { GE_quantity: 1 } },
  { parameters: { GE_quantity_GRM: '1' }, filter: { quantity: [{ uom: 'GRM', GE: 1 }] } },
  { parameters: { EXISTS_errorDeclaration: '' }, filter: { EXISTS_errorDeclaration: true } },
  {
    parameters: { EQ_bizTransaction_po: 'http://transaction.acme.com/po/12345678' },
    filter: {
      EQ_bizTransaction: [{ type: 'po', values: ['http://transaction.acme.com/po/12345678'] }],
    },
  },
  {
    parameters: { EQ_persistentDisposition_set: 'completeness_verified' },
    filter: { EQ_persistentDisposition_set: ['cbv:Disp-completeness_verified'] },
  },
];

(isThere ? describe : describe.skip)('the examples of GS1, captured', () => {
  let captured = 0;

  beforeAll(async () => {
    node = await startServer(directory);
    for (const path of examples()) {
      const answer = await node.ask('/capture?waitFor=INDEXED', {
        method: 'POST',
        headers: {
          'content-type': 'application/ld+json',
          'gs1-capture-error-behaviour': 'proceed',
        },
        body: readFileSync(path),
      });
      captured += ((await answer.json()) as { captured: number }).captured;
    }
  });
  afterAll(() => node.close());

  it('are many', () => {
    expect(captured).toBeGreaterThan(50);
  });

  it.each(QUESTIONS)(
    'are the same events in REST and in GraphQL: $parameters',
    async (question) => {
      const rest = await eventsOfRest(question.parameters);
      const graphql = await eventsOfGraphql(question.filter);
      expect(rest.length).toBeGreaterThan(0);
      expect(rest).toEqual(graphql);
    },
  );
});

function examples(): string[] {
  return readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonld'))
    .sort()
    .map((name) => join(EXAMPLES, name));
}

/** All pages; each event with the context that holds for it. */
async function eventsOfRest(parameters: Parameters): Promise<unknown[]> {
  const events: unknown[] = [];
  const query = new URLSearchParams({ ...parameters, perPage: '7' } as Record<string, string>);
  for (let path: string | undefined = `/events?${query.toString()}`; path;) {
    const answer = await node.ask(path);
    expect([path, answer.status]).toEqual([path, 200]);
    const document = (await answer.json()) as {
      '@context': unknown;
      epcisBody: { queryResults: { resultsBody: { eventList: object[] } } };
    };
    for (const event of document.epcisBody.queryResults.resultsBody.eventList) {
      events.push({ '@context': document['@context'], ...event });
    }
    path = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return events;
}

async function eventsOfGraphql(filter: object): Promise<unknown[]> {
  const query = `query($filter: EventFilter, $after: String) {
    events(filter: $filter, first: 50, after: $after) {
      nodes { epcis }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  const events: unknown[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await node.graphql(query, { filter, after });
    expect(errors).toBeUndefined();
    const page = data!['events'] as {
      nodes: { epcis: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
    events.push(...page.nodes.map(({ epcis }) => JSON.parse(epcis) as unknown));
    if (!page.pageInfo.hasNextPage) return events;
    after = page.pageInfo.endCursor;
  }
}
