import { CONFLICT_KINDS } from '../../../graph/containment/conflict.js';
import { count, type FigureMaker } from '../figure.js';
import { eventsFor } from './event-join.js';
import { ITEM_FILTERS, ITEM_SPLIT } from './item-split.js';
import { roleOf } from './stored-code.js';

/**
 * How often packing is told in a way that fits what is known. `children`: what aggregations in the window name as put in,
 * taken out or seen inside, each time it is named. `conflicts`: contradictions with what was known (MISMATCH_INSTANCE: a
 * child seen in what it was not known to be in). Accuracy: children named without any by children named.
 */
export const aggregation: FigureMaker = ({ statement, used }) => ({
  class: 'epcis.event',
  source: `(SELECT i.seq, i.item, i.time, e.site, e.author, c.kind, v.gtin, v.lot
    FROM event_item i ${eventsFor(used)}
      LEFT JOIN (SELECT seq, child, min(kind) AS kind FROM conflict GROUP BY seq, child) c
        ON c.seq = i.seq AND c.child = i.item
      LEFT JOIN life v ON v.item = i.item
    WHERE i.role = ${statement.bind(roleOf('CHILD'))}) f`,
  time: 'f.time',
  dimensions: {
    BUCKET: { sql: 'f.time', kind: 'TIME' },
    REASON: { sql: 'f.kind', kind: 'CODE', names: CONFLICT_KINDS },
    ...ITEM_SPLIT,
  },
  filters: ITEM_FILTERS,
  measures: {
    children: count('count(*)'),
    conflicts: count('count(f.kind)'),
    mismatches: count(
      `count(*) FILTER (WHERE f.kind = ${CONFLICT_KINDS.indexOf('MISMATCH_INSTANCE')})`,
    ),
    accuracy: {
      sql: '1.0 - CAST(count(f.kind) AS DOUBLE PRECISION) / nullif(count(*), 0)',
      type: 'FLOAT',
    },
  },
  subject: 'f.item',
  evidence: ['f.seq'],
});
