import { ask, type RemoteNode } from './ask.js';
import { LineageDocument } from './gql/graphql.js';
import type { LineageAsker } from './lineage-answer.js';

/** Asks a running node. */
export function remoteLineage(node: RemoteNode): LineageAsker {
  return async (cid, direction, bounds) => {
    const input = { roots: [{ cid }], direction, ...bounds };
    const { lineage } = await ask(node, LineageDocument, { input });
    return {
      ...lineage,
      reason: lineage.reason ?? null,
      nodes: lineage.nodes.map((found) => ({
        ...found,
        class: found.class.toLowerCase().replace('_', '.'),
        type: found.type ?? null,
        occurredAt: found.occurredAt ?? null,
      })),
      edges: lineage.edges.map((edge) => ({
        ...edge,
        path: edge.path ?? null,
      })),
    };
  };
}
