import type { IndexRow } from '../../src/graph/row.js';
import type { Relation } from '../../src/record/draft.js';
import { fakeCid, LogBuilder } from './log-builder.js';
import fc from '../support/fast-check.js';

const RELATIONS: Relation[] = ['wasDerivedFrom', 'used', 'wasAttributedTo', 'refersTo'];
const TYPES = ['Claim', 'Encounter', 'Patient'];

const names = fc.nat(9).map((n) => `thing/${n}`);

const spec = fc.record({
  /** Index of the row to revise, modulo how many there are; undefined for a new record. */
  revises: fc.option(fc.nat(30), { nil: undefined, freq: 4 }),
  aliases: fc.uniqueArray(names, { maxLength: 3 }),
  references: fc.array(fc.tuple(names, fc.constantFrom(...RELATIONS), fc.nat(3)), { maxLength: 4 }),
  links: fc.array(fc.nat(30), { maxLength: 1 }),
  type: fc.constantFrom(...TYPES),
  state: fc.constantFrom('AVAILABLE' as const, 'AVAILABLE' as const, 'SEALED' as const),
  isOther: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

/**
 * Logs with few names and many references, some of them inverse, so that names are claimed twice, references come before their targets,
 * cycles and self-loops form, and records are revised.
 */
export const randomLog: fc.Arbitrary<IndexRow[]> = fc
  .array(spec, { minLength: 1, maxLength: 30 })
  .map((specs) => {
    const log = new LogBuilder();
    for (const each of specs) {
      if (each.isOther) {
        log.addOther();
        continue;
      }
      const records = log.rows.filter(({ rid }) => rid !== undefined);
      const former = records[(each.revises ?? 0) % Math.max(records.length, 1)];
      const row = {
        links: each.links.map((n) => ({ rel: 'wasDerivedFrom', statement: fakeCid('s', n) })),
        state: each.state,
        extract: {
          type: each.type,
          aliases: each.aliases,
          references: each.references.map(([target, relation, coin], i) => ({
            target,
            relation,
            path: `/at/${i}`,
            ...(coin === 0 && { isInverse: true as const }),
          })),
        },
      };
      if (each.revises !== undefined && former) log.revise(former, '', row);
      else log.add('', row);
    }
    return log.rows;
  });
