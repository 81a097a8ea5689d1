import { AppError } from '../error.js';
import type { RecordNode } from '../graph/record/record-node.js';
import { toBase64 } from '../ledger/base64.js';
import { readPart, readParts, readSourceList, PART_SOURCES } from '../ledger/source-list.js';
import { proveSource } from '../ledger/source-proof.js';
import { decodeStatement, type StatementSources } from '../ledger/statement.js';
import { DATASET_MEDIA_TYPE, DATASET_SYSTEM } from '../record/dataset/dataset.js';
import { readJson } from '../record/json-text.js';
import { isObject, stringAt, type JsonObject } from '../record/json-object.js';
import { caughtUp } from './caught-up.js';
import type { ContentState } from './content.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import { checkFirst, type Page } from './page.js';
import type { Reader } from './reader.js';
import { getRecord, mayList, showRecord, type RecordView } from './record.js';
import { listRecords } from './record-list.js';

/** A derivative and what its author published of its sources. */
export interface DatasetView {
  record: RecordView;
  sourceCount: number;
  /** Its sources' list; null when they stand in the statement's links. */
  list: StatementSources | null;
  /** Statement CIDs of those links. */
  linked: string[];
}

/** What its description says. All but the state is null unless this viewer may read it. */
export interface DatasetDescription {
  state: ContentState;
  id: string | null;
  name: string | null;
  description: string | null;
  method: string | null;
  code: { repository: string; revision: string; path: string | null } | null;
  /** JSON text, numbers as they were spelt. */
  parameters: string | null;
  result: DatasetResult | null;
  createdAt: string | null;
}

export interface DatasetResult {
  mediaType: string | null;
  cid: string | null;
  sha256: string | null;
  url: string | null;
  rows: number | null;
  /** JSON text. */
  value: string | null;
}

export interface DatasetSourceView {
  /** Its place among the sources, from 0. */
  index: number;
  statementCid: string;
  /** Null when it is not here, or this viewer may not know of it. */
  record: RecordView | null;
}

export interface SourceProofView {
  index: number;
  count: number;
  statementCid: string;
  /** base64, like `hashes`. */
  root: string;
  hashes: string[];
}

export interface DatasetAddress {
  cid?: string;
  rid?: string;
  /** What its description calls it: the newest version of that name. */
  id?: string;
}

/**
 * A dataset; null when there is none this viewer may know of. By its own id only whoever may read datasets finds it.
 *
 * @throws AppError UNAUTHENTICATED, BAD_USER_INPUT
 */
export async function getDataset(
  reader: Reader,
  { cid, rid, id }: DatasetAddress,
): Promise<DatasetView | null> {
  if ([cid, rid, id].filter((name) => name !== undefined).length !== 1) {
    throw new AppError('BAD_USER_INPUT', 'a dataset is asked for by its cid, its rid or its id');
  }
  const record = id === undefined ? await getRecord(reader, { cid, rid }) : await byId(reader, id);
  if (record?.class !== 'dataset' || record.mediaType === null) return null;
  return record.mediaType === DATASET_MEDIA_TYPE ? showDataset(reader, record) : null;
}

/** The dataset a record is the description of. */
export async function showDataset(reader: Reader, record: RecordView): Promise<DatasetView> {
  const { entry } = await reader.load.entry.load(record.seq);
  const statement = decodeStatement(entry.statement);
  const { links = [], sources } = 'links' in statement ? statement : {};
  const linked = links.filter(({ rel }) => rel === 'wasDerivedFrom').map((link) => link.statement);
  return {
    record,
    sourceCount: sources?.count ?? linked.length,
    list: sources ?? null,
    linked,
  };
}

async function byId(reader: Reader, id: string): Promise<RecordView | null> {
  const identifier = { system: DATASET_SYSTEM, value: id };
  await caughtUp(reader);
  const question = { class: 'dataset' as const, type: 'Dataset', identifier, latestOnly: true };
  const { nodes } = await listRecords(reader, { question, orderBy: 'SEQ_DESC', first: 1 });
  return nodes[0] ?? null;
}

