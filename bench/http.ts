import type { Readable } from 'node:stream';
import { Pool } from 'undici';

/**
 * A keep-alive client of one node on loopback, with at most `connections` sockets. undici, since on two cores
 * whatever the client takes the node goes without, and `node:http` takes twice as much.
 */
export class Client {
  private readonly pool: Pool;
  private readonly token: string;

  constructor(url: string, token: string, connections: number) {
    this.token = token;
    this.pool = new Pool(url, { connections, pipelining: 1, bodyTimeout: 0, headersTimeout: 0 });
  }

  get(path: string): Promise<Answer> {
    return this.send(path, 'GET');
  }

  /** @throws Error with the first error when the answer has any */
  async graphql<T>(query: string, variables: Record<string, unknown>): Promise<T> {
    const body = JSON.stringify({ query, variables });
    const answer = await this.send('/graphql', 'POST', 'application/json', body);
    const { data, errors } = JSON.parse(answer.body) as { data?: T; errors?: unknown[] };
    if (errors || !data) throw new Error(`GraphQL answered ${answer.body.slice(0, 500)}`);
    return data;
  }

  async upload(path: string, mediaType: string, body: Readable): Promise<string> {
    const answer = await this.send(path, 'POST', mediaType, body);
    if (answer.status !== 200) {
      throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`);
    }
    return answer.body;
  }

  close(): void {
    void this.pool.destroy();
  }

  private async send(
    path: string,
    method: 'GET' | 'POST',
    mediaType?: string,
    body?: string | Readable,
  ): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(mediaType && { 'content-type': mediaType }),
    };
    const answer = await this.pool.request({ path, method, headers, body: body ?? null });
    return { status: answer.statusCode, body: await answer.body.text() };
  }
}

interface Answer {
  status: number;
  body: string;
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
