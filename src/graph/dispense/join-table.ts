import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { encodeRelation } from '../edge/relation.js';
import { Select } from '../select.js';
import type { TermWriter } from '../term.js';
import { formatRule, MATCH_RULES } from './match-rule.js';

const DERIVED = encodeRelation('wasDerivedFrom');

/**
 * Joined dispensings as edges: from the record to the event, the rule in the place of the path. A reference from the one to the
 * other says the same and was stored before, so that nothing is put in its place, and it is not taken away.
 */
export class JoinTable {
  private readonly joined: Select<[event: number, path: number]>;
  private readonly add: StatementSync;
  private readonly remove: StatementSync;

  constructor(
    database: DatabaseSync,
    private readonly terms: TermWriter,
  ) {
    const paths = MATCH_RULES.map(() => '?').join(', ');
    this.joined = new Select(
      database,
      `SELECT dst, path FROM edge NOT INDEXED
       WHERE src = ? AND rel = ${DERIVED} AND path IN (${paths})`,
    );
    this.add = database.prepare(`INSERT OR IGNORE INTO edge VALUES (?, ${DERIVED}, ?, ?)`);
    this.remove = database.prepare(
      `DELETE FROM edge WHERE src = ? AND rel = ${DERIVED} AND dst = ?`,
    );
  }

  /**
   * Joins a record with these events, each by the code of its rule, and with no others.
   *
   * @returns how many edges there are more than before
   */
  set(record: number, wanted: ReadonlyMap<number, number>): number {
    const paths = MATCH_RULES.map((rule) => this.terms.idOf(formatRule(rule)));
    const there = new Map(this.joined.all(record, ...paths));
    let growth = 0;
    for (const [event, path] of there) {
      const rule = wanted.get(event);
      if (rule !== undefined && paths[rule] === path) continue;
      growth -= Number(this.remove.run(record, event).changes);
    }
    for (const [event, rule] of wanted) {
      if (there.get(event) === paths[rule]) continue;
      growth += Number(this.add.run(record, event, paths[rule]!).changes);
    }
    return growth;
  }
}
