/**
 * The tables of facts, in SQL that PostgreSQL would take as well. What is not in the index any more is not in here: a voided
 * event, a repeat, an error declaration and a superseded clinical record have no rows; `record` alone keeps every version.
 *
 * Times are ms since the epoch; an end that is NULL is still open. `seq` is a ledger position. Texts are ids of `term`, the
 * index's own; an id of a person or party of a claim (`patient`, `provider`, `payer`, `encounter`, `claim_ref`) is the
 * position of the first version of the record meant, or, where the node has no such record, minus the term of what it was
 * called. Amounts are exact decimals.
 *
 * Straight from the index:
 *
 * - record: one row a version. `until`: position from which it was no longer the newest. `kind`: see kind.
 * - event: one row an event that counts. `type`, `step` to `biz_location`: terms. `action`: 0 ADD, 1 OBSERVE, 2 DELETE.
 *   `place`: business location, else read point; `site`: the whole site it is in. `from_party` and `to_party` possess,
 *   `from_owner` and `to_owner` own, `from_place` and `to_place` are locations; all as the event names them. `passage`:
 *   position in PASSAGES, what the event does to what it names. `items`: instances named, each once.
 * - event_item: the instances named. `role`: 0 EPC, 1 CHILD, 2 PARENT, 3 INPUT, 4 OUTPUT. `passage` as above, by role.
 *   `reaches`: whether what is in the item inherits the event.
 * - quantity: amounts of classes. `list`: 5 quantity, 6 child, 7 input, 8 output. `unit`: term; NULL for pieces.
 * - unit: instances as they come into being. `gtin`: class; `expiry`: its last ms.
 * - sensor: one row a report; a temperature is in kelvin. `since` and `until`: of a series, else both its moment.
 *   `named`: whether the event names an item; when not, it measures its `place`.
 * - containment: who was in whom. `opened` and `closed`: the events.
 * - conflict: aggregations that contradict what was known. `kind`: position in CONFLICT_KINDS of the index.
 * - alert: suspicions. `type`: position in ALERT_TYPES of the index.
 * - place, product: master data. `min` and `max`: storage range in kelvin.
 *
 * Derived here, for each item out of its own events and those of what it was in:
 *
 * - inside: an item in a container, however deep; `level` 1 is its parent. The interval is by position of events.
 * - stay: an item at a place, from the event that shows it there to the one that says otherwise.
 * - custody: an item in the hands of a party, or of a site where no party is named.
 * - transfer: an item sent, and received where `received` is not NULL. `sender` and `receiver`: party, else site. One
 *   shipment is one `sent_seq`.
 * - life: the state of an item after its last event. `status`: position in ITEM_STATUSES.
 * `leaf`: nothing was ever packed into it: a unit, when containers are not to be counted beside what they hold.
 *
 * Of clinical records:
 *
 * - claim: `kind` CLAIM or EOB. `type` (terms), `use_`, `status`, `outcome` as coded. `created`, `since`, `until`: ms.
 *   `billed`: total submitted; of a claim its total. `allowed`, `paid`, `denied`: of an EOB. Where amounts come
 *   from: record/fhir/fact/claim-fact.ts. `exact` is false when an amount did not fit.
 * - line: items of claims, details included. `n`: place in the record. `code`: term of `system|code`; `modifiers`: text.
 *   `encounter`: the first it names, else NULL. `serviced`, `serviced_until`: of the line, else of the claim.
 * - encounter: `class`, `type`: terms of codes.
 * - patient: `patient`: what claims name it by. `deceased_at`: ms, NULL where only the fact is known.
 * - dispense: MedicationDispense. `code`: term of `system|code`.
 * - party: Organization, Practitioner, Coverage and the like that claims name. `name`: term.
 */
