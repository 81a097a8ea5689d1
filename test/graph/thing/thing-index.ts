import { DatabaseSync } from 'node:sqlite';
import type { EdgePage, ScanDirection, ScanMoment } from '../../../src/graph/edge/edge-scan.js';
import {
  decodeRelation,
  formatRelationFilter,
  RELATIONS,
} from '../../../src/graph/edge/relation.js';
import type { IndexRow } from '../../../src/graph/row.js';
import { TermReader } from '../../../src/graph/term.js';
import { ThingEdgeScan } from '../../../src/graph/thing/thing-edge-scan.js';
import { ThingReader } from '../../../src/graph/thing/thing-reader.js';
import { TestIndex } from '../log-builder.js';

export const NOW = { upTo: Number.MAX_SAFE_INTEGER };
const ALL = formatRelationFilter([...RELATIONS]);

/** An index of events, asked about its things. */
export class ThingIndex {
  private readonly index = new TestIndex();
  readonly database: DatabaseSync;
  readonly scan: ThingEdgeScan;
  readonly things: ThingReader;
  readonly terms: TermReader;

  constructor(rows: IndexRow[], batch = Infinity) {
    for (let i = 0; i < rows.length; i += batch) {
      this.index.writer.apply(rows.slice(i, Math.min(i + batch, rows.length)));
    }
    this.database = new DatabaseSync(this.index.path, { readOnly: true });
    this.scan = new ThingEdgeScan(this.database);
    this.things = new ThingReader(this.database);
    this.terms = new TermReader(this.database);
  }

  nodeOf(uri: string): number {
    const [node] = this.things.nodesOf([uri], NOW.upTo);
    if (node === null || node === undefined) throw new Error(`nothing names ${uri}`);
    return node;
  }

  pages(
    nodes: number[],
    direction: ScanDirection,
    moment: ScanMoment = NOW,
    filter = ALL,
  ): EdgePage[] {
    return [...this.scan.pages(nodes, direction, filter, moment)];
  }

  /** As `from relation to`, the event that says so, the path, and when it held. */
  edges(nodes: number[], direction: ScanDirection, moment?: ScanMoment, filter = ALL): string[] {
    return this.pages(nodes, direction, moment, filter).flatMap(({ rows, asked }) =>
      rows.map(([place, rel, other, path, evidence, since, until]) => {
        const near = asked[place]!;
        const [from, to] = direction === 'UPSTREAM' ? [near, other] : [other, near];
        const told = evidence ?? (path < 0 ? to : from);
        const text = this.terms.textOf(Math.abs(path));
        const held = typeof since === 'number' ? ` ${since} ${until ?? 'still'}` : '';
        const relation = decodeRelation(rel);
        return `${this.nameOf(from)} ${relation} ${this.nameOf(to)} ${told} ${text}${held}`;
      }),
    );
  }

  close(): void {
    this.database.close();
    this.index.close();
  }

  private nameOf(node: number): string {
    return node < 0 ? this.terms.textOf(-node) : String(node);
  }
}
