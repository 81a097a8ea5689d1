import type { LineageEdgeView, LineageView } from '../lineage.js';
import type { LineageNodeView } from '../lineage-node.js';
import type { PathResultView } from '../path.js';
import type { RecordView } from '../record.js';
import type { ToldEdge, ToldLineage, ToldNode } from './told-lineage.js';

/** An answer as every form of it is made from, times as RFC 3339. */
export function tellLineage(view: LineageView): ToldLineage {
  const { isComplete, reason, omitted, isOmittedExact, frontier, redacted, cycles } = view;
  return {
    nodes: view.nodes.map(tellNode),
    edges: view.edges.map(tellEdge),
    ...{ isComplete, reason, omitted, isOmittedExact, frontier, redacted, cycles },
    position: view.position,
  };
}

/**
 * Paths as one answer: what stands on any of them, at its least distance from the beginning. Things are told by the edges alone. It is
 * complete when there are no other paths.
 */
export function tellPaths({ paths, isExhaustive, position }: PathResultView): ToldLineage {
  const nodes = new Map<string, ToldNode>();
  const edges = new Map<string, ToldEdge>();
  for (const path of paths) {
    for (const record of path.nodes) {
      const depth = Math.min(
        path.keys.indexOf(record.cid),
        nodes.get(record.cid)?.depth ?? Infinity,
      );
      nodes.set(record.cid, tellRecord(record, depth));
    }
    for (const edge of path.edges) edges.set(JSON.stringify(edge), tellEdge(edge));
  }
  return {
    nodes: [...nodes.values()].sort((a, b) => a.depth - b.depth),
    edges: [...edges.values()],
    isComplete: isExhaustive,
    reason: null,
    omitted: 0,
    isOmittedExact: isExhaustive,
    frontier: [],
    redacted: 0,
    cycles: [],
    position,
  };
}

function tellRecord(record: RecordView, depth: number): ToldNode {
  const { cid, rid, version, seq, type, author, capturedAt, occurredAt } = record;
  return {
    kind: 'RECORD',
    id: cid,
    uri: null,
    ...{ cid, rid, version, seq, depth },
    class: record.class,
    ...{ type, author },
    capturedAt: toText(capturedAt),
    occurredAt: toText(occurredAt),
  };
}

function tellNode(view: LineageNodeView): ToldNode {
  const { kind, key, cid, uri, rid, version, seq, depth, type, capturedAt, occurredAt } = view;
  return {
    kind,
    id: key,
    ...{ cid, uri, rid, version, seq, depth },
    class: view.class,
    type,
    author: view.recordNode?.author ?? null,
    capturedAt: toText(capturedAt),
    occurredAt: toText(occurredAt),
  };
}

function tellEdge({ since, until, ...edge }: LineageEdgeView): ToldEdge {
  return { ...edge, since: toText(since), until: toText(until) };
}

function toText(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
