import { DAY_MS } from '../bucket.js';
import { count, type FigureMaker } from '../figure.js';
import { statusesOf } from './stored-code.js';

export const WITHIN_DAYS = 90;

/**
 * Units still about (neither dispensed nor at the end of their life) that have expired or will within so many days from
 * now. It is the state after the last event known: the window does not bear on it.
 */
export const expiry: FigureMaker = ({ statement, options, now }) => {
  const today = statement.bind(now);
  const horizon = statement.bind(now + (options.withinDays ?? WITHIN_DAYS) * DAY_MS);
  const about = statement.isIn('status', statusesOf('AT_SITE', 'IN_TRANSIT', 'UNKNOWN'));
  return {
    class: 'epcis.event',
    source: `(SELECT *, expiry < ${today} AS is_expired FROM life
      WHERE leaf AND expiry <= ${horizon} AND ${about}) f`,
    dimensions: {
      BUCKET: { sql: 'f.expiry', kind: 'TIME' },
      PRODUCT: { sql: 'f.gtin', kind: 'THING' },
      LOT: { sql: 'f.lot', kind: 'THING' },
      SITE: { sql: 'f.site', kind: 'THING' },
      ORGANISATION: { sql: 'f.custodian', kind: 'THING' },
    },
    filters: {
      products: ['f.gtin'],
      lots: ['f.lot'],
      sites: ['f.site'],
      organisations: ['f.custodian'],
    },
    measures: {
      units: count('count(*)'),
      expired: count('count(*) FILTER (WHERE f.is_expired)'),
      expiring: count('count(*) FILTER (WHERE NOT f.is_expired)'),
      firstExpiry: { sql: 'min(f.expiry)', type: 'TIME' },
    },
    subject: 'f.item',
    evidence: ['f.last_seq'],
  };
};
