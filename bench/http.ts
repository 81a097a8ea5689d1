import { Agent, request, type IncomingMessage, type RequestOptions } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';

/** A keep-alive client of one node on loopback, with at most `connections` sockets. */
export class Client {
  private readonly agent: Agent;
  private readonly url: string;
  private readonly token: string;

  constructor(url: string, token: string, connections: number) {
    this.url = url;
    this.token = token;
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  async get(path: string): Promise<{ status: number; body: string }> {
    const call = this.open(path, { method: 'GET' });
    call.end();
    return this.answer(call);
  }

  /** @throws Error with the first error when the answer has any */
  async graphql<T>(query: string, variables: Record<string, unknown>): Promise<T> {
    const body = JSON.stringify({ query, variables });
    const call = this.open('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    call.end(body);
    const answer = await this.answer(call);
    const { data, errors } = JSON.parse(answer.body) as { data?: T; errors?: unknown[] };
    if (errors || !data) throw new Error(`GraphQL answered ${answer.body.slice(0, 500)}`);
    return data;
  }

  async upload(path: string, mediaType: string, body: Readable): Promise<string> {
    const call = this.open(path, { method: 'POST', headers: { 'content-type': mediaType } });
    const answered = this.answer(call);
    answered.catch(() => undefined);
    await pipeline(body, call);
    const answer = await answered;
    if (answer.status !== 200) {
      throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`);
    }
    return answer.body;
  }

  close(): void {
    this.agent.destroy();
  }

  private open(path: string, options: RequestOptions) {
    const headers = { ...options.headers, authorization: `Bearer ${this.token}` };
    return request(new URL(path, this.url), { ...options, agent: this.agent, headers });
  }

  private async answer(call: ReturnType<typeof request>) {
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, body: await text(response) };
  }
}

/** Keeps `width` calls under way until `count` are done; answers how long each took, ms. */
export async function closedLoop(
  count: number,
  width: number,
  call: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const samples: number[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next++;
      const startedAt = performance.now();
      await call(index);
      samples.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return samples;
}
