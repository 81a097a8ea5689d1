import { PROV_KINDS, roleOf, rolesOf, type ProvKind, type ProvRole } from './kind.js';
import { KNOWN_PREFIXES } from './namespace.js';
import {
  PROV,
  XSD,
  type ProvDocument,
  type ProvKey,
  type ProvName,
  type ProvPrefixes,
  type ProvRecord,
  type ProvValue,
} from './prov.js';
import { Homes, MintedPrefixes, Qualifier } from './qualify.js';

/**
 * The document in our own form of PROV-JSON, a record a line: kinds in the order of the submission, records by their
 * ids, PROV's own attributes first and the others by their names, nothing said twice, every literal but a plain string with
 * its type. What is read from it means the same, and is written the same again.
 */
export function* formatProvJson(document: ProvDocument): Generator<string> {
  const scopes = [document, ...document.bundles];
  const minted = new MintedPrefixes(
    new Set(scopes.flatMap(({ prefixes }) => [...prefixes.keys()])),
  );
  const around = [new Homes(document.prefixes), new Homes(KNOWN_PREFIXES)];
  const outer = new Qualifier(minted, around);
  const tables = formatTables(document.records, outer, '  ');
  const bundles = sortByText(
    document.bundles.map(({ id, prefixes, records }) => [
      quote(outer.qualify(id)),
      prefixes,
      formatTables(records, new Qualifier(minted, [new Homes(prefixes), ...around]), '      '),
    ]),
  );
  // the prefixes stand first, and all of them are known only now
  const prefixes = new Map([...KNOWN_PREFIXES, ...document.prefixes, ...minted.all()]);
  yield `{\n  ${formatPrefixes(prefixes)}`;
  for (const table of tables) yield* table;
  if (bundles.length > 0) yield ',\n  "bundle": {';
  for (const [i, [id, own, within]] of bundles.entries()) {
    yield `${i === 0 ? '' : ','}\n    ${id}: {\n      ${formatPrefixes(own)}`;
    for (const table of within) yield* table;
    yield '\n    }';
  }
  if (bundles.length > 0) yield '\n  }';
  yield '\n}\n';
}

function formatPrefixes(prefixes: ProvPrefixes): string {
  const members = sortByText([...prefixes]).map(
    ([prefix, uri]) => `${quote(prefix)}: ${quote(uri)}`,
  );
  return `"prefix": {${members.join(', ')}}`;
}

/** A table for each kind there is, in pieces. */
function formatTables(records: ProvRecord[], names: Qualifier, indent: string): string[][] {
  const byKind = new Map<ProvKind, Map<ProvName, Set<string>>>();
  for (const { kind, id, attributes } of records) {
    const table = byKind.get(kind) ?? new Map<ProvName, Set<string>>();
    byKind.set(kind, table);
    const texts = table.get(id) ?? new Set();
    table.set(id, texts);
    texts.add(formatRecord(kind, attributes, names));
  }
  return PROV_KINDS.flatMap((kind) => {
    const table = byKind.get(kind);
    if (!table) return [];
    const lines = sortByText([...table].map(([id, texts]) => [quote(names.qualify(id)), texts]));
    return [
      [
        `,\n${indent}"${kind}": {`,
        ...lines.map(([id, texts], i) => {
          const comma = i === 0 ? '' : ',';
          return `${comma}\n${indent}  ${id}: ${oneOrList([...texts].sort())}`;
        }),
        `\n${indent}}`,
      ],
    ];
  });
}

function formatRecord(
  kind: ProvKind,
  attributes: ProvRecord['attributes'],
  names: Qualifier,
): string {
  const byName = new Map<ProvName, Set<string>>();
  for (const { name, value } of attributes) {
    const texts = byName.get(name) ?? new Set();
    byName.set(name, texts);
    texts.add(formatValue(value, names, ownRole(kind, name)));
  }
  const own = Object.keys(rolesOf(kind)).map((local) => PROV + local);
  const others = [...byName.keys()].filter((name) => ownRole(kind, name) === undefined);
  const toRow = (name: ProvName) => [quote(names.qualify(name)), name] as const;
  const members = [
    ...own.filter((name) => byName.has(name)).map(toRow),
    ...sortByText(others.map(toRow)),
  ].map(([text, name]) => {
    const texts = [...byName.get(name)!].sort();
    return `${text}: ${formatValues(texts, ownRole(kind, name))}`;
  });
  return `{${members.join(', ')}}`;
}

function ownRole(kind: ProvKind, name: ProvName): ProvRole | undefined {
  return name.startsWith(PROV) ? roleOf(kind, name.slice(PROV.length)) : undefined;
}

/** Keys and pairs of a dictionary are lists even when there is one: a lone pair could be taken for a map. */
function formatValues(texts: string[], role?: ProvRole): string {
  return role === 'pairs' || role === 'keys' ? `[${texts.join(', ')}]` : oneOrList(texts);
}

function formatValue(value: ProvValue, names: Qualifier, role?: ProvRole): string {
  if ('key' in value) {
    const key = formatKey(value.key, names);
    return `{"key": ${key}, "$": ${quote(names.qualify(value.entity))}}`;
  }
  if ((role === 'name' || role === 'names') && 'name' in value) {
    return quote(names.qualify(value.name));
  }
  return role === 'time' && 'text' in value ? quote(value.text) : formatKey(value, names);
}

function formatKey(value: ProvKey, names: Qualifier): string {
  if ('name' in value) return formatTyped(names.qualify(value.name), value.type, names);
  if (value.lang !== undefined) return `{"$": ${quote(value.text)}, "lang": ${quote(value.lang)}}`;
  if (value.type === `${XSD}string`) return quote(value.text);
  return formatTyped(value.text, value.type, names);
}

function formatTyped(text: string, type: string, names: Qualifier): string {
  return `{"$": ${quote(text)}, "type": ${quote(names.qualify(type))}}`;
}

function oneOrList(texts: string[]): string {
  return texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function sortByText<Row extends readonly [text: string, ...rest: unknown[]]>(rows: Row[]): Row[] {
  return rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
