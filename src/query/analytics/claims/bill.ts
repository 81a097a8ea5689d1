import { countOf, type Figure, type Measure } from '../figure.js';

/**
 * Claims and their answers. Each matter is billed once: a claim is; an explanation of benefit is only when the node does not
 * have the claim it answers (`is_bill`; `claim_ref` is of explanations alone). `told`: when it was created, else the first day of service, else the time of the
 * record. Drafts, what was cancelled or entered in error, and requests for authorisation in advance bill nothing, and are
 * left out.
 */
export const BILLS = `(SELECT c.*, coalesce(c.created, c.since, c.time) AS told,
    (c.kind = 'CLAIM' OR o.origin IS NULL) AS is_bill
  FROM claim c LEFT JOIN (SELECT origin FROM claim WHERE kind = 'CLAIM') o
    ON o.origin = c.claim_ref
  WHERE coalesce(c.use_, 'claim') = 'claim'
    AND coalesce(c.status, 'active') NOT IN ('draft', 'cancelled', 'entered-in-error'))`;

/** Lines of what is billed; `day`: of service, days since the epoch. */
export function billedLines(day: string, condition = 'TRUE'): string {
  return `(SELECT l.seq, l.n, l.code, coalesce(l.modifiers, '') AS modifiers, l.quantity, l.serviced, l.billed,
      ${day} AS day, c.patient, c.provider, c.payer, c.type, coalesce(l.currency, c.currency) AS currency, c.told
    FROM line l JOIN ${BILLS} c ON c.seq = l.seq WHERE c.is_bill AND ${condition})`;
}

export const CLAIM_DIMENSIONS: Figure['dimensions'] = {
  BUCKET: { sql: 'f.told', kind: 'TIME' },
  PAYER: { sql: 'f.payer', kind: 'PARTY' },
  PROVIDER: { sql: 'f.provider', kind: 'PARTY' },
  CLAIM_TYPE: { sql: 'f.type', kind: 'TERM' },
  CURRENCY: { sql: 'f.currency', kind: 'TEXT' },
};

export const CLAIM_FILTERS: Figure['filters'] = {
  payers: ['f.payer'],
  providers: ['f.provider'],
  claimTypes: ['f.type'],
  currencies: ['f.currency'],
};

/** Exact: sums of decimals stay decimals. */
export const money = (sql: string): Measure => ({ sql, type: 'DECIMAL' });

/** Of some rows only. */
export const moneyOf = (sql: string, of: string): Measure => ({
  sql: `sum(${sql}) FILTER (WHERE ${of})`,
  type: 'DECIMAL',
  of,
});

const BILLED = 'f.is_bill';
const ANSWERED = "f.kind = 'EOB'";
export const DENIED = "f.kind = 'EOB' AND f.denied > 0";

export const AMOUNTS: Record<string, Measure> = {
  billed: moneyOf('f.billed', BILLED),
  allowed: moneyOf('f.allowed', ANSWERED),
  paid: moneyOf('f.paid', ANSWERED),
  denied: { ...moneyOf('f.denied', ANSWERED), of: DENIED },
};

export const BILL_COUNTS: Record<string, Measure> = {
  claims: countOf(BILLED),
  answers: countOf(ANSWERED),
};
