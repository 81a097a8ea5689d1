import { toBase64url, utf8 } from '../../crypto/bytes.js';
import { hmacSha256 } from '../../crypto/digest.js';
import type { Reader } from '../reader.js';
import type { Dimension, DimensionName } from './figure.js';
import type { Ask } from './resolve.js';

export interface KeyView {
  dimension: DimensionName;
  /** Null where the record says nothing of it, or may not be told. */
  id: string | null;
  name: string | null;
}

type Key = string | number | null;
type Split = { name: DimensionName; dimension: Dimension };

/**
 * What the keys of groups are called. Whoever may not read gets a pseudonym for whatever is known by an identifier: the
 * same for the same thing, as long as the node keeps its keys.
 *
 * @param rows keys of the groups, in the order of the dimensions
 */
export async function labelKeys(
  reader: Reader,
  ask: Ask,
  splits: readonly Split[],
  rows: readonly (readonly Key[])[],
  isExact: boolean,
): Promise<KeyView[][]> {
  const labels = await Promise.all(
    splits.map(async (split, i) => {
      const keys = [...new Set(rows.map((row) => row[i] ?? null))].filter((key) => key !== null);
      return labelsOf(reader, ask, split, keys, isExact);
    }),
  );
  return rows.map((row) =>
    splits.map(({ name }, i) => ({
      dimension: name,
      ...(labels[i]!.get(row[i] ?? null) ?? { id: null, name: null }),
    })),
  );
}

type Labels = Map<Key, { id: string | null; name: string | null }>;

async function labelsOf(
  reader: Reader,
  ask: Ask,
  { name, dimension: { kind, names = [] } }: Split,
  keys: readonly (string | number)[],
  isExact: boolean,
): Promise<Labels> {
  const plain = (idOf: (key: string | number) => string | undefined): Labels =>
    new Map(keys.map((key) => [key, { id: idOf(key) ?? null, name: null }]));
  switch (kind) {
    case 'TEXT':
      return plain(String);
    case 'TIME':
      return plain((key) => new Date(Number(key)).toISOString());
    case 'CODE':
      return plain((key) => names[Number(key)]);
    case 'TERM': {
      const texts = await textsOf(ask, keys as number[]);
      return plain((key) => texts.get(Number(key)));
    }
    case 'THING': {
      const ids = await textsOf(ask, keys as number[]);
      const known = isExact ? await thingNames(ask, keys as number[]) : new Map<number, string>();
      return veil(reader, name, keys, ids, known, isExact);
    }
    case 'PARTY': {
      const ids = await partyIds(reader, ask, keys as number[]);
      const known = isExact ? await partyNames(ask, keys as number[]) : new Map<number, string>();
      return veil(reader, name, keys, ids, known, isExact);
    }
  }
}

function veil(
  { rooms }: Reader,
  dimension: DimensionName,
  keys: readonly (string | number)[],
  ids: ReadonlyMap<number, string>,
  names: ReadonlyMap<number, string>,
  isExact: boolean,
): Labels {
  return new Map(
    keys.map((key) => {
      const id = ids.get(Number(key)) ?? null;
      if (isExact || id === null) return [key, { id, name: names.get(Number(key)) ?? null }];
      const tag = hmacSha256(rooms.cursorKey, utf8(`provtrail/pseudonym/v1\0${dimension}\0${id}`));
      const text = `urn:provtrail:pseudonym:${toBase64url(tag.subarray(0, 16))}`;
      return [key, { id: text, name: null }];
    }),
  );
}

async function textsOf(ask: Ask, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  return new Map(
    await ask<[number, string]>('SELECT id, text FROM term WHERE id = ANY($1)', [ids]),
  );
}

async function thingNames(ask: Ask, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ask<[number, string]>(
    `SELECT id, name FROM place WHERE name IS NOT NULL AND id = ANY($1)
     UNION ALL SELECT id, name FROM product WHERE name IS NOT NULL AND id = ANY($1)`,
    [ids],
  );
  return new Map(rows);
}

/** A party is the record that describes it, by its rid; else what it was called. */
async function partyIds(
  reader: Reader,
  ask: Ask,
  keys: readonly number[],
): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  const called = keys.filter((key) => key < 0);
  for (const [id, text] of await textsOf(
    ask,
    called.map((key) => -key),
  ))
    ids.set(-id, text);
  const seqs = keys.filter((key) => key >= 0);
  const nodes = await Promise.all(seqs.map((seq) => reader.load.recordAt.load(seq)));
  nodes.forEach((node, i) => node && ids.set(seqs[i]!, node.rid));
  return ids;
}

async function partyNames(ask: Ask, keys: readonly number[]): Promise<Map<number, string>> {
  if (keys.length === 0) return new Map();
  const rows = await ask<[number, string]>(
    'SELECT p.party, t.text FROM party p JOIN term t ON t.id = p.name WHERE p.party = ANY($1)',
    [keys],
  );
  return new Map(rows);
}
