import { countOf, type FigureMaker } from '../figure.js';
import {
  AMOUNTS,
  BILL_COUNTS,
  BILLS,
  CLAIM_DIMENSIONS,
  CLAIM_FILTERS,
  DENIED,
  moneyOf,
} from './bill.js';

/** What was billed, allowed, paid and denied; billed when it was claimed, the rest when it was answered. */
export const claimTotals: FigureMaker = () => ({
  class: 'fhir.resource',
  source: `${BILLS} f`,
  time: 'f.told',
  dimensions: {
    ...CLAIM_DIMENSIONS,
    CLAIM_STATUS: { sql: 'f.status', kind: 'TEXT' },
  },
  filters: CLAIM_FILTERS,
  measures: {
    ...BILL_COUNTS,
    denials: countOf(DENIED),
    ...AMOUNTS,
  },
  always: ['CURRENCY'],
  subject: 'f.patient',
  evidence: ['f.seq'],
});

/** The same of single services: the lines of claims and answers, where they are itemised. */
export const services: FigureMaker = () => ({
  class: 'fhir.resource',
  source: `(SELECT c.seq, c.kind, c.patient, c.provider, c.payer, c.type, c.told, c.is_bill,
      coalesce(l.currency, c.currency) AS currency, l.code, l.quantity, l.billed, l.allowed, l.paid, l.denied
    FROM line l JOIN ${BILLS} c ON c.seq = l.seq) f`,
  time: 'f.told',
  dimensions: { ...CLAIM_DIMENSIONS, SERVICE: { sql: 'f.code', kind: 'TERM' } },
  filters: { ...CLAIM_FILTERS, services: ['f.code'] },
  measures: {
    lines: countOf('f.is_bill'),
    quantity: moneyOf('f.quantity', 'f.is_bill'),
    ...AMOUNTS,
  },
  always: ['CURRENCY'],
  subject: 'f.patient',
  evidence: ['f.seq'],
});