export async function describeDataset(
  reader: Reader,
  { record }: DatasetView,
): Promise<DatasetDescription> {
  const { state, text } = await reader.load.content.load(record.node);
  const nothing = { id: null, name: null, description: null, method: null };
  const none = { ...nothing, code: null, parameters: null, result: null, createdAt: null };
  if (text === undefined) return { state, ...none };
  const json = readJson(text);
  const dataset = json.value as JsonObject;
  const textAt = (name: string) => stringAt(dataset, name) ?? null;
  const { code, result } = dataset;
  return {
    state,
    id: textAt('id'),
    name: textAt('name'),
    description: textAt('description'),
    method: textAt('method'),
    code: isObject(code) ? formatCode(code) : null,
    parameters: json.compact('/parameters') ?? null,
    result: isObject(result) ? formatResult(result, json.compact('/result/value')) : null,
    createdAt: textAt('createdAt'),
  };
}

function formatCode(code: JsonObject): DatasetDescription['code'] {
  return {
    repository: stringAt(code, 'repository') ?? '',
    revision: stringAt(code, 'revision') ?? '',
    path: stringAt(code, 'path') ?? null,
  };
}

function formatResult(result: JsonObject, value: string | undefined): DatasetResult {
  const textAt = (name: string) => stringAt(result, name) ?? null;
  const { rows } = result;
  return {
    mediaType: textAt('mediaType'),
    cid: textAt('cid'),
    sha256: textAt('sha256'),
    url: textAt('url'),
    rows: typeof rows === 'number' ? rows : null,
    value: value ?? null,
  };
}

/**
 * A page of its sources, in their order: no more of the list is read than the page stands in.
 *
 * @throws AppError BAD_USER_INPUT, BAD_CURSOR, UNAVAILABLE (the list cannot be read)
 */
export async function listSources(
  reader: Reader,
  dataset: DatasetView,
  page: { first?: number; after?: string },
): Promise<Page<DatasetSourceView>> {
  const first = checkFirst(page.first, reader.rooms.limits.firstMax);
  const scope = scopeOf(reader, dataset);
  const from = page.after === undefined ? 0 : Number(parseCursor(scope, page.after)[0]) + 1;
  const to = Math.min(from + first, dataset.sourceCount);
  const statements = await readSources(reader, dataset, from, to);
  const records = await Promise.all(statements.map((cid) => reader.load.record.load(cid)));
  const nodes = statements.map((statementCid, i) => ({
    index: from + i,
    statementCid,
    record: shown(reader, records[i] ?? null),
  }));
  return {
    nodes,
    hasNext: to < dataset.sourceCount,
    hasPrevious: page.after !== undefined,
    cursorOf: ({ index }) => formatCursor(scope, [index]),
  };
}

/**
 * Proves that a record version is a source of the dataset; null when it is none, or none this viewer may know of.
 *
 * @param cid of the record, its statement or its entry
 */
export async function proveDatasetSource(
  reader: Reader,
  dataset: DatasetView,
  cid: string,
): Promise<SourceProofView | null> {
  const node = await reader.load.record.load(cid);
  if (!node || !mayList(reader, node)) return null;
  const all = await allSources(reader, dataset);
  const index = all.indexOf(node.statementCid);
  if (index < 0) return null;
  const { count, root, hashes } = await reader.within(proveSource(all, index));
  return {
    index,
    count,
    statementCid: node.statementCid,
    root: toBase64(root),
    hashes: hashes.map(toBase64),
  };
}

async function readSources(
  reader: Reader,
  { list, linked }: DatasetView,
  from: number,
  to: number,
): Promise<string[]> {
  if (list === null) return linked.slice(from, to);
  if (from >= to) return [];
  const read = readBlocks(reader);
  const parts = await reader.within(readParts(list, read));
  const found: string[] = [];
  const firstPart = Math.floor(from / PART_SOURCES);
  for (let index = firstPart; index * PART_SOURCES < to; index++) {
    found.push(...(await reader.within(readPart(list, parts, index, read))));
  }
  return found.slice(from - firstPart * PART_SOURCES, to - firstPart * PART_SOURCES);
}

async function allSources(reader: Reader, { list, linked }: DatasetView): Promise<string[]> {
  if (list === null) return linked;
  const all: string[] = [];
  for await (const some of readSourceList(list, readBlocks(reader))) {
    reader.remainingMs();
    all.push(...some);
  }
  return all;
}

function readBlocks({ rooms }: Reader) {
  return (cids: readonly string[]) => rooms.archive.getManyBytes(cids);
}

function shown(reader: Reader, node: RecordNode | null): RecordView | null {
  return node && showRecord(reader, node);
}

function scopeOf({ rooms, viewer }: Reader, { record }: DatasetView): CursorScope {
  const { organisation, subject } = viewer;
  return { key: rooms.cursorKey, binding: ['sources', organisation, subject, record.cid] };
}
