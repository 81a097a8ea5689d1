import type { DatabaseSync } from 'node:sqlite';
import type { LineageAccess } from './lineage.js';
import { LineageRows } from './lineage-row.js';
import type { ThingSource } from './lineage-thing.js';
import { nameThings, type NamedThing } from '../edge/thing-name.js';

/** What nodes are called: CIDs of records, and things as whoever asks may know of them. */
export class LineageNames {
  private readonly rows: LineageRows;

  constructor(
    database: DatabaseSync,
    private readonly things: ThingSource | undefined,
  ) {
    this.rows = new LineageRows(database);
  }

  /** Without records that whoever asks may not know of. */
  of(nodes: readonly number[], access?: LineageAccess): Map<number, string> {
    const hidden = new Set(access?.hidden);
    const kindMax = access?.kindMax ?? Infinity;
    const records = nodes.filter((node) => node >= 0);
    const rows = this.rows.read(records, ['seq', 'cid', 'kind']) as [number, string, number][];
    const names = new Map<number, string>();
    for (const [seq, cid, kind] of rows) {
      if (!hidden.has(kind) && kind <= kindMax) names.set(seq, cid);
    }
    for (const [node, { name }] of this.thingsOf(nodes, access)) names.set(node, name);
    return names;
  }

  thingsOf(nodes: readonly number[], access?: LineageAccess): Map<number, NamedThing> {
    const things = nodes.filter((node) => node < 0);
    if (things.length === 0 || !this.things) return new Map();
    return nameThings(this.things, things, access);
  }
}
