import { count, type FigureMaker } from '../figure.js';
import { eventsFor } from './event-join.js';
import { ITEM_FILTERS, ITEM_SPLIT } from './item-split.js';
import { passagesOf } from './stored-code.js';

export const VERIFICATION_REASONS = [
  'VERIFIED',
  'NOT_COMMISSIONED',
  'BEFORE_COMMISSIONING',
  'COMMISSIONED_TWICE',
  'EXPIRED',
] as const;

/**
 * Whether the serial numbers that are handed on can be verified. Answers of verifyProduct are not on the ledger, so this is
 * over facts: each serial of a GTIN that an event in the window ships, receives or dispenses is VERIFIED when it had been
 * commissioned before, once, and not expired; else the first reason of the list that holds is its reason at that event.
 * The product of a serial that was
 * never commissioned is not known. Rate: serials verified at every such event by serials seen.
 */
export const verification: FigureMaker = ({ statement, used }) => {
  const handed = statement.isIn('i.passage', passagesOf('DEPART', 'ARRIVE', 'DISPENSE'));
  return {
    class: 'epcis.event',
    source: `(SELECT i.seq, i.item, i.time, i.gtin, i.lot, e.site, e.author,
        CASE WHEN u.item IS NULL THEN 1 WHEN u.born > i.time THEN 2 WHEN u.births > 1 THEN 3
          WHEN u.expiry < i.time THEN 4 ELSE 0 END AS reason
      FROM (
        SELECT i.seq, i.item, i.time, v.gtin, v.lot FROM event_item i JOIN life v ON v.item = i.item
        WHERE v.gtin IS NOT NULL AND ${handed}
        UNION ALL
        SELECT i.seq, i.item, i.time, v.gtin, v.lot FROM event_item i JOIN life v ON v.item = i.item
          JOIN term t ON t.id = i.item
        WHERE v.gtin IS NULL AND ${handed} AND t.text LIKE '%/01/%/21/%'
      ) i ${eventsFor(used)}
        LEFT JOIN (SELECT item, min(time) AS born, count(*) AS births, min(expiry) AS expiry FROM unit GROUP BY item) u
          ON u.item = i.item) f`,
    time: 'f.time',
    dimensions: {
      BUCKET: { sql: 'f.time', kind: 'TIME' },
      REASON: { sql: 'f.reason', kind: 'CODE', names: VERIFICATION_REASONS },
      ...ITEM_SPLIT,
    },
    filters: ITEM_FILTERS,
    measures: {
      serials: count('count(DISTINCT f.item)'),
      refused: count('count(DISTINCT f.item) FILTER (WHERE f.reason > 0)'),
      rate: {
        sql: `1.0 - CAST(count(DISTINCT f.item) FILTER (WHERE f.reason > 0) AS DOUBLE PRECISION)
          / nullif(count(DISTINCT f.item), 0)`,
        type: 'FLOAT',
      },
    },
    subject: 'f.item',
    evidence: ['f.seq'],
  };
};
