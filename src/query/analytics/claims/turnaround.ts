import { count, countOf, percentiles, type FigureMaker } from '../figure.js';
import { BILLS, CLAIM_DIMENSIONS, CLAIM_FILTERS } from './bill.js';

/**
 * From the creation of a claim to that of the first explanation of benefit that answers it, ms; of claims the node has.
 * Percentiles are over answered claims; the others are counted as open.
 */
export const turnaround: FigureMaker = () => ({
  class: 'fhir.resource',
  source: `(SELECT c.*, a.answered, a.answer FROM ${BILLS} c
    LEFT JOIN (SELECT claim_ref, min(coalesce(created, time)) AS answered, min(seq) AS answer
        FROM ${BILLS} e WHERE kind = 'EOB' GROUP BY claim_ref) a
      ON a.claim_ref = c.origin
    WHERE c.kind = 'CLAIM') f`,
  time: 'f.told',
  dimensions: CLAIM_DIMENSIONS,
  filters: CLAIM_FILTERS,
  measures: {
    claims: count('count(*)'),
    open: countOf('f.answered IS NULL'),
    ...percentiles(
      'f.answered - f.told',
      { p50Ms: 0.5, p90Ms: 0.9, p95Ms: 0.95 },
      'f.answered IS NOT NULL',
    ),
  },
  subject: 'f.patient',
  evidence: ['f.seq', 'f.answer'],
});
