import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../../support/temp-directory.js';
import { buildSupply, CASE, sgtin, SUPPLY_CHAIN } from '../support/build-supply.js';
import { captureAll } from '../support/capture-all.js';
import { startApi, SUPPLY, type TestApi } from '../support/start-api.js';

const directory = tempDirectory();
let api: TestApi;
beforeAll(async () => {
  api = await startApi(directory, { limits: { contentCharactersMax: 350_000 } });
  await captureAll(api, SUPPLY_CHAIN);
});
afterAll(() => api.close());

const times = (n: number, part: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => part(i)).join(' ');
const DEEP =
  'evidence { record { content identifiers { value } entry { inclusionProof { hashes } } } }';
const item = (fields: string) => `item(epc: "${CASE}") { ${fields} }`;

describe('a question about the supply chain', () => {
  it.each([
    [
      'opens the records of a whole chain of custody, again and again',
      `{ ${times(8, (i) => `a${i}: ${item(`custody { segments { ${DEEP} } gaps { ${DEEP} } }`)}`)} }`,
    ],
    [
      'opens the records of all conflicts, again and again',
      `{ ${times(12, (i) => `a${i}: ${item(`conflicts { ${DEEP} }`)}`)} }`,
    ],
    [
      'recalls again and again',
      `{ ${times(30, (i) => `a${i}: recall(input: { lot: "${i}" }) { recalled }`)} }`,
    ],
    ['asks all saved queries at once', '{ savedQueries { events(first: 1) { nodes { seq } } } }'],
  ])('is too complex when it %s', async (_, query) => {
    expect(await api.fail(SUPPLY, query)).toBe('QUERY_TOO_COMPLEX');
  });

  it('is answered as far as its content may be opened, and says what is left out', async () => {
    const big = Array.from({ length: 20 }, (_, i) =>
      buildSupply({
        minute: 100 + i,
        action: 'OBSERVE',
        epcList: Array.from({ length: 300 }, (_, k) => sgtin(`${i}x${k}`)),
      }),
    );
    await captureAll(api, big);
    const QUERY = '{ events(first: 20) { nodes { seq epcis } } }';
    interface Told {
      events: { nodes: { epcis: string | null }[] };
    }
    const { data, errors = [] } = await api.ask<Told>(SUPPLY, QUERY);
    const shown = data!.events.nodes.filter(({ epcis }) => epcis !== null);
    expect(shown.length).toBeGreaterThan(2);
    expect(shown.length).toBeLessThan(20);
    expect(errors).toHaveLength(20 - shown.length);
    for (const { extensions } of errors)
      expect(extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX' });
    const few = await api.get<Told>(SUPPLY, QUERY.replace('20', '3'));
    expect(few.events.nodes.every(({ epcis }) => epcis !== null)).toBe(true);
  });

  it('reads lists and hashes within the same bound', async () => {
    const LISTS = '{ events(first: 6) { nodes { epcis eventHash epcList { total } } } }';
    const { errors = [] } = await api.ask(SUPPLY, LISTS);
    expect(errors.map(({ extensions }) => extensions?.['code'])).toContain('QUERY_TOO_COMPLEX');
    await api.get(SUPPLY, '{ events(first: 6) { nodes { epcis } } }');
  });
});
