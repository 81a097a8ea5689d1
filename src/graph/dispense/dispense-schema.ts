/**
 * Dispensings by what may match them.
 *
 * - dispense_key: `kind`, `key`: a name of the prescription, an instance, a drug's NDC of eleven digits, or (of events alone)
 *   a GTIN, as ids of terms (dispense-key.ts). `day`: of a drug, days since the epoch; otherwise 0. `side`: event, or type of
 *   record. `subject`: the patient a record names. Only of what counts: newest versions, events not voided.
 */
export const DISPENSE_SCHEMA = `
CREATE TABLE dispense_key (
  kind INTEGER NOT NULL, key INTEGER NOT NULL, day INTEGER NOT NULL, side INTEGER NOT NULL, seq INTEGER NOT NULL,
  subject INTEGER, PRIMARY KEY (kind, key, day, side, seq)
) WITHOUT ROWID;
CREATE INDEX dispense_key_seq ON dispense_key (seq);
`;
