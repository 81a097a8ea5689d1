import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startDeadline, withGrace, type Deadline } from '../../../src/api/http/deadline.js';

let server: Server;
afterEach(() => {
  server?.close();
});

/** A plain server that starts a deadline for its one request and hands it over. */
async function serve(afterMs: number | undefined) {
  let begun: (value: { deadline: Deadline; response: ServerResponse }) => void;
  const beginning = new Promise<{ deadline: Deadline; response: ServerResponse }>((resolve) => {
    begun = resolve;
  });
  server = createServer((_request, response) => {
    begun({ deadline: startDeadline(response, afterMs), response });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = request({ port, host: '127.0.0.1' });
  client.on('error', () => undefined);
  client.end();
  return { client, ...(await beginning) };
}

function aborted({ signal }: Deadline): Promise<unknown> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });
}

describe('the deadline of a request', () => {
  it('aborts the work when the caller hangs up', async () => {
    const { client, deadline } = await serve(60_000);
    const reason = aborted(deadline);
    client.destroy();
    expect(await reason).toMatchObject({ message: 'the caller hung up' });
    deadline[Symbol.dispose]();
  });

  it('aborts the work with a code when time is up', async () => {
    const { client, deadline } = await serve(10);
    expect(await aborted(deadline)).toMatchObject({ code: 'DEADLINE', retryable: true });
    deadline[Symbol.dispose]();
    client.destroy();
  });

  it('leaves work alone that was answered in time', async () => {
    const { client, deadline, response } = await serve(30);
    const answered = new Promise((resolve) => client.once('response', resolve));
    response.end('done');
    await answered;
    deadline[Symbol.dispose]();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(deadline.signal.aborted).toBe(false);
    client.destroy();
  });
});

describe('work with grace', () => {
  const never = new Promise<never>(() => undefined);

  it('is given its result, or its own failure', async () => {
    const { signal } = new AbortController();
    expect(await withGrace(Promise.resolve(1), signal, 5)).toBe(1);
    const failed = withGrace(Promise.reject(new Error('own')), signal, 5);
    await expect(failed).rejects.toThrow('own');
  });

  it('may still finish for a while after the signal', async () => {
    const late = new Promise((resolve) => setTimeout(() => resolve('late'), 10));
    expect(await withGrace(late, AbortSignal.abort(new Error('up')), 500)).toBe('late');
  });

  it('is left behind when it does not listen to the signal', async () => {
    const left = withGrace(never, AbortSignal.abort(new Error('up')), 5);
    await expect(left).rejects.toThrow('up');
    const controller = new AbortController();
    const leftLater = withGrace(never, controller.signal, 0);
    controller.abort(new Error('later'));
    await expect(leftLater).rejects.toThrow('later');
  });
});
