import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;

beforeAll(async () => {
  node = await startServer(directory, { bodyTimeoutMs: 150 });
});
afterAll(() => node.close());

/** Sends the head of a request and a first piece of its body, then nothing; gives what comes back. */
async function stall(path: string, mediaType: string): Promise<string> {
  const socket = connect(node.port, '127.0.0.1');
  const authorization = `Bearer ${await node.token()}`;
  socket.write(
    [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      `Authorization: ${authorization}`,
      `Content-Type: ${mediaType}`,
      'Accept: */*, text/event-stream',
      'Content-Length: 100000',
      '',
      '{"query":',
    ].join('\r\n'),
  );
  let text = '';
  return new Promise((resolve) => {
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (!text.includes('"requestId"')) return;
      socket.destroy();
      resolve(text);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

describe('a body that does not come', () => {
  it.each([
    ['/graphql', 'application/json'],
    ['/graphql/stream', 'application/json'],
    ['/capture', 'application/json'],
    ['/capture', 'application/x-ndjson'],
  ])('ends the request: %s %s', async (path, mediaType) => {
    const answer = await stall(path, mediaType);
    expect(answer).toMatch(/^HTTP\/1\.1 504/);
    expect(answer).toContain('"code":"DEADLINE"');
  });

  it('does not keep others from being served', async () => {
    const stalled = Array.from({ length: 20 }, () => stall('/capture', 'application/json'));
    expect((await fetch(`${node.url}/healthz`)).status).toBe(200);
    await Promise.all(stalled);
  });
});
