/** What a tree needs to know of a lineage answer, wherever it came from. */
export interface LineageView {
  nodes: {
    id: string;
    type?: string | null;
    /** Null for a thing: it is in no log, and its name says what it is. */
    seq: number | null;
    occurredAt?: string | null;
  }[];
  /** From the derived thing to its source. */
  edges: {
    from: string;
    to: string;
    relation: string;
    /** By what the two were matched, where neither names the other. */
    rule?: string | null;
  }[];
}

export type Direction = 'UPSTREAM' | 'DOWNSTREAM';

/** How a relation reads from the end the walk comes from. */
const INVERSE: Record<string, string> = {
  wasDerivedFrom: 'source of',
  wasRevisionOf: 'revised by',
  wasGeneratedBy: 'generated',
  used: 'used by',
  wasAttributedTo: 'author of',
  wasAssociatedWith: 'took part in',
  wasInvalidatedBy: 'invalidated',
  hadMember: 'member of',
  refersTo: 'referred to by',
};

/**
 * Lines of a tree, from the root towards its sources or what came of it. A record met again is named, not unfolded
 * again, so a cycle ends.
 *
 * @param name how a CID, or the URI of a thing, is shown
 */
export function formatTree(
  view: LineageView,
  root: string,
  direction: Direction,
  name: (id: string) => string = (id) => id,
): string[] {
  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  const next = edgesByStart(view, direction);
  const shown = new Set<string>();
  const describe = (id: string): string => {
    const node = nodes.get(id);
    if (node === undefined || node.seq === null) return name(id);
    const day = node.occurredAt ? ` ${node.occurredAt.slice(0, 10)}` : '';
    return `${node.type ?? '(sealed)'}${day} #${node.seq}  ${name(id)}`;
  };
  const unfold = (id: string, indent: string): string[] => {
    shown.add(id);
    const edges = next.get(id) ?? [];
    return edges.flatMap(({ id: child, relation }, i) => {
      const isLast = i === edges.length - 1;
      const head = `${indent}${isLast ? '└─' : '├─'} ${relation} `;
      if (shown.has(child)) return [`${head}${describe(child)} (above)`];
      return [head + describe(child), ...unfold(child, indent + (isLast ? '   ' : '│  '))];
    });
  };
  return [describe(root), ...unfold(root, '')];
}

function edgesByStart(
  { edges }: LineageView,
  direction: Direction,
): Map<string, { id: string; relation: string }[]> {
  const next = new Map<string, { id: string; relation: string }[]>();
  const seen = new Set<string>();
  for (const { from, to, relation, rule } of edges) {
    const [start, end] = direction === 'UPSTREAM' ? [from, to] : [to, from];
    const key = `${start} ${end} ${relation}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const list = next.get(start) ?? [];
    next.set(start, list);
    const read = direction === 'UPSTREAM' ? relation : (INVERSE[relation] ?? relation);
    list.push({ id: end, relation: rule ? `${read} (by ${rule})` : read });
  }
  return next;
}
