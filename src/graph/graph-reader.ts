import type { DatabaseSync } from 'node:sqlite';
import type { Identifier } from '../record/draft.js';
import type { Moment } from './containment/containment-reader.js';
import type { ParentCursor } from './containment/containment-store.js';
import type { Direction } from './edge/edge.js';
import { EdgeReader, type EdgeAnswer, type EdgeRequest } from './edge/edge-reader.js';
import type { EventFilter, EventOrder, EventPosition } from './event/event-filter.js';
import type { CompileOptions } from './event/event-compiler.js';
import { EventList, type EventCount, type EventListing } from './event/event-list.js';
import {
  EventVocabulary,
  type VocabularyPage,
  type VocabularyRole,
} from './event/event-vocabulary.js';
import type { AlertFilter } from './alert/alert-filter.js';
import {
  AlertList,
  type AlertMark,
  type AlertPage,
  type AlertPosition,
  type NewAlerts,
} from './alert/alert-list.js';
import { FreshnessReader, type Freshness } from './lineage/freshness.js';
import type { ImpactFilter, ImpactNode, ImpactStart, ImpactStep } from './impact/impact.js';
import type { ImpactMark } from './impact/impact-edges.js';
import { ImpactReader } from './impact/impact-reader.js';
import { openForReading } from './index-file.js';
import { KindReader, type Kind } from './record/kind.js';
import type { LineageAccess, LineageAnswer, LineageRequest } from './lineage/lineage.js';
import { EdgeScan } from './edge/edge-scan.js';
import { EdgeUnion } from './edge/edge-union.js';
import { LineageReader } from './lineage/lineage-reader.js';
import type { LineageTemplate } from './lineage/lineage-template.js';
import type { LineageText } from './lineage/lineage-text.js';
import type { PathAnswer, PathRequest } from './path/path.js';
import { unpackLineage, type PackedLineage } from './lineage/packed-lineage.js';
import { PathReader } from './path/path-reader.js';
import type { RecordFilter } from './record/record-filter.js';
import {
  RecordList,
  type RecordOrder,
  type RecordPage,
  type RecordPosition,
} from './record/record-list.js';
import type { RecordNode } from './record/record-node.js';
import { RecordReader } from './record/record-reader.js';
import { Select } from './select.js';
import { guard } from './sqlite-error.js';
import type {
  RecallPageRequest,
  RecallReport,
  RecallRequest,
  RecallUnitPage,
} from './trace/recall.js';
import type { ReachedPage, RecallReach } from './trace/recall-reach.js';
import { RecallReachReader } from './trace/recall-reach-reader.js';
import { RecallReader } from './trace/recall-reader.js';
import type { ProductEvidence } from './trace/verify-product.js';
import { ProductEvidenceReader } from './trace/verify-product-reader.js';
import { ThingEdgeScan } from './thing/thing-edge-scan.js';
import { ThingReader } from './thing/thing-reader.js';
import type { WithText } from './with-text.js';
import { ItemTracer, type ItemChildPage, type ItemTrace } from './trace/item-tracer.js';

export interface GraphStatus {
  /** The next seq to apply: everything before it can be asked about. */
  cursor: number;
  records: number;
  edges: number;
  /** References whose target is not in the index. */
  dangling: number;
  /** Records whose content could not be read when they were indexed. */
  unreadable: number;
}

/**
 * Reads the index. Each method sees one state of it, however much is applied meanwhile, and may be behind the ledger by
 * whatever the follower has not applied yet. All of them throw AppError STORE_FAILED when the file cannot be read.
 */
export class GraphReader {
  private readonly records: RecordReader;
  private readonly list: RecordList;
  private readonly edges: EdgeReader;
  private readonly lineages: LineageReader;
  private readonly routes: PathReader;
  private readonly tracer: ItemTracer;
  private readonly eventList: EventList;
  private readonly vocabulary: EventVocabulary;
  private readonly recalls: RecallReader;
  private readonly reaches: RecallReachReader;
  private readonly products: ProductEvidenceReader;
  private readonly alerts: AlertList;
  private readonly freshnesses: FreshnessReader;
  private readonly impacts: ImpactReader;
  private readonly kinds: KindReader;
  private readonly meta: Select<[...number[]]>;

