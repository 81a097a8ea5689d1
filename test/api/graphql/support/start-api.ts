import { join } from 'node:path';
import type { ApolloServer } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { ANONYMOUS, type Role, type Viewer } from '../../../../src/access/viewer.js';
import { createApollo } from '../../../../src/api/graphql/apollo.js';
import { createContext, type ApiContext } from '../../../../src/api/graphql/context.js';
import type { Rooms } from '../../../../src/api/rooms.js';
import type { App } from '../../../../src/app.js';
import { DEFAULT_LIMITS, type Limits } from '../../../../src/query/limit.js';
import { startApp } from '../../../support/start-app.js';

export interface Answer<Data> {
  data?: Data | null;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

/** The real rooms on a real disk behind the real GraphQL server, without HTTP. */
export interface TestApi {
  app: App;
  rooms: Rooms;
  apollo: ApolloServer<ApiContext>;
  context(viewer: Viewer, signal?: AbortSignal): ApiContext;
  ask<Data = Record<string, unknown>>(
    viewer: Viewer,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Answer<Data>>;
  /** The same for an answer that must have no errors. */
  get<Data = Record<string, unknown>>(
    viewer: Viewer,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Data>;
  /** Code of the first error of an answer that must have one. */
  fail(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

export function viewerOf(role: Role, overrides: Partial<Viewer> = {}): Viewer {
  return {
    subject: `${role}-1`,
    organisation: 'hospital-a',
    role,
    scopes: ['read', 'write'],
    ...overrides,
  };
}

export const CLINICIAN = viewerOf('clinician');
export const RESEARCHER = viewerOf('researcher');
export const SUPPLY = viewerOf('supply');
export { ANONYMOUS };

export async function startApi(
  root: string,
  overrides: Partial<Omit<Rooms, 'limits'>> & { limits?: Partial<Limits> } = {},
): Promise<TestApi> {
  const app = await startApp(root);
  const {
    keyring,
    ledger,
    archive,
    graph,
    follower,
    facts,
    capture,
    jobs,
    watch,
    organisation,
    logger,
  } = app;
  const rooms: Rooms = {
    ...{
      keyring,
      ledger,
      archive,
      graph,
      follower,
      facts,
      capture,
      jobs,
      watch,
      organisation,
      logger,
    },
    cursorKey: new Uint8Array(32).fill(1),
    now: Date.now,
    exportDirectory: join(app.config.dataDirectory, 'export'),
    ...overrides,
    limits: { ...DEFAULT_LIMITS, ...overrides.limits },
  };
  const apollo = createApollo(rooms);
  await apollo.start();
  let asked = 0;
  const context = (viewer: Viewer, signal?: AbortSignal) =>
    createContext({ rooms, viewer, requestId: `request-${++asked}`, signal });
  const ask: TestApi['ask'] = async (viewer, query, variables = {}) => {
    const contextValue = context(viewer);
    const { body } = await apollo.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single') throw new Error('one answer was expected');
    // as a client would read it
    return JSON.parse(JSON.stringify(body.singleResult)) as never;
  };
  const get: TestApi['get'] = async (viewer, query, variables) => {
    const answer = await ask(viewer, query, variables);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data as never;
  };
  const fail: TestApi['fail'] = async (viewer, query, variables) => {
    const { errors } = await ask(viewer, query, variables);
    return String(errors?.[0]?.extensions?.['code']);
  };
  const close = async () => {
    await apollo.stop();
    await app.close();
  };
  return { app, rooms, apollo, context, ask, get, fail, close };
}
