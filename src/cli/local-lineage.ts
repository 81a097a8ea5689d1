import type { Role } from '../access/viewer.js';
import type { App } from '../app.js';
import { walkLineage, type LineageNodeView } from '../query/lineage.js';
import { Reader } from '../query/reader.js';
import { localViewer } from './access.js';
import type { LineageAnswer, LineageAsker } from './lineage-answer.js';
import { roomsOf } from './node.js';

/** Asks an open node, once its index knows all of its log. */
export async function localLineage(app: App, role: Role): Promise<LineageAsker> {
  await app.follower.caughtUp(app.ledger.head().size);
  return async (cid, direction, bounds) => {
    const reader = new Reader(roomsOf(app), localViewer(app.description, role));
    const view = await walkLineage(reader, { roots: [{ cid }], direction, ...bounds });
    return { ...view, nodes: view.nodes.map(formatNode) };
  };
}

function formatNode(node: LineageNodeView): LineageAnswer['nodes'][number] {
  const { cid, rid, version, seq, depth, type, occurredAt } = node;
  return {
    cid,
    rid,
    version,
    seq,
    depth,
    class: node.class,
    type,
    capturedAt: new Date(node.capturedAt).toISOString(),
    occurredAt: occurredAt === null ? null : new Date(occurredAt).toISOString(),
  };
}
