/**
 * Alerts, and what has to be looked at again for them. All of it follows from the tables of events, containment and master
 * data: when nothing is dirty and no errand is left, the alerts are the same in whatever order and batches these came.
 *
 * - alert: `type`: position in ALERT_TYPES. `item`, `gtin`: terms. `first`: position of the first evidence. `raised`: ms,
 *   may be ahead. `known`: position from which it could be known. Ids are never given twice: who listens counts by them.
 * - dirty: items to be looked at. `since`: event time from which its facts are others than before, or a code
 *   (dirty-table.ts).
 * - errand: many items to be made dirty, a slice at a time: `what` and `kind` name them, by events before position
 *   `below`; the rest is how far that is done.
 * - watch: whose alerts depend on what (watch-table.ts), up to event time `until`.
 * - reading: classes an item was, or held, at an event that tells its temperature, as far as looked up.
 * - beginning: events that count and commission instances of a class; `home`: at a place of the class's owner.
 * - master_seen: of places and products, what bears on alerts, as it was when it was last looked at.
 */
export const ALERT_SCHEMA = `
CREATE TABLE alert (
  id INTEGER PRIMARY KEY AUTOINCREMENT, type INTEGER NOT NULL, item INTEGER NOT NULL, gtin INTEGER,
  first INTEGER NOT NULL, raised INTEGER NOT NULL, known INTEGER NOT NULL,
  reasons TEXT NOT NULL, evidence TEXT NOT NULL,
  UNIQUE (item, type, first)
);
CREATE INDEX alert_raised ON alert (raised);
CREATE INDEX alert_type ON alert (type, raised);
CREATE INDEX alert_gtin ON alert (gtin, raised) WHERE gtin IS NOT NULL;
CREATE INDEX alert_known ON alert (known);

CREATE TABLE dirty (item INTEGER PRIMARY KEY, since INTEGER NOT NULL);
CREATE TABLE errand (
  what INTEGER NOT NULL, kind INTEGER NOT NULL, below INTEGER NOT NULL,
  role INTEGER NOT NULL, time INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (what, kind)
) WITHOUT ROWID;
CREATE TABLE watch (
  thing INTEGER NOT NULL, aspect INTEGER NOT NULL, until INTEGER NOT NULL, item INTEGER NOT NULL,
  PRIMARY KEY (thing, aspect, until, item)
) WITHOUT ROWID;
CREATE INDEX watch_item ON watch (item);
CREATE INDEX watch_contents ON watch (item) WHERE aspect = 1;
CREATE TABLE reading (
  item INTEGER NOT NULL, time INTEGER NOT NULL, seq INTEGER NOT NULL, classes TEXT NOT NULL,
  PRIMARY KEY (item, time, seq)
) WITHOUT ROWID;
CREATE TABLE beginning (
  gtin INTEGER NOT NULL, home INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (gtin, home, seq)
) WITHOUT ROWID;
CREATE TABLE master_seen (id INTEGER PRIMARY KEY, said TEXT NOT NULL);
`;
