import type { LineageRequest } from '../../src/graph/lineage/lineage.js';
import type { IndexRow } from '../../src/graph/row.js';
import type { Relation } from '../../src/record/draft.js';
import { extractOf } from './log-builder.js';

export interface NaiveEdge {
  from: number;
  to: number;
  relation: Relation;
}

/** The graph of a log as the rules say it, with no thought of speed: what the index is held against. */
export function naiveEdges(rows: IndexRow[]): NaiveEdge[] {
  const edges: NaiveEdge[] = [];
  const holders = new Map<string, string>();
  const latest = new Map<string, IndexRow>();
  const statements = new Map<string, number>();
  const waiting: { name: string; src: number; relation: Relation; isInverse?: true }[] = [];
  const put = (from: number, to: number, relation: Relation) => {
    const isKnown = edges.some((e) => e.from === from && e.to === to && e.relation === relation);
    if (!isKnown) edges.push({ from, to, relation });
  };
  const join = (speaker: number, named: number, relation: Relation, isInverse?: true) =>
    isInverse ? put(named, speaker, relation) : put(speaker, named, relation);
  const meant = (name: string): number | undefined => {
    if (name.startsWith('statement ')) return statements.get(name);
    const rid = holders.get(name);
    return rid === undefined ? undefined : latest.get(rid)!.seq;
  };
  for (const row of rows) {
    if (!row.rid) continue;
    const former = latest.get(row.rid);
    if (!former || row.ver! > former.ver!) {
      if (former) put(row.seq, former.seq, 'wasRevisionOf');
      latest.set(row.rid, row);
    }
    statements.set(`statement ${row.statementCid}`, row.seq);
    for (const alias of extractOf(row)?.aliases ?? []) holders.set(`alias ${alias}`, row.rid);
    for (let i = 0; i < waiting.length;) {
      const { name, src, relation, isInverse } = waiting[i]!;
      const to = meant(name);
      if (to === undefined) i++;
      else {
        join(src, to, relation, isInverse);
        waiting.splice(i, 1);
      }
    }
    const references: { name: string; relation: Relation; isInverse?: true }[] = [
      ...(row.replaces ? [{ name: row.replaces, relation: 'wasRevisionOf' as const }] : []),
      ...row.links.map(({ rel, statement }) => ({ name: statement, relation: rel as Relation })),
    ].map(({ name, relation }) => ({ name: `statement ${name}`, relation }));
    for (const { target, relation, isInverse } of extractOf(row)?.references ?? []) {
      references.push({ name: `alias ${target}`, relation, isInverse });
    }
    for (const { name, relation, isInverse } of references) {
      const to = meant(name);
      if (to === undefined) waiting.push({ name, src: row.seq, relation, isInverse });
      else join(row.seq, to, relation, isInverse);
    }
  }
  return edges;
}

/** Depth of every record reachable within the request's filters and depth, without bounds of number or time. */
export function naiveDepths(
  edges: NaiveEdge[],
  roots: number[],
  { direction, depthMax, relations, knownAt = Infinity }: Partial<LineageRequest>,
  isAdmitted: (seq: number) => boolean = () => true,
): Map<number, number> {
  const known = edges.filter(({ from, to, relation }) => {
    const isFollowed = relations ? relations.includes(relation) : relation !== 'refersTo';
    return isFollowed && from <= knownAt && to <= knownAt;
  });
  const walk = (near: 'from' | 'to', far: 'from' | 'to') => {
    const depths = new Map(roots.map((root) => [root, 0]));
    for (let depth = 1, level = roots; level.length > 0 && depth <= depthMax!; depth++) {
      const found = known.filter((edge) => level.includes(edge[near])).map((edge) => edge[far]);
      level = [...new Set(found)].filter((seq) => !depths.has(seq) && isAdmitted(seq));
      for (const seq of level) depths.set(seq, depth);
    }
    return depths;
  };
  const up = direction === 'DOWNSTREAM' ? new Map<number, number>() : walk('from', 'to');
  const down = direction === 'UPSTREAM' ? new Map<number, number>() : walk('to', 'from');
  const all = new Set([...up.keys(), ...down.keys()]);
  const depthOf = (seq: number) => Math.min(up.get(seq) ?? Infinity, down.get(seq) ?? Infinity);
  return new Map([...all].map((seq) => [seq, depthOf(seq)]));
}

/** Every simple path from one node to another within a length, as node lists. */
export function naivePaths(
  next: readonly (readonly number[])[],
  from: number,
  to: number,
  lengthMax: number,
): number[][] {
  const paths: number[][] = [];
  const extend = (path: number[]) => {
    const end = path[path.length - 1]!;
    if (end === to) {
      paths.push(path);
      return;
    }
    if (path.length > lengthMax) return;
    for (const target of new Set(next[end])) if (!path.includes(target)) extend([...path, target]);
  };
  extend([from]);
  return paths.sort((a, b) => a.length - b.length);
}
