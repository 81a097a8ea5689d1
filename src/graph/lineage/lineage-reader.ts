import type { DatabaseSync } from 'node:sqlite';
import { KindReader } from '../record/kind.js';
import type { LineageAccess, LineageFacets, LineageRequest } from './lineage.js';
import { countFacets } from './lineage-facet.js';
import { packEdges, type PageEdges } from './lineage-page.js';
import { LineageRows, type RowColumn } from './lineage-row.js';
import { columnsOf, writeEdges, writeNodes, type LineageTemplate } from './lineage-template.js';
import type { LineageText } from './lineage-text.js';
import { LineageNames } from './lineage-name.js';
import type { LineageSources } from './lineage-root.js';
import { LineageTurner, type Turn } from './lineage-turn.js';
import { packWords, type PackedLineage } from './packed-lineage.js';
import { RecordDecoder } from '../record/record-node.js';
import type { RecordReader } from '../record/record-reader.js';
import type { NamedThing } from '../edge/thing-name.js';
import { WithText } from '../with-text.js';

/** What is read of every record, and what is counted in facets: they stand first, in this order. */
const ALWAYS: RowColumn[] = ['cid', 'state'];
const COUNTED: RowColumn[] = ['kind', 'author'];

/** Answers lineage questions; each inside one read transaction of the caller's, so that the graph stands still. */
export class LineageReader {
  private readonly kinds: KindReader;
  private readonly decoder: RecordDecoder;
  private readonly rows: LineageRows;
  private readonly names: LineageNames;
  private readonly turner: LineageTurner;

  constructor(
    database: DatabaseSync,
    private readonly records: RecordReader,
    sources: LineageSources,
    now: () => number,
  ) {
    this.kinds = new KindReader(database);
    this.decoder = new RecordDecoder(database);
    this.rows = new LineageRows(database);
    this.names = new LineageNames(database, sources.things);
    this.turner = new LineageTurner(database, records, sources, now);
  }

  /**
   * @param head last ledger position indexed
   * @returns undefined when the request is to take turns and its turn is over
   * @throws AppError NOT_FOUND (a root the index does not know at that position), BAD_USER_INPUT, BAD_CURSOR
   */
  lineage(request: LineageRequest, head: number): PackedLineage | undefined {
    const { access } = request;
    const turn = this.turner.turn(request, head);
    if (!turn) return undefined;
    const records = this.records.rows(turn.nodes.filter(isRecord));
    const things = this.names.thingsOf(turn.nodes, access);
    const rows = inOrder(turn.nodes, records, things);
    const edges = packEdges(turn.walk, turn.page, turn.numbers, access);
    const others = this.nameOthers(turn, edges, access);
    const unreadable = records.flatMap(([seq, , , , state]) => (state === 0 ? [] : [seq]));
    const codes = records.map(([, , kind, author]) => [kind, author] as const);
    return {
      ...this.turner.extentOf(turn, unreadable),
      nodes: rows,
      depths: turn.depths,
      ...edges,
      others,
      cycles: turn.cycles,
      facets: request.facets ? this.countFacets(turn, codes, things) : undefined,
      ...packWords(rows, edges.edges, this.decoder),
    };
  }

  /** The same, with nodes and edges written as JSON. @throws AppError as above */
  lineageText(
    request: LineageRequest,
    template: LineageTemplate,
    head: number,
  ): WithText<LineageText> | undefined {
    const { access } = request;
    const turn = this.turner.turn(request, head);
    if (!turn) return undefined;
    const columns = [
      ...new Set([...ALWAYS, ...(request.facets ? COUNTED : []), ...columnsOf(template)]),
    ];
    const seqs = turn.nodes.filter(isRecord);
    const records = this.rows.read(seqs, columns);
    const things = this.names.thingsOf(turn.nodes, access);
    const rows = inOrder(turn.nodes, records, things);
    const edges = template.edges
      ? packEdges(turn.walk, turn.page, turn.numbers, access)
      : { edges: [], told: [] };
    const others = this.nameOthers(turn, edges, access);
    const names = rows.map((row) => (Array.isArray(row) ? (row[0] as string) : row.name));
    names.push(...others);
    const quoted = names.map((name) => JSON.stringify(name));
    const unreadable = seqs.filter((_, i) => records[i]![1] !== 0);
    const words = {
      kindOf: (id: number) => this.decoder.kindOf(id),
      textOf: (id: number) => this.decoder.textOf(id),
      undated: new Set(access?.undated),
      position: turn.position,
      idPrefix: template.idPrefix,
      organisation: template.organisation,
    };
    const nodesText = template.nodes
      ? writeNodes(template.nodes, { rows, columns }, turn.depths, quoted, words)
      : '';
    const edgesText = template.edges ? writeEdges(template.edges, edges, quoted, words) : '';
    const { frontier, ...extent } = this.turner.extentOf(turn, unreadable);
    const answer: LineageText = {
      ...extent,
      frontier: frontier.map((index) => names[index]!),
      cycles: turn.cycles.map((cycle) => cycle.map((index) => names[index]!)),
      facets: request.facets
        ? this.countFacets(
            turn,
            records.map(([, , kind, author]) => [kind, author] as [number, number]),
            things,
          )
        : undefined,
      nodeCount: turn.nodes.length,
      nodesLength: nodesText.length,
    };
    return new WithText(answer, nodesText + edgesText);
  }

  /** Whoever may not know of the record that says so is not told which it is. */
  private nameOthers(turn: Turn, { told }: PageEdges, access?: LineageAccess): string[] {
    const { others } = turn.numbers;
    if (others.length === 0) return [];
    const names = this.names.of(others, access);
    const first = turn.nodes.length;
    for (const each of told) {
      const other = each[1] === null ? undefined : others[each[1] - first];
      if (other !== undefined && !names.has(other)) each[1] = null;
    }
    return others.map((node) => names.get(node) ?? '');
  }

  private countFacets(
    { walk, page, depths }: Turn,
    records: readonly (readonly [kind: number, author: number])[],
    things: ReadonlyMap<number, NamedThing>,
  ): LineageFacets {
    return countFacets(
      {
        records,
        things: [...things.values()].map(({ kind }) => kind),
        depths,
        relations: page.edges.map((edge) => walk.edges.relationOf(edge)),
      },
      this.kinds,
      (term) => this.decoder.textOf(term),
    );
  }
}

/** Both come in the order of the nodes. */
function inOrder<Row>(
  nodes: readonly number[],
  records: readonly Row[],
  things: ReadonlyMap<number, NamedThing>,
): (Row | NamedThing)[] {
  let next = 0;
  return nodes.map((node) => (node < 0 ? things.get(node)! : records[next++]!));
}

function isRecord(node: number): boolean {
  return node >= 0;
}
