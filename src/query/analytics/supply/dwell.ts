import { count, percentiles, type FigureMaker } from '../figure.js';

/**
 * How long units stay at a place: from the event that shows one there to the event that says otherwise. Percentiles are over
 * stays that have ended; the open ones are counted. A stay is of the time at which it begins.
 */
export const dwell: FigureMaker = () => ({
  class: 'epcis.event',
  source: '(SELECT * FROM stay WHERE leaf) f',
  time: 'f.since',
  dimensions: {
    BUCKET: { sql: 'f.since', kind: 'TIME' },
    SITE: { sql: 'f.site', kind: 'THING' },
    PLACE: { sql: 'f.place', kind: 'THING' },
    PRODUCT: { sql: 'f.gtin', kind: 'THING' },
    LOT: { sql: 'f.lot', kind: 'THING' },
  },
  filters: { sites: ['f.site', 'f.place'], products: ['f.gtin'], lots: ['f.lot'] },
  measures: {
    stays: count('count(*)'),
    units: count('count(DISTINCT f.item)'),
    open: count('count(*) FILTER (WHERE f.until IS NULL)'),
    ...percentiles('f.until - f.since', { p50Ms: 0.5, p90Ms: 0.9, p95Ms: 0.95 }),
    openSince: { sql: 'min(f.since) FILTER (WHERE f.until IS NULL)', type: 'TIME' },
  },
  subject: 'f.item',
  evidence: ['f.opened', 'f.closed'],
});
