import { readPath } from '../edge/edge.js';
import { RECORD_STATES } from '../row.js';
import type { PageEdges } from './lineage-page.js';
import type { ColumnRow, RowColumn } from './lineage-row.js';
import type { NamedThing } from '../edge/thing-name.js';
import { decodeRelation } from '../edge/relation.js';

/** What a node of an answer can be asked to say. */
export type NodeField =
  | 'id'
  | 'key'
  | 'kind'
  | 'uri'
  | 'cid'
  | 'rid'
  | 'version'
  | 'depth'
  | 'seq'
  | 'capturedAt'
  | 'class'
  | 'type'
  | 'author'
  | 'organisation'
  | 'occurredAt'
  | 'isLatest'
  | 'indexState';

/** What an edge can be asked to say. */
export type EdgeField =
  'from' | 'to' | 'relation' | 'path' | 'evidence' | 'since' | 'until' | 'rule';

/** One member of each object that is written. */
export type TemplateMember<Field> =
  /** `words`: what is written for a value of a closed list. */
  | { key: string; field: Field; words?: Record<string, string> }
  /** The same in each. */
  | { key: string; text: string };

/**
 * How to write an answer's nodes and edges as JSON. Written where they were found, they cross threads as one text, and nobody
 * makes tens of thousands of objects of them on the way.
 */
export interface LineageTemplate {
  nodes?: TemplateMember<NodeField>[];
  edges?: TemplateMember<EdgeField>[];
  /** The global id of a record is base64url of this and its CID. */
  idPrefix: string;
  /** For whom the authors speak. */
  organisation: string;
}

/** What a field needs of a record beside its CID. */
const FIELD_COLUMNS: Partial<Record<NodeField, RowColumn[]>> = {
  rid: ['rid'],
  version: ['ver'],
  seq: ['seq'],
  capturedAt: ['at'],
  class: ['kind'],
  type: ['kind'],
  author: ['author'],
  occurredAt: ['kind', 'occurred'],
  isLatest: ['until'],
  indexState: ['state'],
};

/** Each once, in an order that does not depend on the caller's: each order would be a statement of its own. */
export function columnsOf({ nodes = [] }: LineageTemplate): RowColumn[] {
  const columns = nodes.flatMap((member) =>
    'field' in member ? (FIELD_COLUMNS[member.field] ?? []) : [],
  );
  return [...new Set(columns)].sort();
}

/** Records as they were read, and what was read of each. */
export interface ReadColumns {
  rows: readonly (ColumnRow | NamedThing)[];
  columns: readonly RowColumn[];
}

export interface TextWords {
  /** Class and type. */
  kindOf(id: number): { class: string; type?: string | undefined } | undefined;
  textOf(id: number): string;
  /** Kinds whose times of content are not told. */
  undated: ReadonlySet<number>;
  position: number;
  idPrefix: string;
  organisation: string;
}

type Writer<T> = (item: T, index: number) => string;

/** Values whose pieces wait to be put together: each takes some 64 bytes until then. */
const VALUES_AT_ONCE = 16_384;

/** A JSON list of objects. Adding piece to piece and putting them together once is twice as fast as joining each object. */
function writeAll<T>(items: readonly T[], members: [key: string, write: Writer<T>][]): string {
  const keys = members.map(([key], i) => `${i === 0 ? '' : ','}${JSON.stringify(key)}:`);
  const writers = members.map(([, write]) => write);
  const [first = '', ...others] = keys;
  const parts: string[] = [];
  let lead = `[{${first}`;
  let text = '';
  let waiting = 0;
  for (let index = 0; index < items.length; index++) {
    const item = items[index]!;
    text += lead;
    lead = `},{${first}`;
    for (let i = 0; i < writers.length; i++) {
      if (i > 0) text += others[i - 1]!;
      text += writers[i]!(item, index);
    }
    waiting += writers.length;
    if (waiting >= VALUES_AT_ONCE) {
      // a join of two is put together at once
      parts.push([text, ''].join(''));
      text = '';
      waiting = 0;
    }
  }
  if (items.length === 0) return '[]';
  return parts.length === 0 ? text + '}]' : [...parts, text, '}]'].join('');
}

/** @param names quoted, each node's, in order */
export function writeNodes(
  members: TemplateMember<NodeField>[],
  { rows, columns }: ReadColumns,
  depths: readonly number[],
  names: readonly string[],
  words: TextWords,
): string {
  return writeAll(
    rows,
    members.map((member) => {
      if ('text' in member) return [member.key, () => member.text];
      const write = nodeWriter(member.field, member.words ?? {}, columns, depths, names, words);
      return [member.key, write];
    }),
  );
}

