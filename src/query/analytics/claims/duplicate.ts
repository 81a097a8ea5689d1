import { DAY_MS } from '../bucket.js';
import { count, type FigureMaker } from '../figure.js';
import { BILLS, CLAIM_DIMENSIONS, CLAIM_FILTERS, money } from './bill.js';

export const DUPLICATE_KINDS = ['EXACT', 'NEAR'] as const;
export const DAYS_APART = 3;
export const PERCENT_APART = 10;

/**
 * Claims that repeat an earlier one (by place on the ledger). EXACT: the same patient, provider, period, currency, total and
 * lines (code, modifiers, quantity, day of service). NEAR: not exact; the same patient, currency and codes, the first days of
 * service no further apart and the totals no further off than asked for. Claims without lines are not compared. Several
 * explanations of benefit of one claim the node has are its history, and not duplicates.
 */
export const duplicates: FigureMaker = ({ statement, options }) => {
  const apart = statement.bind(Math.max(1, (options.daysApart ?? DAYS_APART) * DAY_MS));
  const percent = statement.bind(options.percentApart ?? PERCENT_APART);
  const slot = (column: string) => `CAST(floor(${column} / ${apart}) AS BIGINT)`;
  const isExact = `(a.provider IS NOT DISTINCT FROM b.provider AND a.since = b.since
    AND a.until IS NOT DISTINCT FROM b.until AND a.billed = b.billed AND a.details = b.details)`;
  // only claims with another close to them are looked into; pairs are never kept, for there may be many
  const source = `(
    WITH bill AS (
      SELECT seq, kind, patient, provider, since, until, billed, currency, ${slot('since')} AS slot,
        since - lag(since) OVER w AS before, lead(since) OVER w - since AS behind
      FROM ${BILLS} c WHERE c.is_bill AND c.lines > 0
      WINDOW w AS (PARTITION BY patient, kind, currency, lines ORDER BY since)
    ), close AS (
      SELECT * FROM bill WHERE before <= ${apart} OR behind <= ${apart}
    ), text AS (
      SELECT l.seq, string_agg(CAST(l.code AS VARCHAR), ' ' ORDER BY l.code) AS codes,
        string_agg(concat(l.code, '|', l.modifiers, '|', l.quantity, '|', l.serviced), ' '
          ORDER BY l.code, l.modifiers, l.quantity, l.serviced) AS details
      FROM line l JOIN close c ON c.seq = l.seq GROUP BY l.seq
    ), itemised AS (
      SELECT c.*, t.codes, t.details FROM close c JOIN text t ON t.seq = c.seq
    ), repeat AS (
      SELECT b.seq, CASE WHEN count(*) FILTER (WHERE ${isExact}) > 0 THEN 0 ELSE 1 END AS likeness,
        coalesce(min(a.seq) FILTER (WHERE ${isExact}), min(a.seq)) AS first
      FROM (SELECT i.*, i.slot + s.shift AS other FROM itemised i, (VALUES (-1), (0), (1)) s(shift)) b
        JOIN itemised a ON a.slot = b.other AND a.patient = b.patient AND a.kind = b.kind
          AND a.currency = b.currency AND a.codes = b.codes
      WHERE a.seq < b.seq AND abs(a.since - b.since) <= ${apart}
        AND abs(a.billed - b.billed) * 100 <= ${percent} * greatest(a.billed, b.billed)
      GROUP BY b.seq
    )
    SELECT b.*, r.likeness, r.first FROM repeat r JOIN ${BILLS} b ON b.seq = r.seq) f`;
  return {
    class: 'fhir.resource',
    source,
    time: 'f.told',
    dimensions: {
      ...CLAIM_DIMENSIONS,
      REASON: { sql: 'f.likeness', kind: 'CODE', names: DUPLICATE_KINDS },
    },
    filters: CLAIM_FILTERS,
    measures: { claims: count('count(*)'), billed: money('sum(f.billed)') },
    always: ['REASON', 'CURRENCY'],
    subject: 'f.patient',
    evidence: ['f.seq', 'f.first'],
  };
};
