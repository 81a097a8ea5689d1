import { join } from 'node:path';
import type { Rooms } from '../api/rooms.js';
import { App } from '../app.js';
import type { Config } from '../config.js';
import { fromBase64url, utf8 } from '../crypto/bytes.js';
import { hmacSha256 } from '../crypto/digest.js';
import { DEFAULT_LIMITS } from '../query/limit.js';

/** Opens a node for work that ends by itself: its everyday log lines would only be in the way. */
export function openNode(config: Config): Promise<App> {
  return App.open({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel });
}

/** Opens a node for one short question. Nobody else waits, so there are no threads: starting them takes longer than the answer. */
export function openToAsk(config: Config): Promise<App> {
  return openNode({ ...config, threads: false });
}

/** An open node as the read flows and the API see it. */
export function roomsOf(app: App): Rooms {
  const { ledger, archive, keyring, graph, follower, facts, capture, jobs, watch, organisation } =
    app;
  return {
    ledger,
    archive,
    keyring,
    graph,
    follower,
    facts,
    capture,
    jobs,
    watch,
    organisation,
    logger: app.logger.child({ room: 'api' }),
    limits: { ...DEFAULT_LIMITS, deadlineMs: app.config.deadlineMs },
    cursorKey: hmacSha256(fromBase64url(app.keys.master), utf8('provtrail/cursor/v1')),
    now: Date.now,
    exportDirectory: join(app.config.dataDirectory, 'export'),
  };
}
