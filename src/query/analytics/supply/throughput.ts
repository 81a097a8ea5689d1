import { count, percentiles, type Figure, type FigureMaker } from '../figure.js';

/**
 * How much happened and how soon it was captured. An event counts once; `units` are the instances it names, containers as
 * themselves. Lag: from the event's own time to its place on the ledger, ms; weighed by instances where it is split by
 * product or lot. Events are those that count: neither voided nor repeated.
 */
export const throughput: FigureMaker = ({ used }) => {
  const isOfProducts = PRODUCT_WORDS.some((word) => used.has(word));
  return isOfProducts || ITEM_WORDS.some((word) => used.has(word))
    ? ofItems(isOfProducts)
    : ofEvents();
};

const ITEM_WORDS = ['units', 'subjects'];
const PRODUCT_WORDS = ['PRODUCT', 'LOT', 'products', 'lots'];

const DIMENSIONS: Figure['dimensions'] = {
  BUCKET: { sql: 'e.time', kind: 'TIME' },
  TYPE: { sql: 'e.type', kind: 'TERM' },
  BIZ_STEP: { sql: 'e.step', kind: 'TERM' },
  ORGANISATION: { sql: 'e.author', kind: 'THING' },
  SITE: { sql: 'e.site', kind: 'THING' },
};
const FILTERS: Figure['filters'] = { sites: ['e.site'], organisations: ['e.author'] };
const LAG = percentiles('e.captured - e.time', { lagP50Ms: 0.5, lagP95Ms: 0.95 });

function ofEvents(): Figure {
  return {
    class: 'epcis.event',
    source: 'event e',
    time: 'e.time',
    dimensions: DIMENSIONS,
    filters: FILTERS,
    measures: { events: count('count(*)'), ...LAG },
    subject: 'e.seq',
    evidence: ['e.seq'],
  };
}

function ofItems(isOfProducts: boolean): Figure {
  const lives = isOfProducts
    ? 'LEFT JOIN life u ON u.item = i.item'
    : 'CROSS JOIN (SELECT NULL AS gtin, NULL AS lot) u';
  return {
    class: 'epcis.event',
    source: `event e LEFT JOIN event_item i ON i.seq = e.seq ${lives}`,
    time: 'e.time',
    dimensions: {
      ...DIMENSIONS,
      PRODUCT: { sql: 'u.gtin', kind: 'THING' },
      LOT: { sql: 'u.lot', kind: 'THING' },
    },
    filters: { ...FILTERS, products: ['u.gtin'], lots: ['u.lot'] },
    measures: {
      events: count('count(DISTINCT e.seq)'),
      units: count('count(DISTINCT i.item)'),
      ...LAG,
    },
    subject: 'i.item',
    evidence: ['e.seq'],
  };
}
