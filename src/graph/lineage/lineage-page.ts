import type { LineageAccess } from './lineage.js';
import type { LineageWalk, WalkPage } from './lineage-walk.js';

/** The edges of a page in small numbers: see PackedLineage. */
export interface PageEdges {
  edges: number[];
  told: [edge: number, evidence: number | null, since: number | null, until: number | null][];
}

/** Numbers what a page names: its own nodes first, then whatever else is named, in the order in which that comes. */
export class PageNumbers {
  readonly others: number[] = [];
  private readonly indexes = new Map<number, number>();

  constructor(
    private readonly walk: LineageWalk,
    private readonly page: WalkPage,
  ) {}

  ofNumber(number: number): number {
    const { from, to } = this.page;
    return number >= from && number < to
      ? number - from
      : this.ofOther(this.walk.nodes.nodeAt(number));
  }

  ofNode(node: number): number {
    const number = this.walk.nodes.numberOf(node);
    const { from, to } = this.page;
    return number >= from && number < to ? number - from : this.ofOther(node);
  }

  private ofOther(node: number): number {
    const known = this.indexes.get(node);
    if (known !== undefined) return known;
    const index = this.page.to - this.page.from + this.others.length;
    this.indexes.set(node, index);
    this.others.push(node);
    return index;
  }
}

/** The times of events are told with what events say, or not at all. */
export function packEdges(
  { edges }: LineageWalk,
  page: WalkPage,
  numbers: PageNumbers,
  access?: LineageAccess,
): PageEdges {
  const packed: PageEdges = { edges: [], told: [] };
  const isTimed = access === undefined || access.things === 'OPEN';
  for (const edge of page.edges) {
    const [from, to] = [numbers.ofNumber(edges.fromOf(edge)), numbers.ofNumber(edges.toOf(edge))];
    const path = edges.pathOf(edge);
    const more = edges.moreOf(edge);
    if (more) {
      const { evidence, since, until } = more;
      const end = path < 0 ? to : from;
      const index = evidence === null ? end : numbers.ofNode(evidence);
      const told = isTimed ? ([since, until] as const) : ([null, null] as const);
      packed.told.push([packed.edges.length / 4, index, ...told]);
    }
    packed.edges.push(from, to, edges.relationOf(edge), path);
  }
  return packed;
}