  private constructor(
    private readonly database: DatabaseSync,
    now: () => number,
  ) {
    this.records = new RecordReader(database);
    this.list = new RecordList(database);
    this.edges = new EdgeReader(database, this.records);
    const records = new EdgeScan(database);
    const things = new ThingReader(database);
    const all = new EdgeUnion([records, new ThingEdgeScan(database)]);
    const sources = { records, all, things };
    this.lineages = new LineageReader(database, this.records, sources, now);
    this.impacts = new ImpactReader(database, this.records, things);
    this.routes = new PathReader(database, this.records, sources, now);
    this.tracer = new ItemTracer(database);
    this.eventList = new EventList(database);
    this.vocabulary = new EventVocabulary(database);
    this.recalls = new RecallReader(database);
    this.reaches = new RecallReachReader(database);
    this.products = new ProductEvidenceReader(database);
    this.alerts = new AlertList(database);
    this.freshnesses = new FreshnessReader(database);
    this.kinds = new KindReader(database);
    this.meta = new Select(
      database,
      'SELECT cursor, records, edges, dangling, unreadable FROM meta',
    );
  }

  /**
   * Opens an index that a writer has open already.
   *
   * @param now a clock in ms that never runs back
   * @throws AppError STORE_FAILED
   */
  static open(path: string, now: () => number = () => performance.now()): GraphReader {
    return guard(() => new GraphReader(openForReading(path, { mapped: true }), now));
  }

  status(): GraphStatus {
    return this.still(() => {
      const [cursor, records, edges, dangling, unreadable] = this.meta.get() as [
        ...[number, number, number, number, number],
      ];
      return { cursor, records, edges, dangling, unreadable };
    });
  }

  /** By CID of record, statement or entry; null for each that names no record. */
  recordsByCid(cids: string[]): (RecordNode | null)[] {
    return this.still(() => this.records.recordsByCid(cids));
  }

  recordsBySeq(seqs: number[]): (RecordNode | null)[] {
    return this.still(() => this.records.recordsBySeq(seqs));
  }

  /** The newest version of each; null for each that is no record. */
  recordsByRid(rids: string[]): (RecordNode | null)[] {
    return this.still(() => this.records.recordsByRid(rids));
  }

  /** Which sources of a dataset are not what they were, directly or through other datasets. */
  freshness(seq: number, sourcesMax?: number): Freshness {
    return this.still(() => this.freshnesses.freshness(seq, this.head(), sourcesMax));
  }

  /** Where a walk downstream begins. @param uris of things */
  impactStart(seqs: number[], uris: string[], position: number, withFormer: boolean): ImpactStart {
    return this.still(() => this.impacts.start(seqs, uris, position, withFormer));
  }

  /** What lies one step downstream of these nodes. */
  impactStep(nodes: number[], filter: ImpactFilter, after?: ImpactMark): ImpactStep {
    return this.still(() => this.impacts.step(nodes, filter, after));
  }

  /** Nodes of such a walk; null for each that is not there. */
  impactNodes(nodes: number[], position: number, access?: LineageAccess): (ImpactNode | null)[] {
    return this.still(() => this.impacts.describe(nodes, position, access));
  }

  /** The version asked for, else the newest. */
  recordByRid(rid: string, ver?: number): RecordNode | null {
    return this.still(() => this.records.recordByRid(rid, ver));
  }

  /** Oldest first; empty when there is no such record. */
  versions(rid: string): RecordNode[] {
    return this.still(() => this.records.versions(rid));
  }

  identifiersOf(cid: string): Identifier[] {
    return this.still(() => this.records.identifiersOf(cid));
  }

  /** @throws AppError BAD_USER_INPUT, BAD_CURSOR */
  listRecords(
    filter: RecordFilter,
    orderBy: RecordOrder,
    first: number,
    after?: RecordPosition,
  ): RecordPage {
    return this.still(() => this.list.listRecords(filter, orderBy, first, after));
  }

  countRecords(filter: RecordFilter): number {
    return this.still(() => this.list.countRecords(filter));
  }

  /** @throws AppError NOT_FOUND */
  edgesOf(cid: string, direction: Direction, request?: EdgeRequest): EdgeAnswer {
    return this.still(() => this.edges.edgesOf(cid, direction, request));
  }

  /** @throws AppError NOT_FOUND, BAD_USER_INPUT */
  lineage(request: LineageRequest): LineageAnswer {
    return unpackLineage(this.packedLineage(request));
  }

  /** The same, to be unpacked on another thread. Undefined when the request is to take turns and its turn is over. */
  packedLineage(request: LineageRequest): PackedLineage {
    return this.still(() => this.lineages.lineage(request, this.head()))!;
  }

  /** The same, with nodes and edges written out. Undefined when the request is to take turns and its turn is over. */
  lineageText(request: LineageRequest, template: LineageTemplate): WithText<LineageText> {
    return this.still(() => this.lineages.lineageText(request, template, this.head()))!;
  }

  /** Class and type of every sort of record there is. */
  listKinds(): Kind[] {
    return this.still(() => this.kinds.all());
  }

  /** @throws AppError NOT_FOUND, BAD_USER_INPUT */
  paths(request: PathRequest): PathAnswer {
    return this.still(() => this.routes.paths(request, this.head()));
  }

