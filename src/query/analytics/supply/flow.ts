import { count, percentiles, type FigureMaker } from '../figure.js';

/**
 * Who sends what to whom: the links of a Sankey diagram. A transfer is a unit sent by an event, by itself or in what it was
 * packed in; it has arrived when somebody received it. Transit: from the one to the other, ms, of what has arrived.
 */
export const flow: FigureMaker = () => ({
  class: 'epcis.event',
  source: '(SELECT * FROM transfer WHERE leaf) f',
  time: 'f.sent',
  dimensions: {
    BUCKET: { sql: 'f.sent', kind: 'TIME' },
    SENDER: { sql: 'f.sender', kind: 'THING' },
    RECEIVER: { sql: 'f.receiver', kind: 'THING' },
    PRODUCT: { sql: 'f.gtin', kind: 'THING' },
    LOT: { sql: 'f.lot', kind: 'THING' },
  },
  filters: {
    sites: ['f.sender', 'f.receiver'],
    organisations: ['f.sender', 'f.receiver'],
    products: ['f.gtin'],
    lots: ['f.lot'],
  },
  measures: {
    units: count('count(DISTINCT f.item)'),
    shipments: count('count(DISTINCT f.sent_seq)'),
    received: count('count(f.received)'),
    ...percentiles('f.received - f.sent', { transitP50Ms: 0.5, transitP95Ms: 0.95 }),
  },
  subject: 'f.item',
  evidence: ['f.sent_seq', 'f.received_seq'],
});
