import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { SUPPLY_CHAIN } from '../graphql/support/build-supply.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;

const CORRELATION = '6d7a4f0e-6f0b-4c6c-9d3a-0f0b6d0c1a2b';
const path = (serial: string, query: string, lot = 'A') =>
  `/verify/gtin/10614141073464/lot/${lot}/ser/${serial}?${query}`;

beforeAll(async () => {
  node = await startServer(directory);
  const documents = SUPPLY_CHAIN.map((text) => ({ text }));
  await node.app.capture.capture({ documents, mode: 'rollback' });
});
afterAll(() => node.close());

async function verify(address: string): Promise<{ status: number; body: unknown }> {
  const answer = await node.ask(address);
  return { status: answer.status, body: await answer.json() };
}

describe('/verify', () => {
  // two digits of 2099 are 1999 to the standard: the lot alone is compared
  it('answers a verification request in the words of the standard', async () => {
    const query = `linkType=verificationService&context=dscsaSaleableReturn&reqGLN=0614141000005&corrUUID=${CORRELATION}`;
    expect(await verify(path('4', query))).toEqual({
      status: 200,
      body: {
        verificationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        data: { verified: true },
        corrUUID: CORRELATION,
      },
    });
    expect(await verify(path('1', ''))).toMatchObject({
      body: { data: { verified: true, additionalInfo: 'Recalled' } },
    });
    expect(await verify(path('4', 'exp=990531'))).toMatchObject({
      body: { data: { verified: false, verificationFailureReason: 'No_match_GTIN_Serial_Expiry' } },
    });
    expect(await verify(path('4', '', 'B'))).toMatchObject({
      body: { data: { verified: false, verificationFailureReason: 'No_match_GTIN_Serial_Lot' } },
    });
    expect(await verify(path('3', ''))).toMatchObject({
      body: {
        data: {
          verified: false,
          verificationFailureReason: 'Not_for_re-distribution',
          additionalInfo: 'Suspect',
        },
      },
    });
    expect(await verify(path('99', ''))).toMatchObject({
      body: { data: { verified: false, verificationFailureReason: 'No_match_GTIN_Serial' } },
    });
  });

  it('refuses what is no such request', async () => {
    for (const query of [
      'exp=soon',
      'exp=271301',
      'exp=270531&exp=270531',
      'linkType=pip',
      'corrUUID=1',
    ]) {
      const { status, body } = await verify(path('4', query));
      expect([query, status, body]).toEqual([
        ...[query, 400],
        expect.objectContaining({ code: 'BAD_USER_INPUT' }),
      ]);
    }
    const { status } = await verify('/verify/gtin/10614141073465/lot/A/ser/4');
    expect(status).toBe(400);
  });

  it('answers nobody without a token, nor without the right to read events', async () => {
    expect((await fetch(`${node.url}${path('4', '')}`)).status).toBe(401);
    const token = await node.token({ role: 'researcher' });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${node.url}${path('4', '')}`, { headers })).status).toBe(403);
  });
});
