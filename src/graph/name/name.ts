/**
 * Everything a record can be found by is a name: what kind of name, and its text. The index keeps a 47-bit key of
 * each name instead of its text, because small integers keep a tree of millions of random keys in memory. Two
 * names may share a key, so whoever looks one up compares the text with the record's own.
 */
export type NameKind = 'cid' | 'rid' | 'alias' | 'identifier';

const SEEDS: Record<NameKind, number> = {
  cid: 0x63,
  rid: 0x72,
  alias: 0x61,
  identifier: 0x69,
};

/**
 * Key of a name. An identifier's is that of its value alone, as a look-up need not know the system; the alias
 * `identifier:<system>|<value>` shares it, so that both need one row.
 */
export function keyOf(kind: NameKind, text: string): number {
  const bar = kind === 'alias' && text.startsWith('identifier:') ? text.indexOf('|') : -1;
  return bar < 0 ? hash47(SEEDS[kind], text, 0) : hash47(SEEDS.identifier, text, bar + 1);
}

const { imul } = Math;

/** cyrb53 (bryc, public domain) cut to 47 bits, which SQLite stores in 6 bytes. Not a secure hash. */
function hash47(seed: number, text: string, from: number): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    high = imul(high ^ unit, 2654435761);
    low = imul(low ^ unit, 1597334677);
  }
  high = imul(high ^ (high >>> 16), 2246822507) ^ imul(low ^ (low >>> 13), 3266489909);
  low = imul(low ^ (low >>> 16), 2246822507) ^ imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (low & 0x7fff) + (high >>> 0);
}
