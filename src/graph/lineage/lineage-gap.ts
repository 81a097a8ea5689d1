import type { DatabaseSync } from 'node:sqlite';
import { formatRule, MATCH_RULES } from '../dispense/match-rule.js';
import type { RelationFilter } from '../edge/relation.js';
import { Select } from '../select.js';

/** What an answer may miss because the index itself does not know it. */
export class LineageGaps {
  private readonly waiting: Select<[count: number]>;
  private readonly healedLater: Select<[count: number]>;
  private readonly unreadable: Select<[seq: number]>;

  constructor(database: DatabaseSync) {
    this.waiting = new Select(
      database,
      `SELECT count(*) FROM (SELECT DISTINCT p.src, p.rel, p.path
       FROM json_each(?) j CROSS JOIN pending p ON p.src = j.value WHERE ((1 << p.rel) & ?) <> 0)`,
    );
    // no reference of the record's own: what the far end says of it, and what was matched
    const rules = MATCH_RULES.map((rule) => `'${formatRule(rule)}'`).join(', ');
    this.healedLater = new Select(
      database,
      `SELECT count(*) FROM json_each(?) j CROSS JOIN edge e ON e.src = j.value
       WHERE ((1 << e.rel) & ?) <> 0 AND e.dst > ? AND e.path >= 0
         AND e.path NOT IN (SELECT id FROM term WHERE text IN (${rules}))`,
    );
    this.unreadable = new Select(
      database,
      'SELECT seq FROM record INDEXED BY record_unreadable WHERE state <> 0 AND seq <= ? LIMIT 1',
    );
  }

  /** References of these records that led nowhere, or only to what was not known yet. */
  countUnresolved(
    upstream: readonly number[],
    { mask }: RelationFilter,
    position: number,
    head: number,
  ): number {
    if (upstream.length === 0) return 0;
    const nodes = JSON.stringify(upstream);
    const [waiting] = this.waiting.get(nodes, mask)!;
    if (position === head) return waiting;
    return waiting + this.healedLater.get(nodes, mask, position)![0];
  }

  /** Whether there is a record that could not be read at all. */
  hasUnreadable(position: number): boolean {
    return this.unreadable.get(position) !== undefined;
  }
}
