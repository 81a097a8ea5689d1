import { createServer, listen } from '../api/http/server.js';
import type { App } from '../app.js';
import { roomsOf } from './node.js';
import { tokenPolicyOf } from './access.js';

/** A node that answers over HTTP. */
export interface Service {
  /** `http://127.0.0.1:4000` */
  url: string;
  /** Drains what is in flight, then stops listening. The node's rooms stay open. */
  close(): Promise<void>;
}

/** @throws the system's error when the address cannot be listened on */
export async function serve(app: App, address: { host: string; port: number }): Promise<Service> {
  await app.archive.ready(); // so that the first reader does not wait for it
  const { corsOrigins, rateLimitPerMinute } = app.config;
  const rooms = roomsOf(app);
  app.watch.start(rooms);
  app.facts.follow(app.follower);
  const server = await createServer(rooms, {
    tokens: tokenPolicyOf(app),
    corsOrigins,
    rateLimitPerMinute,
  });
  try {
    return { url: await listen(server, address), close: () => server.close() };
  } catch (error) {
    await server.close();
    throw error;
  }
}
