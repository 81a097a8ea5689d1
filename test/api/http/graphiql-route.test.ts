import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;

beforeAll(async () => {
  node = await startServer(directory);
});
afterAll(() => node.close());

async function addresses(): Promise<string[]> {
  const html = await (await fetch(`${node.url}/graphiql`)).text();
  return [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, address]) => address ?? '');
}

describe('/graphiql', () => {
  it('is one page of our own parts: no inline script, nothing from elsewhere', async () => {
    const page = await fetch(`${node.url}/graphiql`);
    const html = await page.text();
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).not.toMatch(/<script>|https?:\/\/|\son\w+=/);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*|script-src[^;]*unsafe/);
  });

  it('brings script, style and workers, zipped, to be kept for ever', async () => {
    const [style = '', script = ''] = await addresses();
    const app = await fetch(`${node.url}${script}`);
    const text = await app.text();
    expect(app.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(app.headers.get('content-encoding')).toBe('gzip');
    expect(app.headers.get('cache-control')).toContain('immutable');
    expect(text).toContain('"subscriptionsEndpoint":"/graphql/stream"');
    const workers = [...text.matchAll(/"(\/graphiql\/[0-9a-f]{16}\/[a-z]+\.js)"/g)];
    expect(workers).toHaveLength(3);
    for (const path of [style, ...workers.map(([, path]) => path)]) {
      expect((await fetch(`${node.url}${path}`)).status).toBe(200);
    }
  });

  it('does not keep a pasted token in the browser', async () => {
    const [, script = ''] = await addresses();
    const text = await (await fetch(`${node.url}${script}`)).text();
    expect(text).toContain('"shouldPersistHeaders":false');
  });

  it('has nothing else under its name', async () => {
    for (const path of ['/graphiql/x/app.js', '/graphiql/..%2f..%2fpackage.json', '/graphiql/']) {
      expect((await fetch(`${node.url}${path}`)).status).toBe(404);
    }
  });
});
