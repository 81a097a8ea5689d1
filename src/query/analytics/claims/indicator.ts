import { daySql } from '../bucket.js';
import { count, type Figure, type FigureAsk, type FigureMaker } from '../figure.js';
import { billedLines, BILLS, CLAIM_DIMENSIONS, CLAIM_FILTERS, money } from './bill.js';
import { CODE_MINUTES, LEVELS, PANEL_IN_PANEL, PANELS } from './code-rule.js';
import { ruleTable, type RuleRow } from './rule-table.js';

export const INDICATORS = [
  'SAME_SERVICE_TWICE',
  'CLAIM_WITHOUT_ENCOUNTER',
  'SERVICE_AFTER_DEATH',
  'IMPOSSIBLE_DAY',
  'UNBUNDLING',
  'LEVEL_MIX_OUTLIER',
] as const;

export type Indicator = (typeof INDICATORS)[number];

export const DAY_MINUTES_MAX = 1_440;
export const VISITS_MIN = 20;
export const PEERS_MIN = 5;

/** More parts than any panel has: beside another panel, a panel is never made up of its parts. */
const NEVER = 1_000_000;

const DAY = daySql('l.serviced');

/** A line as a number, so that the first of a finding can stand for it. */
const LINE_ID = 'CAST(l.seq AS BIGINT) * 16384 + l.n';

/**
 * What the classic indicators find. Each row is a line or a claim that is part of a finding; `finding` tells them apart. An
 * indicator is a reason to look, and no proof of anything.
 */
export const INDICATOR_FIGURES: Readonly<Record<Indicator, FigureMaker>> = {
  SAME_SERVICE_TWICE: () => figureOf(TWICE),
  CLAIM_WITHOUT_ENCOUNTER: () => figureOf(WITHOUT_ENCOUNTER),
  SERVICE_AFTER_DEATH: () => figureOf(AFTER_DEATH),
  IMPOSSIBLE_DAY: (ask) => figureOf(impossibleDay(ask)),
  UNBUNDLING: (ask) => figureOf(unbundling(ask)),
  LEVEL_MIX_OUTLIER: (ask) => figureOf(levelMix(ask)),
};

function figureOf(source: string): Figure {
  return {
    class: 'fhir.resource',
    source: `(${source}) f`,
    time: 'f.told',
    dimensions: CLAIM_DIMENSIONS,
    filters: CLAIM_FILTERS,
    measures: {
      findings: count('count(DISTINCT f.finding)'),
      claims: count('count(DISTINCT f.seq)'),
      billed: money('sum(f.billed)'),
    },
    always: ['CURRENCY'],
    subject: 'f.patient',
    evidence: ['f.seq'],
  };
}

/** The same code with the same modifiers for the same patient on the same day, in two lines or more. */
const TWICE = `
  SELECT l.*, t.finding FROM ${billedLines(DAY)} l JOIN (
    SELECT l.patient, l.code, l.day, l.modifiers, min(${LINE_ID}) AS finding
    FROM ${billedLines(DAY)} l WHERE l.patient IS NOT NULL AND l.code IS NOT NULL AND l.day IS NOT NULL
    GROUP BY l.patient, l.code, l.day, l.modifiers HAVING count(*) > 1
  ) t ON t.patient = l.patient AND t.code = l.code AND t.day = l.day AND t.modifiers = l.modifiers`;

/**
 * No line names an encounter, and the patient had none on a day of the claim; of claims other than those of pharmacies, which
 * have no encounters.
 */
const WITHOUT_ENCOUNTER = `
  SELECT c.*, c.seq AS finding FROM ${BILLS} c LEFT JOIN term t ON t.id = c.type
  WHERE c.is_bill AND c.encounters = 0 AND coalesce(t.text, '') NOT LIKE '%|pharmacy'
    AND c.seq NOT IN (
      SELECT b.seq FROM claim b JOIN encounter e ON e.patient = b.patient
      WHERE b.encounters = 0
        AND ${daySql('e.since')} <= ${daySql('coalesce(b.until, b.since, b.created)')}
        AND ${daySql('coalesce(e.until, e.since)')} >= ${daySql('coalesce(b.since, b.created)')})`;

/** A service on a day after the day the patient died; a claim without days of service by its period. */
const AFTER_DEATH = `
  SELECT l.*, ${LINE_ID} AS finding FROM ${billedLines(DAY)} l
    JOIN (SELECT patient, max(deceased_at) AS died FROM patient WHERE deceased_at IS NOT NULL GROUP BY patient) p
      ON p.patient = l.patient
  WHERE l.day > ${daySql('p.died')}`;

