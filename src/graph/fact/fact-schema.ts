/**
 * What the facts room follows the index by.
 *
 * - birth: a mark of this very file. Ids of another one mean other things.
 * - clinical_fact: JSON of a ClinicalFact whose names and codes are ids of terms (clinical-wire.ts).
 * - packing_moved: JSON list of the items whose containers some rows changed; `seq` is the last of these rows.
 * - the indexes find what counts no longer, by the position from which it does not.
 */
export const FACT_SCHEMA = `
CREATE TABLE birth AS SELECT lower(hex(randomblob(16))) AS mark;
CREATE TABLE clinical_fact (seq INTEGER PRIMARY KEY, facts TEXT NOT NULL);
CREATE TABLE packing_moved (seq INTEGER PRIMARY KEY, items TEXT NOT NULL);
CREATE INDEX record_until ON record (until) WHERE until IS NOT NULL;
CREATE INDEX event_voided ON event (voided) WHERE voided IS NOT NULL;
`;