function nodeWriter(
  field: NodeField,
  spelling: Record<string, string>,
  columns: readonly RowColumn[],
  depths: readonly number[],
  names: readonly string[],
  { kindOf, textOf, undated, position, idPrefix, organisation }: TextWords,
): Writer<ColumnRow | NamedThing> {
  const spell = remember((value: string) => JSON.stringify(spelling[value] ?? value));
  const classOf = remember((kind: number) => spell(kindOf(kind)?.class ?? 'dataset'));
  const typeOf = remember((kind: number) => JSON.stringify(kindOf(kind)?.type ?? null));
  const authorOf = remember((term: number) => JSON.stringify(textOf(term)));
  const organisationText = JSON.stringify(organisation);
  const of = <Value>(
    column: RowColumn,
    write: (value: Value, row: ColumnRow) => string,
  ): Writer<ColumnRow | NamedThing> => {
    const at = columns.indexOf(column);
    return (node) => (isThing(node) ? 'null' : write(node[at] as Value, node));
  };
  switch (field) {
    case 'key':
      return (_, index) => names[index]!;
    case 'id': {
      const cid = columns.indexOf('cid');
      return (node, index) => (isThing(node) ? names[index]! : idOf(idPrefix, node[cid] as string));
    }
    case 'kind':
      return (node) => (isThing(node) ? `"${node.kind}"` : '"RECORD"');
    case 'uri':
      return (node, index) => (isThing(node) && node.isNamed ? names[index]! : 'null');
    case 'depth':
      return (_, index) => String(depths[index]);
    case 'cid':
      return (node, index) => (isThing(node) ? 'null' : names[index]!);
    case 'rid':
      return of<string>('rid', (rid) => JSON.stringify(rid));
    case 'version':
      return of<number>('ver', String);
    case 'seq':
      return of<number>('seq', String);
    case 'capturedAt':
      return of<number>('at', formatTime);
    case 'class':
      return of<number>('kind', classOf);
    case 'type':
      return of<number>('kind', typeOf);
    case 'author':
      return of<number>('author', authorOf);
    case 'organisation':
      return (node) => (isThing(node) ? 'null' : organisationText);
    case 'occurredAt': {
      const kind = columns.indexOf('kind');
      return of<number | null>('occurred', (occurred, row) =>
        formatTime(undated.has(row[kind] as number) ? null : occurred),
      );
    }
    case 'isLatest':
      return of<number | null>('until', (until) => String(until === null || until > position));
    case 'indexState':
      return of<number>('state', (state) => spell(RECORD_STATES[state] ?? 'UNAVAILABLE'));
  }
}

function isThing(node: ColumnRow | NamedThing): node is NamedThing {
  return !Array.isArray(node);
}

function idOf(prefix: string, cid: string): string {
  return `"${Buffer.from(prefix + cid).toString('base64url')}"`;
}

/** @param names quoted, of everything the edges name */
export function writeEdges(
  members: TemplateMember<EdgeField>[],
  { edges: codes, told }: PageEdges,
  names: readonly string[],
  { textOf }: Pick<TextWords, 'textOf'>,
): string {
  const places = Array.from({ length: codes.length / 4 }, (_, edge) => edge * 4);
  const more = new Map(told.map((each) => [each[0] * 4, each]));
  const said = remember((term: number) => readPath(term === 0 ? '' : textOf(Math.abs(term))));
  const relationOf = remember((rel: number) => JSON.stringify(decodeRelation(rel)));
  const pathOf = remember((term: number) => JSON.stringify(said(term).path));
  const ruleOf = remember((term: number) => JSON.stringify(said(term).rule));
  const writers: Record<EdgeField, Writer<number>> = {
    from: (at) => names[codes[at]!]!,
    to: (at) => names[codes[at + 1]!]!,
    relation: (at) => relationOf(codes[at + 2]!),
    path: (at) => pathOf(codes[at + 3]!),
    rule: (at) => ruleOf(codes[at + 3]!),
    evidence: (at) => {
      const saying = more.get(at);
      if (!saying) return names[codes[at + 3]! < 0 ? codes[at + 1]! : codes[at]!]!;
      return saying[1] === null ? 'null' : names[saying[1]]!;
    },
    since: (at) => formatTime(more.get(at)?.[2] ?? null),
    until: (at) => formatTime(more.get(at)?.[3] ?? null),
  };
  return writeAll(
    places,
    members.map((member) => [
      member.key,
      'text' in member ? () => member.text : writers[member.field],
    ]),
  );
}

function formatTime(time: number | null): string {
  return time === null ? 'null' : `"${new Date(time).toISOString()}"`;
}

/** A few values come again and again. */
function remember<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = work(key);
    known.set(key, made);
    return made;
  };
}
