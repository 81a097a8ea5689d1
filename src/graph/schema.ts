import { ALERT_SCHEMA } from './alert/alert-schema.js';
import { formatContainmentSchema } from './containment/containment-schema.js';
import { QUANTITY_SCHEMA } from './containment/quantity-table.js';
import { CONFLICT_KINDS } from './containment/conflict.js';
import { KEY_KINDS, SIDES } from './dispense/dispense-key.js';
import { DISPENSE_SCHEMA } from './dispense/dispense-schema.js';
import { EVENT_SCHEMA } from './event/event-schema.js';
import { MENTION_ROLES } from './event/mention-role.js';
import { FACT_SCHEMA } from './fact/fact-schema.js';
import { RELATIONS } from './edge/relation.js';
import { RECORD_STATES } from './row.js';

/** Raise it when rows come to mean something else although neither tables nor stored codes changed. */
const MEANING_VERSION = 3;

/** Marks the file as ours ("prov"). */
export const APPLICATION_ID = 0x70726f76;

/**
 * A record version's key is its ledger position: small, ordered, and the same after a rebuild.
 *
 * - record: one row a version. `origin`: seq of the record's first version. `latest` (on the first version only):
 *   seq of its newest. `until`: position from which this version was no longer the newest.
 *   `time`: occurred, else at.
 * - spelling: a version's names in full but for its record CID, for whoever checks names or shows a whole record. Apart, because
 *   a walk reads a thousand rows of record, far from each other; what it reads of them stands first in them.
 * - name: every name a record goes by, as a key (see name.ts).
 * - edge: from the derived thing to its source, both ways round; `path` is negative where `dst` says so.
 * - pending: references whose target nobody has claimed yet; 64 is added to `rel` where they speak of it.
 * - the tables of events: event/event-schema.ts, containment/containment-schema.ts.
 * - meta: the cursor, in the same transaction as the rows it stands for (law 2).
 */
export const SCHEMA = `
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cursor INTEGER NOT NULL, at INTEGER NOT NULL, head TEXT NOT NULL,
  records INTEGER NOT NULL, edges INTEGER NOT NULL, dangling INTEGER NOT NULL, unreadable INTEGER NOT NULL
);
INSERT INTO meta VALUES (1, 0, 0, '', 0, 0, 0, 0);

CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE kind (
  id INTEGER PRIMARY KEY, class TEXT NOT NULL, type TEXT NOT NULL, count INTEGER NOT NULL DEFAULT 0,
  UNIQUE (class, type)
);

CREATE TABLE record (
  seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, author INTEGER NOT NULL, state INTEGER NOT NULL,
  record_cid TEXT NOT NULL, at INTEGER NOT NULL, time INTEGER NOT NULL, occurred INTEGER,
  ver INTEGER NOT NULL, size INTEGER NOT NULL, media INTEGER,
  origin INTEGER NOT NULL, until INTEGER, latest INTEGER NOT NULL
);
CREATE INDEX record_kind ON record (kind);
CREATE INDEX record_kind_time ON record (kind, time);
CREATE INDEX record_time ON record (time);
CREATE INDEX record_author ON record (author);
CREATE INDEX record_revision ON record (origin) WHERE origin <> seq;
CREATE INDEX record_unreadable ON record (seq) WHERE state <> 0;

CREATE TABLE spelling (
  seq INTEGER PRIMARY KEY, rid TEXT NOT NULL, statement_cid TEXT NOT NULL, entry_cid TEXT NOT NULL,
  aliases TEXT NOT NULL, identifiers TEXT NOT NULL
);

CREATE TABLE name (key INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (key, seq)) WITHOUT ROWID;

CREATE TABLE edge (
  src INTEGER NOT NULL, rel INTEGER NOT NULL, dst INTEGER NOT NULL, path INTEGER NOT NULL,
  PRIMARY KEY (src, rel, dst)
) WITHOUT ROWID;
CREATE INDEX edge_back ON edge (dst, rel, src, path);

CREATE TABLE pending (
  id INTEGER PRIMARY KEY, key INTEGER NOT NULL, src INTEGER NOT NULL, rel INTEGER NOT NULL,
  path INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL
);
CREATE INDEX pending_key ON pending (key);
CREATE INDEX pending_src ON pending (src);
${EVENT_SCHEMA}
${formatContainmentSchema('packing')}
${formatContainmentSchema('association')}
${QUANTITY_SCHEMA}
${ALERT_SCHEMA}
${FACT_SCHEMA}
${DISPENSE_SCHEMA}
`;

/** An index of another version is rebuilt. Made of all that is stored by position or name, so that none is forgotten. */
export const SCHEMA_VERSION = versionOf([
  MEANING_VERSION,
  SCHEMA,
  RECORD_STATES,
  RELATIONS,
  MENTION_ROLES,
  CONFLICT_KINDS,
  KEY_KINDS,
  SIDES,
]);

/** A positive 31-bit number (FNV-1a), which SQLite keeps in the file's head. */
export function versionOf(parts: readonly unknown[]): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(parts))) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 1) + 1;
}
