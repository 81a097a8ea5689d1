import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;
let open: TestServer;

beforeAll(async () => {
  node = await startServer(directory);
  open = await startServer(directory, { openMetricsOnLoopback: true });
});
afterAll(() => Promise.all([node.close(), open.close()]));

describe('/metrics', () => {
  it('is for those who run the machine', async () => {
    expect((await fetch(`${node.url}/metrics`)).status).toBe(401);
    expect((await node.ask('/metrics')).status).toBe(403);
    const authorization = `Bearer ${await node.token({ role: 'operator' })}`;
    expect((await fetch(`${node.url}/metrics`, { headers: { authorization } })).status).toBe(200);
  });

  it('is open on this machine when the node is told so, but not to what a proxy brings', async () => {
    expect((await fetch(`${open.url}/metrics`)).status).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded']) {
      const headers = { [name]: '127.0.0.1' };
      expect((await fetch(`${open.url}/metrics`, { headers })).status).toBe(401);
    }
  });

  it('counts records, entries, lag and requests by route template', async () => {
    const documents = [1, 2].map((n) => ({ text: buildObservation(n) }));
    await open.app.capture.capture({ documents, mode: 'proceed', waitFor: 'INDEXED' });
    await open.app.capture.capture({ documents: [{ text: '{}' }], mode: 'proceed' });
    await fetch(`${open.url}/log/${open.rooms.ledger.origin}/tile/0/000.p/1`);
    await fetch(`${open.url}/secret-path`);
    const text = await (await fetch(`${open.url}/metrics`)).text();
    expect(text).toContain('provtrail_records_total{outcome="captured"} 2');
    expect(text).toContain('provtrail_records_total{outcome="refused"} 1');
    expect(text).toContain('provtrail_log_entries 3');
    expect(text).toContain('provtrail_index_lag_entries 0');
    expect(text).toContain('provtrail_process_cpu_seconds_total');
    expect(text).toMatch(
      /http_request_seconds_count\{method="GET",route="\/log\/\*",status="200"\} 1/,
    );
    expect(text).toMatch(/route="none",status="404"/);
    expect(text).not.toContain('secret-path');
    expect(text).not.toContain('tile/0');
  });
});