export const FACTS_SCHEMA = `
CREATE TABLE meta (
  id INTEGER NOT NULL, version BIGINT NOT NULL, source VARCHAR NOT NULL, position INTEGER NOT NULL,
  settled INTEGER NOT NULL
);

CREATE TABLE term (id INTEGER NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE kind (id INTEGER NOT NULL, class VARCHAR NOT NULL, type VARCHAR NOT NULL);

CREATE TABLE record (
  seq INTEGER NOT NULL, captured BIGINT NOT NULL, time BIGINT NOT NULL, kind INTEGER NOT NULL, author INTEGER NOT NULL,
  origin INTEGER NOT NULL, size INTEGER NOT NULL, until INTEGER
);

CREATE TABLE event (
  seq INTEGER NOT NULL, time BIGINT NOT NULL, recorded BIGINT NOT NULL, captured BIGINT NOT NULL, type INTEGER NOT NULL,
  action SMALLINT, step INTEGER, disposition INTEGER, read_point INTEGER, biz_location INTEGER, place INTEGER,
  site INTEGER, parent INTEGER, author INTEGER NOT NULL, passage SMALLINT NOT NULL, items INTEGER NOT NULL,
  from_party INTEGER, to_party INTEGER, from_owner INTEGER, to_owner INTEGER, from_place INTEGER, to_place INTEGER
);
CREATE TABLE event_item (
  seq INTEGER NOT NULL, item INTEGER NOT NULL, role SMALLINT NOT NULL, time BIGINT NOT NULL, recorded BIGINT NOT NULL,
  passage SMALLINT NOT NULL, reaches BOOLEAN NOT NULL
);
CREATE TABLE quantity (
  seq INTEGER NOT NULL, class INTEGER NOT NULL, list SMALLINT NOT NULL, amount DOUBLE PRECISION, unit INTEGER,
  time BIGINT NOT NULL
);
CREATE TABLE unit (
  item INTEGER NOT NULL, seq INTEGER NOT NULL, time BIGINT NOT NULL, gtin INTEGER, lot INTEGER, expiry BIGINT
);
CREATE TABLE sensor (
  seq INTEGER NOT NULL, n INTEGER NOT NULL, time BIGINT NOT NULL, since BIGINT NOT NULL, until BIGINT NOT NULL,
  type INTEGER, unit INTEGER, device INTEGER, place INTEGER, named BOOLEAN NOT NULL,
  value DOUBLE PRECISION, min DOUBLE PRECISION, max DOUBLE PRECISION, mean DOUBLE PRECISION
);
CREATE TABLE containment (
  child INTEGER NOT NULL, parent INTEGER NOT NULL, since BIGINT NOT NULL, since_recorded BIGINT NOT NULL,
  opened INTEGER NOT NULL, until BIGINT, until_recorded BIGINT, closed INTEGER
);
CREATE TABLE conflict (seq INTEGER NOT NULL, child INTEGER NOT NULL, kind SMALLINT NOT NULL, parent INTEGER, other INTEGER);
CREATE TABLE alert (
  id INTEGER NOT NULL, type SMALLINT NOT NULL, item INTEGER NOT NULL, gtin INTEGER, first INTEGER NOT NULL,
  raised BIGINT NOT NULL, known INTEGER NOT NULL
);
CREATE TABLE place (id INTEGER NOT NULL, name VARCHAR, latitude DOUBLE PRECISION, longitude DOUBLE PRECISION);
CREATE TABLE product (
  id INTEGER NOT NULL, name VARCHAR, min DOUBLE PRECISION, max DOUBLE PRECISION, ndc VARCHAR
);

CREATE TABLE dirty (item INTEGER NOT NULL);
CREATE TABLE inside (
  item INTEGER NOT NULL, container INTEGER NOT NULL, level SMALLINT NOT NULL,
  since BIGINT NOT NULL, since_recorded BIGINT NOT NULL, opened INTEGER NOT NULL,
  until BIGINT, until_recorded BIGINT, closed INTEGER
);
CREATE TABLE stay (
  item INTEGER NOT NULL, leaf BOOLEAN NOT NULL, gtin INTEGER, lot INTEGER, place INTEGER NOT NULL, site INTEGER NOT NULL,
  since BIGINT NOT NULL, until BIGINT, opened INTEGER NOT NULL, closed INTEGER
);
CREATE TABLE custody (
  item INTEGER NOT NULL, leaf BOOLEAN NOT NULL, gtin INTEGER, lot INTEGER, custodian INTEGER NOT NULL,
  since BIGINT NOT NULL, until BIGINT, opened INTEGER NOT NULL, closed INTEGER
);
CREATE TABLE transfer (
  item INTEGER NOT NULL, leaf BOOLEAN NOT NULL, gtin INTEGER, lot INTEGER, sender INTEGER, receiver INTEGER,
  sent BIGINT NOT NULL, received BIGINT, sent_seq INTEGER NOT NULL, received_seq INTEGER
);
CREATE TABLE life (
  item INTEGER NOT NULL, leaf BOOLEAN NOT NULL, gtin INTEGER, lot INTEGER, expiry BIGINT, status SMALLINT NOT NULL, site INTEGER,
  custodian INTEGER, since BIGINT NOT NULL, last_seq INTEGER NOT NULL
);

CREATE TABLE claim (
  seq INTEGER NOT NULL, kind VARCHAR NOT NULL, origin INTEGER NOT NULL, author INTEGER NOT NULL, captured BIGINT NOT NULL,
  time BIGINT NOT NULL, patient INTEGER, provider INTEGER, payer INTEGER, type INTEGER, use_ VARCHAR, status VARCHAR,
  outcome VARCHAR, created BIGINT, since BIGINT, until BIGINT, billed DECIMAL(18, 4), allowed DECIMAL(18, 4),
  paid DECIMAL(18, 4), denied DECIMAL(18, 4), currency VARCHAR, exact BOOLEAN NOT NULL, claim_ref INTEGER,
  lines INTEGER NOT NULL, encounters INTEGER NOT NULL
);
CREATE TABLE line (
  seq INTEGER NOT NULL, n INTEGER NOT NULL, kind VARCHAR NOT NULL, patient INTEGER, provider INTEGER, payer INTEGER,
  code INTEGER, label INTEGER, modifiers VARCHAR, quantity DECIMAL(18, 4), encounter INTEGER,
  serviced BIGINT, serviced_until BIGINT, billed DECIMAL(18, 4), allowed DECIMAL(18, 4), paid DECIMAL(18, 4),
  denied DECIMAL(18, 4), currency VARCHAR
);
CREATE TABLE encounter (
  seq INTEGER NOT NULL, encounter INTEGER NOT NULL, patient INTEGER, provider INTEGER, class INTEGER, type INTEGER,
  status VARCHAR, since BIGINT, until BIGINT
);
CREATE TABLE patient (
  seq INTEGER NOT NULL, patient INTEGER NOT NULL, deceased BOOLEAN NOT NULL, deceased_at BIGINT
);
CREATE TABLE dispense (
  seq INTEGER NOT NULL, patient INTEGER, code INTEGER, label INTEGER, status VARCHAR, quantity DECIMAL(18, 4),
  handed BIGINT
);
CREATE TABLE party (seq INTEGER NOT NULL, party INTEGER NOT NULL, name INTEGER);
`;

/** Tables whose rows are of one ledger position. */
export const SEQ_TABLES = [
  'record',
  'event',
  'event_item',
  'quantity',
  'unit',
  'sensor',
  'claim',
  'line',
  'encounter',
  'patient',
  'dispense',
  'party',
] as const;
