/** Derived for one item at a time. */
export const DERIVED_TABLES = ['inside', 'stay', 'custody', 'transfer', 'life'] as const;

/** Deeper, the index opens no interval (graph/containment/chain.ts). */
const LEVELS_MAX = 64;
/** Behind every event. */
const ENDLESS = '9007199254740991';
const LAST = '2147483647';

/** All that may be another than before: what events touched, and what is or was in it. */
export const AFFECTED = `
CREATE OR REPLACE TEMP TABLE affected AS
WITH RECURSIVE below(item) AS (
  SELECT item FROM dirty
  UNION
  SELECT c.child FROM below b JOIN containment c ON c.parent = b.item
)
SELECT item FROM below
UNION
SELECT i.item FROM inside i JOIN dirty d ON d.item = i.container`;

export const SLICE = `
CREATE OR REPLACE TEMP TABLE slice AS SELECT item FROM affected WHERE item % $1 = $2`;

const FROM = (alias: string) => `(${alias}.since, ${alias}.since_recorded, ${alias}.opened)`;
const TO = (alias: string) => `(${alias}.until, ${alias}.until_recorded, ${alias}.closed)`;
const later = (name: string) =>
  `CASE WHEN ${FROM('c')} > ${FROM('u')} THEN c.${name} ELSE u.${name} END`;
const sooner = (name: string) =>
  `CASE WHEN ${TO('c')} < ${TO('u')} THEN c.${name} ELSE u.${name} END`;

/** Up the chain: within a container's container for as long as every link of the chain holds. */
export const INSIDE = `
INSERT INTO inside
WITH RECURSIVE link AS (
  SELECT child, parent, since, since_recorded, opened, coalesce(until, ${ENDLESS}) AS until,
         coalesce(until_recorded, ${ENDLESS}) AS until_recorded, coalesce(closed, ${LAST}) AS closed
  FROM containment
), up AS (
  SELECT l.child AS item, l.parent AS container, 1 AS level, l.since, l.since_recorded, l.opened,
         l.until, l.until_recorded, l.closed
  FROM link l JOIN slice s ON s.item = l.child
  UNION ALL
  SELECT u.item, c.parent, u.level + 1,
         ${later('since')}, ${later('since_recorded')}, ${later('opened')},
         ${sooner('until')}, ${sooner('until_recorded')}, ${sooner('closed')}
  FROM up u JOIN link c ON c.child = u.container
  WHERE u.level < ${LEVELS_MAX} AND ${FROM('c')} < ${TO('u')} AND ${FROM('u')} < ${TO('c')}
)
SELECT item, container, level, since, since_recorded, opened,
       nullif(until, ${ENDLESS}), nullif(until_recorded, ${ENDLESS}), nullif(closed, ${LAST})
FROM up`;

/**
 * Each item's entries in the order of events. An event that names the item itself, or several of its containers, counts once,
 * for the nearest; the number an entry is written in: graph/fact/item-fold.ts. The list is sorted when it is whole: sorted while
 * it is gathered it would take a buffer an item.
 */
export const HISTORY = `
CREATE OR REPLACE TEMP TABLE history AS
WITH entry AS (
  SELECT e.item, e.seq, e.time, e.recorded, e.role AS rank
  FROM event_item e JOIN slice s ON s.item = e.item
  UNION ALL
  SELECT i.item, e.seq, e.time, e.recorded, i.level * 8 + e.role
  FROM inside i JOIN slice s ON s.item = i.item JOIN event_item e ON e.item = i.container
  WHERE e.reaches
    AND (e.time > i.since OR (e.time = i.since AND (e.recorded > i.since_recorded
      OR (e.recorded = i.since_recorded AND e.seq >= i.opened))))
    AND (i.until IS NULL OR e.time < i.until OR (e.time = i.until AND (e.recorded < i.until_recorded
      OR (e.recorded = i.until_recorded AND e.seq < i.closed))))
), one AS (
  SELECT item, seq, min(time) AS time, min(recorded) AS recorded, min(rank) AS rank
  FROM entry GROUP BY item, seq
)
SELECT item, [entry.c FOR entry IN list_sort(list({
         't': time, 'r': recorded,
         'c': CAST(seq AS BIGINT) * 16 + (rank % 8) * 2 + CASE WHEN rank >= 8 THEN 1 ELSE 0 END}))] AS entries
FROM one GROUP BY item`;

/** Items with the same entries share a chapter. */
export const CHAPTERS = `
CREATE OR REPLACE TEMP TABLE chapter AS
SELECT CAST(row_number() OVER () AS INTEGER) AS id, entries, items
FROM (SELECT entries, list(item) AS items FROM history GROUP BY entries)`;

/** What is the item's own: class, lot and expiry of its last commissioning. */
export const KNOWN = `
CREATE OR REPLACE TEMP TABLE known AS
SELECT m.item, m.chapter, h.parent IS NULL AS leaf, u.gtin, u.lot, u.expiry
FROM (SELECT unnest(items) AS item, id AS chapter FROM chapter) m
LEFT JOIN (SELECT DISTINCT parent FROM containment) h ON h.parent = m.item
LEFT JOIN (
  SELECT n.item, n.gtin, n.lot, n.expiry,
         row_number() OVER (PARTITION BY n.item ORDER BY n.time DESC, n.seq DESC) AS place
  FROM unit n JOIN slice s ON s.item = n.item
) u ON u.item = m.item AND u.place = 1`;

export const EVENTS = `
SELECT seq, time, recorded, captured, type, action, step, disposition, read_point, biz_location,
       from_party, to_party, from_owner, to_owner
FROM event WHERE seq IN (SELECT DISTINCT unnest(entries) // 16 FROM chapter)`;

interface Part {
  table: 'stay' | 'custody' | 'transfer' | 'life';
  create: string;
  /** Over all items of the chapter. */
  spread: string;
}

const OWN = 'k.item, k.leaf, k.gtin, k.lot';
const each = (table: string, columns: string) =>
  `INSERT INTO ${table} SELECT ${OWN}, ${columns} FROM part_${table} p JOIN known k ON k.chapter = p.chapter`;

export const PARTS: readonly Part[] = [
  {
    table: 'stay',
    create: `CREATE OR REPLACE TEMP TABLE part_stay (chapter INTEGER, place INTEGER, site INTEGER,
      since BIGINT, until BIGINT, opened INTEGER, closed INTEGER)`,
    spread: each('stay', 'p.place, p.site, p.since, p.until, p.opened, p.closed'),
  },
  {
    table: 'custody',
    create: `CREATE OR REPLACE TEMP TABLE part_custody (chapter INTEGER, custodian INTEGER,
      since BIGINT, until BIGINT, opened INTEGER, closed INTEGER)`,
    spread: each('custody', 'p.custodian, p.since, p.until, p.opened, p.closed'),
  },
  {
    table: 'transfer',
    create: `CREATE OR REPLACE TEMP TABLE part_transfer (chapter INTEGER, sender INTEGER, receiver INTEGER,
      sent BIGINT, received BIGINT, sent_seq INTEGER, received_seq INTEGER)`,
    spread: each(
      'transfer',
      'p.sender, p.receiver, p.sent, p.received, p.sent_seq, p.received_seq',
    ),
  },
  {
    table: 'life',
    create: `CREATE OR REPLACE TEMP TABLE part_life (chapter INTEGER, status SMALLINT, site INTEGER,
      custodian INTEGER, since BIGINT, last_seq INTEGER)`,
    spread: each('life', 'k.expiry, p.status, p.site, p.custodian, p.since, p.last_seq'),
  },
];
