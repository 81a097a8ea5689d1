import type { ToldEdge, ToldKind, ToldNode } from '../query/lineage-format/told-lineage.js';
import { ask, type RemoteNode } from './ask.js';
import { LineageDocument, LogDocument } from './gql/graphql.js';
import type { LineageAsker, LineageSource } from './lineage-answer.js';

/** What things do not have, and older nodes do not answer, is absent or null. */
type Given<T> = { [K in keyof T]?: T[K] | null };
type GivenNode = Given<Omit<ToldNode, 'kind' | 'id' | 'depth'>> & {
  key?: string;
  kind?: string;
  depth: number;
};
type GivenEdge = Given<ToldEdge> & Pick<ToldEdge, 'from' | 'to' | 'relation'>;

/** Asks a running node. */
export function remoteLineage(node: RemoteNode): LineageAsker {
  return async (cid, direction, bounds) => {
    const input = { roots: [{ cid }], direction, ...bounds };
    const { lineage } = await ask(node, LineageDocument, { input });
    const { isComplete, reason, omitted, isOmittedExact, frontier, redacted, cycles } = lineage;
    return {
      nodes: lineage.nodes.map(tellNode),
      edges: lineage.edges.map(tellEdge),
      ...{ isComplete, reason: reason ?? null, omitted, isOmittedExact },
      ...{ frontier, redacted, cycles },
      position: lineage.position,
    };
  };
}

export function remoteSource(node: RemoteNode): LineageSource {
  const organisation = async (): Promise<string> => {
    const { log } = await ask(node, LogDocument, {});
    return log.organisation.name;
  };
  return { ask: remoteLineage(node), organisation };
}

function tellNode(given: GivenNode): ToldNode {
  const { key, cid = null, uri = null, kind, rid, version, seq, depth } = given;
  const { type, author, capturedAt, occurredAt } = given;
  return {
    kind: (kind as ToldKind | undefined) ?? 'RECORD',
    id: key ?? cid ?? uri ?? '',
    ...{ cid, uri, rid: rid ?? null, version: version ?? null, seq: seq ?? null, depth },
    class: given.class?.toLowerCase().replace('_', '.') ?? null,
    type: type ?? null,
    author: author ?? null,
    capturedAt: capturedAt ?? null,
    occurredAt: occurredAt ?? null,
  };
}

function tellEdge(edge: GivenEdge): ToldEdge {
  const { from, to, relation, path, evidence, since, until, rule } = edge;
  return {
    ...{ from, to, relation },
    path: path ?? null,
    evidence: evidence ?? null,
    since: since ?? null,
    until: until ?? null,
    rule: rule ?? null,
  };
}
