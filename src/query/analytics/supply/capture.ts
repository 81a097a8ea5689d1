import { count, percentiles, type FigureMaker } from '../figure.js';

/**
 * Records of every class as they came into the log, each version once, by the time of their capture. Lag: from what the
 * record says of its time to its place on the ledger, ms. Subjects are records, whatever their version.
 */
export const capture: FigureMaker = ({ statement, classes }) => ({
  source: `(SELECT r.*, k.class, k.type FROM record r JOIN kind k ON k.id = r.kind
    WHERE ${statement.isIn('k.class', classes)}) f`,
  time: 'f.captured',
  dimensions: {
    BUCKET: { sql: 'f.captured', kind: 'TIME' },
    CLASS: { sql: 'f.class', kind: 'TEXT' },
    TYPE: { sql: 'f.type', kind: 'TEXT' },
    ORGANISATION: { sql: 'f.author', kind: 'THING' },
  },
  filters: { organisations: ['f.author'] },
  measures: {
    versions: count('count(*)'),
    sizeBytes: { sql: 'sum(f.size)', type: 'INT' },
    ...percentiles('f.captured - f.time', { lagP50Ms: 0.5, lagP95Ms: 0.95 }),
  },
  subject: 'f.origin',
  evidence: ['f.seq'],
});
