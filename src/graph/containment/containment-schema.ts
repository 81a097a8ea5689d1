/** Each space has tables of its own: packing does not undo an association. */
export type Space = 'packing' | 'association';

/**
 * Ends of intervals are in the key of no table but of one index: closing an interval rewrites one narrow row.
 *
 * - movement: what was captured. `voided`: position of what voids it. `children`: JSON array. `chain`: JSON
 *   array, where the walk went beyond the parent.
 * - touch, sweep: the movements by the child they name and by the parent they empty, in order. The index on touch
 *   finds who was ever added to a parent, whatever became of it.
 * - reader: the ADD events whose walk passed a container.
 * - interval: by child; `ended` is ENDLESS while it is open. Its index is the parent's side, open ones last.
 * - conflict: `child` -1 for none.
 */
export function formatContainmentSchema(space: Space): string {
  return `
CREATE TABLE ${space}_movement (
  seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, record INTEGER NOT NULL, kind INTEGER NOT NULL, parent INTEGER,
  voided INTEGER, children TEXT NOT NULL, chain TEXT
);

CREATE TABLE ${space}_voiding (
  voids INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (voids, seq)
) WITHOUT ROWID;
CREATE INDEX ${space}_voiding_seq ON ${space}_voiding (seq);

CREATE TABLE ${space}_touch (
  child INTEGER NOT NULL, time INTEGER NOT NULL, record INTEGER NOT NULL, seq INTEGER NOT NULL,
  kind INTEGER NOT NULL, parent INTEGER, voided INTEGER,
  PRIMARY KEY (child, time, record, seq)
) WITHOUT ROWID;
CREATE INDEX ${space}_touch_added ON ${space}_touch (parent, child) WHERE kind = 0;

CREATE TABLE ${space}_sweep (
  parent INTEGER NOT NULL, time INTEGER NOT NULL, record INTEGER NOT NULL, seq INTEGER NOT NULL, voided INTEGER,
  PRIMARY KEY (parent, time, record, seq)
) WITHOUT ROWID;

CREATE TABLE ${space}_reader (
  node INTEGER NOT NULL, time INTEGER NOT NULL, record INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (node, time, record, seq)
) WITHOUT ROWID;

CREATE TABLE ${space}_interval (
  child INTEGER NOT NULL, time INTEGER NOT NULL, record INTEGER NOT NULL, seq INTEGER NOT NULL,
  parent INTEGER NOT NULL, ended INTEGER NOT NULL, ended_record INTEGER, ended_seq INTEGER,
  PRIMARY KEY (child, time, record, seq)
) WITHOUT ROWID;
CREATE INDEX ${space}_interval_parent ON ${space}_interval (parent, ended, child);

CREATE TABLE ${space}_conflict (
  seq INTEGER NOT NULL, child INTEGER NOT NULL, kind INTEGER NOT NULL, parent INTEGER, other INTEGER,
  PRIMARY KEY (seq, child, kind)
) WITHOUT ROWID;
CREATE INDEX ${space}_conflict_child ON ${space}_conflict (child);
`;
}
