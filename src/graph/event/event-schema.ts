/**
 * EPCIS events by what they name. Every text is a term; an item is the term of its canonical EPC.
 *
 * - event: one row an event. `time`, `record`, `at`: ms of the event, of the document's recordTime (else `at`), of the
 *   ledger. `type` to `event`: terms; `event` is the eventID. `voided`: position of what voids it, an error declaration or
 *   a later version. `voids`: 1 on an error declaration, 2 on a repeat (an author's second event of one eventID); both
 *   are part of no history. `detail`: JSON of EventDetail.
 * - event_item: the instances an event names, as JSON lists of a role's code and then the items; `classes`: the same of
 *   classes and lots.
 * - event_name: the event that counts under an author's eventID, and the first declaration that voids it.
 * - mention: which events name what, as what (mention-role.ts), in order of time.
 * - measure: numbers, by what they measure (measure-key.ts).
 * - unit: commissionings of instances. `gtin`: class of the instance; `lot`, `expiry` from the ILMD.
 * - known: what was ever mentioned as what, for lists of the vocabulary in use; items of any role as EPC.
 * - place, place_child, product: the newest master data.
 */
export const EVENT_SCHEMA = `
CREATE TABLE event (
  seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, record INTEGER NOT NULL, at INTEGER NOT NULL, type INTEGER NOT NULL,
  action INTEGER, step INTEGER, disposition INTEGER, read_point INTEGER, biz_location INTEGER, parent INTEGER,
  event INTEGER, author INTEGER NOT NULL, voided INTEGER, voids INTEGER NOT NULL, detail TEXT
);
CREATE INDEX event_time ON event (time, seq);

CREATE TABLE event_item (seq INTEGER PRIMARY KEY, named TEXT NOT NULL, classes TEXT);

CREATE TABLE event_name (
  event INTEGER NOT NULL, author INTEGER NOT NULL, first INTEGER, declared INTEGER, PRIMARY KEY (event, author)
) WITHOUT ROWID;

CREATE TABLE mention (
  what INTEGER NOT NULL, role INTEGER NOT NULL, time INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (what, role, time, seq)
) WITHOUT ROWID;

CREATE TABLE measure (
  key INTEGER NOT NULL, value REAL NOT NULL, time INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (key, value, time, seq)
) WITHOUT ROWID;
CREATE INDEX measure_event ON measure (seq, key, value);

CREATE TABLE unit (
  item INTEGER NOT NULL, seq INTEGER NOT NULL, time INTEGER NOT NULL, gtin INTEGER, lot INTEGER, expiry INTEGER,
  PRIMARY KEY (item, seq)
) WITHOUT ROWID;
CREATE INDEX unit_gtin ON unit (gtin, lot, item) WHERE gtin IS NOT NULL;
CREATE INDEX unit_lot ON unit (lot, item) WHERE lot IS NOT NULL;

CREATE TABLE known (role INTEGER NOT NULL, what INTEGER NOT NULL, PRIMARY KEY (role, what)) WITHOUT ROWID;

CREATE TABLE place (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, name TEXT, latitude REAL, longitude REAL
);
CREATE TABLE place_child (
  parent INTEGER NOT NULL, child INTEGER NOT NULL, PRIMARY KEY (parent, child)
) WITHOUT ROWID;
CREATE TABLE product (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, name TEXT, min REAL, max REAL, ndc TEXT
);
`;