/** More minutes of one provider on one day than there can be: the least minutes of each code times its quantity. */
function impossibleDay({ statement, options, ids }: FigureAsk): string {
  const told = [...CODE_MINUTES, ...(options.codeMinutes ?? [])];
  // what the caller says of a code takes the place of what is built in
  const minutes = new Map(told.map((each) => [each.code, each.minutes]));
  const rows = [...minutes].flatMap(([code, each]) =>
    (ids.codes.get(code) ?? []).map((id): RuleRow => [id, each, 0, 0]),
  );
  const max = statement.bind(options.dayMinutesMax ?? DAY_MINUTES_MAX);
  const rules = `(SELECT code, max(part) AS minutes FROM ${ruleTable(statement, rows)} r GROUP BY code)`;
  return `
    WITH timed AS (
      SELECT l.*, r.minutes * coalesce(l.quantity, 1) AS minutes
      FROM ${billedLines(DAY)} l JOIN ${rules} r ON r.code = l.code
      WHERE l.provider IS NOT NULL AND l.day IS NOT NULL
    ), full_day AS (
      SELECT l.provider, l.day, min(${LINE_ID}) AS finding FROM timed l
      GROUP BY l.provider, l.day HAVING sum(l.minutes) > ${max}
    )
    SELECT l.*, d.finding FROM timed l JOIN full_day d ON d.provider = l.provider AND d.day = l.day`;
}

/**
 * A panel and what it is made of billed for one patient on one day by one provider; or all that it is made of in its place.
 */
function unbundling({ statement, options, ids }: FigureAsk): string {
  const whole = [...PANELS, ...(options.panels ?? [])].map((panel) => ({
    ...panel,
    isWhole: true,
  }));
  const within = PANEL_IN_PANEL.map((panel) => ({ ...panel, isWhole: false }));
  const rows = [...whole, ...within].flatMap(({ panel, components, isWhole }, rule) => {
    const needed = isWhole ? components.length : NEVER;
    return [panel, ...components].flatMap((code, part) =>
      (ids.codes.get(code) ?? []).map((id): RuleRow => [id, part, rule, needed]),
    );
  });
  return `
    WITH part AS (
      SELECT l.*, r.rule, r.part, r.needed FROM ${billedLines(DAY)} l
        JOIN ${ruleTable(statement, rows)} r ON r.code = l.code
      WHERE l.patient IS NOT NULL AND l.provider IS NOT NULL AND l.day IS NOT NULL
    ), found AS (
      SELECT l.rule, l.patient, l.provider, l.day, min((${LINE_ID}) * 1024 + l.rule) AS finding FROM part l
      GROUP BY l.rule, l.patient, l.provider, l.day
      HAVING (min(l.part) = 0 AND max(l.part) > 0) OR count(DISTINCT nullif(l.part, 0)) >= max(l.needed)
    )
    SELECT l.seq, l.n, min(f.finding) AS finding, min(l.patient) AS patient, min(l.provider) AS provider,
      min(l.payer) AS payer, min(l.type) AS type, min(l.currency) AS currency, min(l.told) AS told,
      min(l.billed) AS billed
    FROM part l
      JOIN found f ON f.rule = l.rule AND f.patient = l.patient AND f.provider = l.provider AND f.day = l.day
    GROUP BY l.seq, l.n`;
}

/**
 * Providers whose share of visits at the highest level lies above the upper quartile of their peers by more than one and a
 * half times the distance of the quartiles (Tukey's fence); of those with enough visits, where there are enough of them.
 */
function levelMix({ statement, options, ids }: FigureAsk): string {
  const rows = LEVELS.flatMap((codes, family) =>
    codes.flatMap((code, level) =>
      (ids.codes.get(code) ?? []).map((id): RuleRow => [
        id,
        level === codes.length - 1 ? 1 : 0,
        family,
        0,
      ]),
    ),
  );
  const visits = statement.bind(options.visitsMin ?? VISITS_MIN);
  const peers = statement.bind(options.peersMin ?? PEERS_MIN);
  return `
    WITH visit AS (
      SELECT l.*, r.part AS is_top, r.rule FROM ${billedLines(DAY)} l
        JOIN ${ruleTable(statement, rows)} r ON r.code = l.code
      WHERE l.provider IS NOT NULL
    ), mix AS (
      SELECT l.rule, l.provider, CAST(sum(l.is_top) AS DOUBLE PRECISION) / count(*) AS share,
        min(${LINE_ID}) AS finding
      FROM visit l GROUP BY l.rule, l.provider HAVING count(*) >= ${visits}
    ), fence AS (
      SELECT rule, percentile_cont(0.25) WITHIN GROUP (ORDER BY share) AS q1,
        percentile_cont(0.75) WITHIN GROUP (ORDER BY share) AS q3
      FROM mix GROUP BY rule HAVING count(*) >= ${peers}
    )
    SELECT l.*, m.finding FROM visit l JOIN mix m ON m.rule = l.rule AND m.provider = l.provider
      JOIN fence f ON f.rule = m.rule
    WHERE l.is_top = 1 AND m.share > f.q3 + 1.5 * (f.q3 - f.q1)`;
}
