import { readPath } from '../edge/edge.js';
import { RECORD_STATES } from '../row.js';
import type { PageEdges } from './lineage-page.js';
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

/** A record of a page: the columns always read, then those a template asks for. */
export interface TextRow {
  seq: number;
  kind: number;
  author: number;
  state: number;
  cid: string;
  rid: string;
  ver: number;
  at: number;
  until: number | null;
  occurred: number | null;
}

/** Columns of `record r` and `spelling s` that a field needs beside those that are always read. */
export const FIELD_COLUMNS: Partial<Record<NodeField, string>> = {
  rid: 's.rid',
  version: 'r.ver',
  capturedAt: 'r.at',
  isLatest: 'r.until',
  occurredAt: 'r.occurred',
};

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

/** One text put together of all objects keeps the garbage collector busy with its hundred thousands of pieces. */
const JOINED_AT_ONCE = 128;

/** A JSON list of objects. */
function writeAll<T>(items: readonly T[], members: [key: string, write: Writer<T>][]): string {
  const heads = members.map(([key], i) => `${i === 0 ? '{' : ','}${JSON.stringify(key)}:`);
  const writers = members.map(([, write]) => write);
  const parts: string[] = [];
  let objects: string[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index]!;
    let text = '';
    for (let i = 0; i < writers.length; i++) text += heads[i]! + writers[i]!(item, index);
    objects.push(text + (writers.length === 0 ? '{}' : '}'));
    if (objects.length === JOINED_AT_ONCE) {
      parts.push(objects.join(','));
      objects = [];
    }
  }
  if (objects.length > 0) parts.push(objects.join(','));
  return `[${parts.join(',')}]`;
}

/** @param names quoted, each node's, in order */
export function writeNodes(
  members: TemplateMember<NodeField>[],
  nodes: readonly (TextRow | NamedThing)[],
  depths: readonly number[],
  names: readonly string[],
  words: TextWords,
): string {
  return writeAll(
    nodes,
    members.map((member) => {
      if ('text' in member) return [member.key, () => member.text];
      const write = nodeWriter(member.field, member.words ?? {}, depths, names, words);
      return [member.key, write];
    }),
  );
}

function nodeWriter(
  field: NodeField,
  spelling: Record<string, string>,
  depths: readonly number[],
  names: readonly string[],
  { kindOf, textOf, undated, position, idPrefix, organisation }: TextWords,
): Writer<TextRow | NamedThing> {
  const spell = remember((value: string) => JSON.stringify(spelling[value] ?? value));
  const classOf = remember((kind: number) => spell(kindOf(kind)?.class ?? 'dataset'));
  const typeOf = remember((kind: number) => JSON.stringify(kindOf(kind)?.type ?? null));
  const authorOf = remember((term: number) => JSON.stringify(textOf(term)));
  const organisationText = JSON.stringify(organisation);
  const ofRecord = (
    write: (row: TextRow, index: number) => string,
  ): Writer<TextRow | NamedThing> => {
    return (node, index) => ('seq' in node ? write(node, index) : 'null');
  };
  switch (field) {
    case 'key':
      return (_, index) => names[index]!;
    case 'id':
      return (node, index) =>
        'seq' in node
          ? `"${Buffer.from(idPrefix + node.cid).toString('base64url')}"`
          : names[index]!;
    case 'kind':
      return (node) => ('seq' in node ? '"RECORD"' : `"${node.kind}"`);
    case 'uri':
      return (node, index) => ('seq' in node || !node.isNamed ? 'null' : names[index]!);
    case 'depth':
      return (_, index) => String(depths[index]);
    case 'cid':
      return ofRecord((_, index) => names[index]!);
    case 'rid':
      return ofRecord(({ rid }) => JSON.stringify(rid));
    case 'version':
      return ofRecord(({ ver }) => String(ver));
    case 'seq':
      return ofRecord(({ seq }) => String(seq));
    case 'capturedAt':
      return ofRecord(({ at }) => formatTime(at));
    case 'class':
      return ofRecord(({ kind }) => classOf(kind));
    case 'type':
      return ofRecord(({ kind }) => typeOf(kind));
    case 'author':
      return ofRecord(({ author }) => authorOf(author));
    case 'organisation':
      return ofRecord(() => organisationText);
    case 'occurredAt':
      return ofRecord(({ kind, occurred }) => formatTime(undated.has(kind) ? null : occurred));
    case 'isLatest':
      return ofRecord(({ until }) => String(until === null || until > position));
    case 'indexState':
      return ofRecord(({ state }) => spell(RECORD_STATES[state] ?? 'UNAVAILABLE'));
  }
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
