import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { createServer, listen } from '../../../../src/api/http/server.js';
import type { ServerOptions } from '../../../../src/api/http/option.js';
import type { Rooms } from '../../../../src/api/rooms.js';
import { issueToken, type TokenRequest } from '../../../../src/api/token.js';
import type { App } from '../../../../src/app.js';
import { roomsOf } from '../../../../src/cli/node.js';
import { publicJwk } from '../../../../src/crypto/signing-key.js';
import { createLogger, type Logger } from '../../../../src/log.js';
import { DEFAULT_LIMITS, type Limits } from '../../../../src/query/limit.js';
import { startApp } from '../../../support/start-app.js';

const ISSUER = 'provtrail:test';
const AUDIENCE = 'provtrail';

/** A node that listens on a port of the system's choice, over real rooms, and what it wrote to its log. */
export interface TestServer {
  url: string;
  port: number;
  app: App;
  rooms: Rooms;
  server: FastifyInstance;
  /** Everything logged so far, as JSON lines. */
  logged(): string;
  token(overrides?: Partial<TokenRequest>): Promise<string>;
  /** fetch with a clinician's token. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  graphql(query: string, variables?: object): Promise<GraphqlAnswer>;
  close(): Promise<void>;
}

export interface GraphqlAnswer {
  data?: Record<string, unknown>;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

export async function startServer(
  root: string,
  options: Partial<ServerOptions> = {},
  limits: Partial<Limits> = {},
): Promise<TestServer> {
  const app = await startApp(root);
  const log = new MemoryLog();
  const rooms: Rooms = {
    ...roomsOf(app),
    logger: log.logger(),
    limits: { ...DEFAULT_LIMITS, ...limits },
  };
  const tokens = { publicJwk: publicJwk(app.keys.token), issuer: ISSUER, audience: AUDIENCE };
  const server = await createServer(rooms, { tokens, ...options });
  const url = await listen(server, { host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const token = (overrides: Partial<TokenRequest> = {}) => issue(app, overrides);
  const authorization = `Bearer ${await token()}`;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { authorization, ...(init.headers as Record<string, string>) },
    });
  const graphql = async (query: string, variables: object = {}) => {
    const body = JSON.stringify({ query, variables });
    const headers = { 'content-type': 'application/json' };
    const answer = await ask('/graphql', { method: 'POST', headers, body });
    return (await answer.json()) as GraphqlAnswer;
  };
  const close = async () => {
    await server.close();
    await app.close();
  };
  return { url, port, app, rooms, server, logged: () => log.text, token, ask, graphql, close };
}

async function issue({ keys }: App, overrides: Partial<TokenRequest>): Promise<string> {
  return issueToken({
    key: keys.token,
    issuer: ISSUER,
    audience: AUDIENCE,
    subject: 'dr-1',
    organisation: 'hospital-a',
    role: 'clinician',
    scopes: ['read', 'write'],
    ttlSeconds: 600,
    ...overrides,
  });
}

/** The real logger's rules (what an error may say), written into memory. */
class MemoryLog extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  logger(): Logger {
    const real = createLogger('trace') as unknown as Record<symbol, never>;
    const serializers = real[pino.symbols.serializersSym];
    return pino({ level: 'trace', serializers }, this);
  }
}
