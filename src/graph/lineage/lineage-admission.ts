import type { DatabaseSync } from 'node:sqlite';
import type { KindReader } from '../record/kind.js';
import type { LineageAccess, LineageFilter } from './lineage.js';
import type { ThingSource } from './lineage-thing.js';
import type { Admission } from './lineage-walk.js';
import { Select } from '../select.js';

type Row = [seq: number, kind: number, author: number, time: number, at: number];

/** Which records and things a walk may go through: what whoever asks may know of, and then what the filters let through. */
export class LineageAdmission {
  private readonly rows: Select<Row>;
  private readonly term: Select<[id: number]>;
  private readonly lastKind: Select<[id: number]>;

  constructor(
    database: DatabaseSync,
    private readonly kinds: KindReader,
    private readonly things: ThingSource | undefined,
  ) {
    this.rows = new Select(
      database,
      `SELECT r.seq, r.kind, r.author, r.time, r.at FROM json_each(?) j CROSS JOIN record r ON r.seq = j.value`,
    );
    this.term = new Select(database, 'SELECT id FROM term WHERE text = ?');
    this.lastKind = new Select(database, 'SELECT coalesce(max(id), 0) FROM kind');
  }

  /** Undefined when nobody need be asked. */
  of(request: LineageFilter): ((nodes: number[]) => Admission[]) | undefined {
    const { access, types, authors, from, to, asOf } = request;
    const isLimited = [types, authors, from, to, asOf].some((part) => part !== undefined);
    const isHidden = access !== undefined && this.isHiding(access);
    if (!isLimited && !isHidden) return undefined;
    const isThrough = this.filter(request);
    const hidden = new Set(access?.hidden);
    const kindMax = access?.kindMax ?? Infinity;
    return (nodes) => {
      const rows = new Map(this.rows.all(JSON.stringify(nodes.filter(isRecord))).map(byNode));
      const isThing = this.thingFilter(nodes, types);
      return nodes.map((node): Admission => {
        const row = rows.get(node);
        if (!row) return isThing(node) ? 'ADMITTED' : 'REFUSED';
        if (hidden.has(row[1]) || row[1] > kindMax) return 'HIDDEN';
        return isThrough(row) ? 'ADMITTED' : 'REFUSED';
      });
    };
  }

  /** A kind nobody has decided about yet may not be shown. */
  private isHiding({ hidden, kindMax }: LineageAccess): boolean {
    return hidden.length > 0 || this.lastKind.get()![0] > kindMax;
  }

  private filter(request: LineageFilter): (row: Row) => boolean {
    const { types, authors, from = -Infinity, to = Infinity, asOf = Infinity, access } = request;
    const kinds = types && new Set(this.kindsOf(types));
    const terms = authors && new Set(authors.map((kid) => this.term.get(kid)?.[0]));
    const undated = new Set(access?.undated);
    return ([, kind, author, happened, at]) => {
      const time = undated.has(kind) ? at : happened;
      return (
        (!kinds || kinds.has(kind)) &&
        (!terms || terms.has(author)) &&
        time >= from &&
        time < to &&
        time <= asOf
      );
    };
  }

  /** A record that cannot be read may be of any type. */
  private kindsOf(types: string[]): number[] {
    return this.kinds
      .all()
      .filter(({ type }) => type === undefined || types.includes(type))
      .map(({ id }) => id);
  }

  /** Nobody has recorded a thing, and it happens at no time: only its kind can be asked for. */
  private thingFilter(nodes: number[], types?: string[]): (node: number) => boolean {
    if (!types) return () => true;
    const things = this.things?.describe(nodes.filter((node) => node < 0)) ?? [];
    const wanted = new Set(
      things.flatMap(({ node, kind }) => (types.includes(kind) ? [node] : [])),
    );
    return (node) => wanted.has(node);
  }
}

function isRecord(node: number): boolean {
  return node >= 0;
}

function byNode(row: Row): [number, Row] {
  return [row[0], row];
}
