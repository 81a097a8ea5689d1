import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer, type Server } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Target } from '../../src/watch/target-guard.js';
import { callWebhook, type CallOutcome } from '../../src/watch/webhook-call.js';
import { parseWebhookUrl } from '../../src/watch/webhook-url.js';
import { tempDirectory } from '../support/temp-directory.js';

/** Makes the certificates; without it nothing can be said of TLS. */
const OPENSSL = 'openssl';
const BODY = new Uint8Array(Buffer.from('{"a":1}'));

function call(url: string, addresses = ['127.0.0.1'], timeoutMs = 5_000): Promise<CallOutcome> {
  const target: Target = { url: parseWebhookUrl(url), addresses };
  const signal = new AbortController().signal;
  return callWebhook({ target, headers: {}, body: BODY, timeoutMs, signal });
}

describe('a call to a receiver that misbehaves', () => {
  const sockets = new Set<Socket>();
  /** Says these bytes to whoever connects, and no more. */
  const speak = async (bytes: string, isEnded = false) => {
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('data', () => (isEnded ? socket.end(bytes) : socket.write(bytes)));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
  };
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
  });

  it.each<[string, string, boolean, CallOutcome]>([
    ['nothing', '', true, { kind: 'CONNECTION_FAILED' }],
    ['no HTTP', 'hello\r\n\r\n', true, { kind: 'CONNECTION_FAILED' }],
    [
      'headers without end',
      `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`,
      false,
      { kind: 'CONNECTION_FAILED' },
    ],
    [
      'a body without end',
      `HTTP/1.1 200 OK\r\ncontent-length: 999999\r\n\r\n${'y'.repeat(10_000)}`,
      false,
      { kind: 'ANSWERED', status: 200, retryAfter: undefined },
    ],
    [
      'a body that breaks off',
      'HTTP/1.1 500 No\r\nretry-after: 7\r\ncontent-length: 999\r\n\r\nyyy',
      true,
      { kind: 'ANSWERED', status: 500, retryAfter: '7' },
    ],
  ])('ends, when it says %s', async (_, bytes, isEnded, outcome) => {
    const { url, close } = await speak(bytes, isEnded);
    expect(await call(url)).toEqual(outcome);
    close();
  });

  it.each([
    ['nothing', ''],
    ['half a header', 'HTTP/1.1 200 OK\r\n'],
    ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12'],
  ])('ends in time, when it says %s and goes on waiting', async (_, bytes) => {
    const { url, close } = await speak(bytes);
    expect(await call(url, ['127.0.0.1'], 200)).toEqual({ kind: 'TIMEOUT' });
    close();
  });

  it('ends when it is broken off', async () => {
    const { url, close } = await speak('');
    const abort = new AbortController();
    const target = { url: parseWebhookUrl(url), addresses: ['127.0.0.1'] };
    const { signal } = abort;
    const called = callWebhook({ target, headers: {}, body: BODY, timeoutMs: 5_000, signal });
    setTimeout(() => abort.abort(), 20);
    expect(await called).toEqual({ kind: 'CONNECTION_FAILED' });
    close();
  });
});

const describeTls = hasOpenssl() ? describe : describe.skip;

describeTls('a call over TLS', () => {
  const directory = tempDirectory();
  const trusted = tls.getCACertificates('default');
  let certificate: string;
  let server: Server;
  let port: number;
  const names: (string | undefined)[] = [];

  beforeAll(async () => {
    const [keyFile, certificateFile] = [join(directory, 'key'), join(directory, 'certificate')];
    const subject = ['-subj', '/CN=hooks.test', '-addext', 'subjectAltName=DNS:hooks.test'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const files = ['-keyout', keyFile, '-out', certificateFile];
    execFileSync(OPENSSL, ['req', '-x509', ...kind, ...subject, '-days', '2', ...files], {
      stdio: 'ignore',
    });
    certificate = readFileSync(certificateFile, 'utf8');
    server = createTlsServer(
      { key: readFileSync(keyFile), cert: certificate },
      (request, answer) => {
        names.push(request.headers.host);
        request.resume().on('end', () => answer.writeHead(204).end());
      },
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => {
    tls.setDefaultCACertificates(trusted);
    server.close();
  });

  it('takes a certificate of the name called, on the address that was checked', async () => {
    tls.setDefaultCACertificates([...trusted, certificate]);
    expect(await call(`https://hooks.test:${port}/`)).toMatchObject({ status: 204 });
    expect(names).toEqual([`hooks.test:${port}`]);
  });

  it('takes none of another name, nor one nobody vouches for', async () => {
    tls.setDefaultCACertificates([...trusted, certificate]);
    expect(await call(`https://other.test:${port}/`)).toEqual({ kind: 'CONNECTION_FAILED' });
    expect(await call(`https://127.0.0.1:${port}/`)).toEqual({ kind: 'CONNECTION_FAILED' });
    tls.setDefaultCACertificates(trusted);
    expect(await call(`https://hooks.test:${port}/`)).toEqual({ kind: 'CONNECTION_FAILED' });
    expect(names).toHaveLength(1);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync(OPENSSL, ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