  /** @throws AppError BAD_USER_INPUT, BAD_CURSOR, QUERY_TOO_COMPLEX */
  listEvents(
    filter: EventFilter,
    orderBy: EventOrder,
    first: number,
    after?: EventPosition,
    options?: CompileOptions,
  ): EventListing & Pick<GraphStatus, 'cursor'> {
    return this.still(() => ({
      ...this.eventList.list(filter, orderBy, first, after, options),
      cursor: this.head() + 1,
    }));
  }

  /** What events have named as this, each thing once. */
  listMentioned(role: VocabularyRole, first: number, after?: number): VocabularyPage {
    return this.still(() => this.vocabulary.list(role, first, after));
  }

  /** @throws AppError QUERY_TOO_COMPLEX */
  countEvents(filter: EventFilter, options?: CompileOptions): EventCount {
    return this.still(() => this.eventList.count(filter, options));
  }

  /**
   * What is known of an item; null when nothing is, at that moment.
   *
   * @param entriesMax how many events of its history are looked at
   * @throws AppError QUERY_TOO_COMPLEX
   */
  item(epc: string, moment: Moment, entriesMax?: number): ItemTrace | null {
    return this.still(() => this.tracer.trace(epc, moment, entriesMax) ?? null);
  }

  /** What is in the item. @throws AppError BAD_USER_INPUT (first), QUERY_TOO_COMPLEX */
  itemChildren(epc: string, moment: Moment, first: number, after?: ParentCursor): ItemChildPage {
    return this.still(() => this.tracer.children(epc, moment, first, after));
  }

  /** @throws AppError QUERY_TOO_COMPLEX */
  recall(request: RecallRequest): RecallReport {
    return this.still(() => this.recalls.report(request, this.head() + 1));
  }

  /** The units of a recall, of one bucket or all. @throws AppError QUERY_TOO_COMPLEX */
  recallUnits(request: RecallRequest, page: RecallPageRequest): RecallUnitPage {
    return this.still(() => this.recalls.units(request, page, this.head() + 1));
  }

  /** What the dispensed units of a recall have reached. @throws AppError QUERY_TOO_COMPLEX */
  recallReach(request: RecallRequest): RecallReach {
    return this.still(() => this.reaches.reach(request, this.head() + 1));
  }

  /** The records of that, in ledger order. @throws AppError QUERY_TOO_COMPLEX */
  recallReached(request: RecallRequest, page: { first: number; after?: number }): ReachedPage {
    return this.still(() => this.reaches.records(request, page, this.head() + 1));
  }

  /** What is known of one instance of a product. @throws AppError QUERY_TOO_COMPLEX (with knownAt) */
  productEvidence(epc: string, moment: Moment): ProductEvidence {
    return this.still(() => this.products.evidence(epc, moment, this.head() + 1));
  }

  /** Newest first, those raised by `now`. @throws AppError BAD_USER_INPUT */
  listAlerts(filter: AlertFilter, now: number, first: number, after?: AlertPosition): AlertPage {
    return this.still(() => this.alerts.list(filter, now, first, after));
  }

  countAlerts(filter: AlertFilter, now: number): number {
    return this.still(() => this.alerts.count(filter, now));
  }

  /** @throws AppError BAD_USER_INPUT */
  alertsSince(filter: AlertFilter, mark: AlertMark, now: number, first: number): NewAlerts {
    return this.still(() => this.alerts.since(filter, mark, now, first));
  }

  /** The mark of somebody who knows all alerts there are. */
  alertMark(now: number): AlertMark {
    return this.still(() => this.alerts.mark(now));
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }

  private head(): number {
    return this.meta.get()![0]! - 1;
  }

  /** Reads inside one transaction, so that the writer's commits do not show half-way. */
  private still<T>(read: () => T): T {
    return guard(() => {
      this.database.exec('BEGIN');
      try {
        return read();
      } finally {
        if (this.database.isTransaction) this.database.exec('COMMIT');
      }
    });
  }
}

/** The methods that may be asked for from another thread. */
export const READ_METHODS = [
  'status',
  'recordsByCid',
  'recordsBySeq',
  'recordByRid',
  'recordsByRid',
  'freshness',
  'impactStart',
  'impactStep',
  'impactNodes',
  'versions',
  'identifiersOf',
  'listRecords',
  'countRecords',
  'edgesOf',
  'packedLineage',
  'lineageText',
  'listKinds',
  'paths',
  'listEvents',
  'countEvents',
  'listMentioned',
  'recall',
  'recallUnits',
  'recallReach',
  'recallReached',
  'productEvidence',
  'item',
  'itemChildren',
  'listAlerts',
  'countAlerts',
  'alertsSince',
  'alertMark',
] as const satisfies (keyof GraphReader)[];

export type ReadMethod = (typeof READ_METHODS)[number];
