import type { App } from '../app.js';
import { tellLineage } from '../query/lineage-format/tell.js';
import { walkLineage } from '../query/lineage.js';
import { Reader } from '../query/reader.js';
import type { Role } from '../access/viewer.js';
import { localViewer } from './access.js';
import type { LineageAsker } from './lineage-answer.js';
import { roomsOf } from './node.js';

/** Asks an open node, once its index knows all of its log. */
export async function localLineage(app: App, role: Role): Promise<LineageAsker> {
  await app.follower.caughtUp(app.ledger.head().size);
  return async (cid, direction, bounds) => {
    const reader = new Reader(roomsOf(app), localViewer(app.description, role));
    return tellLineage(await walkLineage(reader, { roots: [{ cid }], direction, ...bounds }));
  };
}
