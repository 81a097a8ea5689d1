import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;

beforeAll(async () => {
  node = await startServer(directory);
});
afterAll(() => node.close());

async function say(bytes: string): Promise<string> {
  const socket = connect(node.port, '127.0.0.1');
  socket.write(bytes);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

describe('what cannot be read as a request', () => {
  it('is refused in the one error shape, and quoted nowhere', async () => {
    const notHttp = await say('canary\r\n\r\n');
    expect(notHttp).toMatch(/^HTTP\/1\.1 400 /);
    expect(notHttp).toContain('"code":"BAD_USER_INPUT"');
    const long = await say(`GET / HTTP/1.1\r\nHost: a\r\nX-Canary: ${'c'.repeat(40_000)}\r\n\r\n`);
    expect(long).toContain('"code":"TOO_LARGE"');
    for (const path of ['/%', '/%ff', '/log/%zz/checkpoint', `/${'x'.repeat(600)}`]) {
      const answer = await fetch(`${node.url}${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(notHttp + long + node.logged()).not.toMatch(/canary|%ff|ccc/i);
  });

  it('may not end one request inside another', async () => {
    const smuggled = await say(
      [
        'POST /graphql HTTP/1.1',
        'Host: a',
        'Content-Type: application/json',
        'Content-Length: 5',
        'Transfer-Encoding: chunked',
        '',
        '0',
        '',
        'GET /metrics HTTP/1.1',
        'Host: a',
        '',
        '',
      ].join('\r\n'),
    );
    expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
    expect(smuggled.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});
