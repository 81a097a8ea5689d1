import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { buildApiSchema } from '../../src/api/graphql/schema.js';
import { localTrace } from '../../src/cli/local-trace.js';
import { remoteTrace } from '../../src/cli/remote-trace.js';
import { TraceDocument } from '../../src/cli/gql/graphql.js';
import { formatTraceTable } from '../../src/cli/trace-table.js';
import {
  buildFirstJourney,
  buildOnwardJourney,
  PHARMA,
} from '../api/graphql/support/build-shipment.js';
import { startServer, type TestServer } from '../api/http/support/start-server.js';
import { tempDirectory } from '../support/temp-directory.js';

describe('a trace asked for from outside', () => {
  const directory = tempDirectory();
  let node: TestServer;

  beforeAll(async () => {
    node = await startServer(directory);
    const documents = [buildFirstJourney(), buildOnwardJourney()].map((text) => ({ text }));
    await node.app.capture.capture({ documents, mode: 'rollback', waitFor: 'INDEXED' });
  });
  afterAll(() => node.close());

  it('asks what the API can answer, at a cost it allows', () => {
    expect(validate(buildApiSchema(), parse(TraceDocument.toString()))).toEqual([]);
  });

  it('tells the same from a running node as from its data directory', async () => {
    const remote = remoteTrace({ url: node.url, token: await node.token() });
    const local = await localTrace(node.app, 'service');
    for (const epc of [PHARMA.unit, PHARMA.case, PHARMA.pallet]) {
      for (const moment of [{}, { asOf: '2023-04-02T00:00:00.000Z', knownAt: 6 }]) {
        const answer = await remote({ epc, ...moment });
        expect(answer).toEqual(JSON.parse(JSON.stringify(await local({ epc, ...moment }))));
        expect(answer!.history.length).toBeGreaterThan(0);
      }
    }
    expect(await remote({ epc: 'nothing' })).toBeNull();
    expect(await local({ epc: 'nothing' })).toBeNull();
  });

  it('puts a long history together from pages', async () => {
    const running = { url: node.url, token: await node.token() };
    const asked = { epc: PHARMA.unit, asOf: '2023-05-01T00:00:00.000Z' };
    const whole = await remoteTrace(running)(asked);
    expect(whole!.history).toHaveLength(10);
    expect(await remoteTrace(running, 3)(asked)).toEqual(whole);
  });

  it('is refused without the right to read events', async () => {
    const refused = remoteTrace({ url: node.url, token: await node.token({ role: 'auditor' }) });
    await expect(refused({ epc: PHARMA.unit })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(remoteTrace({ url: node.url })({ epc: PHARMA.unit })).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('reads as a table with the state on top', async () => {
    const local = await localTrace(node.app, 'service');
    const lines = formatTraceTable((await local({ epc: PHARMA.unit }))!);
    expect(lines[0]).toBe('https://id.gs1.org/01/00300010123455/21/11');
    expect(lines.join('\n')).toMatch(/status +DISPENSED since 2023-04-06T12:00:00\.000Z/);
    expect(lines.join('\n')).toMatch(/2023-04-01 07:48:16 +shipping +in_transit .* 2: https/);
    expect(lines.join('\n')).toMatch(/sensors +1 of Temperature, 5 °C to 5 °C/);
  });
});
