import { KELVIN, TEMPERATURE } from '../../../graph/trace/storage-range.js';
import { count, type FigureMaker, type Measure } from '../figure.js';

/** Heat of activation (USP <1079.2>), kJ/mol. */
const ACTIVATION_KJ = 83.144;
/** Molar gas constant (CODATA 2018), kJ/(K mol). */
const GAS_KJ = 8.314462618e-3;
const RATIO_KELVIN = ACTIVATION_KJ / GAS_KJ;
const ZERO_CELSIUS = 273.15;
/** As in graph/trace/storage-range: conversion must not make an excursion. */
const TOLERANCE_KELVIN = 0.05;
const MINUTE_MS = 60_000;

/** Terms that a reading of temperature has. */
export const COLD_CHAIN_TERMS = [TEMPERATURE, KELVIN];

/**
 * The temperatures units were in: their own readings, those of what they were in while they were in it, and those of places
 * while they were there. Minutes out: from a reading outside the range to the next of the same sensor, as if it had stayed
 * so; a series whose mean is outside, for as long as it lasts; the last reading counts none. Degree-minutes: minutes out
 * times the degrees beyond the bound. The range is the product's, from master data, unless bounds are given. Mean kinetic
 * temperature: USP <1079.2>, dH = 83.144 kJ/mol, over the readings of all units of the group, each with the same weight as
 * the formula has it. Figures of a group add up what each of its units was in; degrees Celsius outside, kelvin inside.
 */
export const coldChain: FigureMaker = ({ statement, options, ids }) => {
  const type = statement.bind(ids.terms.get(TEMPERATURE) ?? -1);
  const unit = statement.bind(ids.terms.get(KELVIN) ?? -1);
  const [least, most] = [options.minCelsius, options.maxCelsius].map((celsius) =>
    statement.bind(celsius === undefined ? null : celsius + ZERO_CELSIUS),
  );
  // a reading and the next of the same sensor that the same unit was in
  const source = `(
    WITH reading AS (
      SELECT s.seq, s.n, s.since, s.until, s.device, s.place, s.named, e.time, e.recorded,
        coalesce(s.value, s.mean) AS told,
        coalesce(s.value, s.mean, (s.min + s.max) / 2, s.min, s.max) AS middle,
        coalesce(s.min, s.value, s.mean, s.max) AS low, coalesce(s.max, s.value, s.mean, s.min) AS high
      FROM sensor s JOIN event e ON e.seq = s.seq
      WHERE s.type = ${type} AND s.unit = ${unit}
    ), exposed AS (
      SELECT i.item, r.seq, r.n FROM reading r JOIN event_item i ON i.seq = r.seq WHERE r.named
      UNION
      SELECT c.item, r.seq, r.n FROM reading r JOIN event_item i ON i.seq = r.seq
        JOIN inside c ON c.container = i.item
      WHERE r.named AND i.reaches AND (c.since, c.since_recorded, c.opened) <= (r.time, r.recorded, r.seq)
        AND (c.until IS NULL OR (r.time, r.recorded, r.seq) < (c.until, c.until_recorded, c.closed))
      UNION
      SELECT t.item, r.seq, r.n FROM reading r JOIN stay t ON t.place = r.place
      WHERE NOT r.named AND t.since <= r.time AND (t.until IS NULL OR r.time < t.until)
    ), series AS (
      SELECT x.item, r.seq, r.since, r.until, r.told, r.middle, r.low, r.high, u.gtin, u.lot,
        lead(r.since) OVER (PARTITION BY x.item, r.device ORDER BY r.since, r.until, r.seq, r.n) AS next,
        coalesce(CAST(${least} AS DOUBLE PRECISION), p.min) AS least,
        coalesce(CAST(${most} AS DOUBLE PRECISION), p.max) AS most
      FROM exposed x JOIN reading r ON r.seq = x.seq AND r.n = x.n JOIN life u ON u.item = x.item
        LEFT JOIN product p ON p.id = u.gtin
      WHERE u.leaf
    )
    SELECT *, ${beyond('low', 'high')} AS beyond, ${beyond('told', 'told')} AS told_beyond,
      CASE WHEN until > since THEN until - since ELSE greatest(0, coalesce(next, until) - until) END AS lasts
    FROM series) f`;
  return {
    class: 'epcis.event',
    source,
    time: 'f.since',
    dimensions: {
      BUCKET: { sql: 'f.since', kind: 'TIME' },
      PRODUCT: { sql: 'f.gtin', kind: 'THING' },
      LOT: { sql: 'f.lot', kind: 'THING' },
      UNIT: { sql: 'f.item', kind: 'THING' },
    },
    filters: { products: ['f.gtin'], lots: ['f.lot'] },
    measures: {
      units: count('count(DISTINCT f.item)'),
      readings: count('count(*)'),
      minCelsius: celsius('min(f.low)'),
      maxCelsius: celsius('max(f.high)'),
      minutesOut: float(`sum(${outFor}) / ${MINUTE_MS}.0`),
      degreeMinutes: float(`sum(${outFor} * ${degrees}) / ${MINUTE_MS}.0`),
      meanKineticCelsius: celsius(
        `-${RATIO_KELVIN} / ln(avg(CASE WHEN f.middle > 0 THEN exp(-${RATIO_KELVIN} / f.middle) END))`,
      ),
    },
    subject: 'f.item',
    evidence: ['f.seq'],
  };
};

/** A series is out when its mean is; a reading when any of its numbers is. Null where no range is known. */
const degrees = 'CASE WHEN f.until > f.since THEN f.told_beyond ELSE f.beyond END';
const outFor = `CASE WHEN f.least IS NULL AND f.most IS NULL THEN NULL
  WHEN (${degrees}) > ${TOLERANCE_KELVIN} THEN f.lasts ELSE 0 END`;

/** How far outside, kelvin; 0 inside. */
function beyond(low: string, high: string): string {
  return `greatest(0, coalesce(least - ${low}, 0), coalesce(${high} - most, 0))`;
}

const float = (sql: string): Measure => ({ sql, type: 'FLOAT' });
const celsius = (sql: string): Measure => float(`${sql} - ${ZERO_CELSIUS}`);
