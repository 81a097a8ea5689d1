import type { Statement } from '../statement.js';

/** Id of a code, its part in the rule, the rule, and how many parts make it whole. */
export type RuleRow = [code: number, part: number, rule: number, needed: number];

/** Of no code: a table must have a row. */
const NOTHING: RuleRow = [-1, 0, -1, 1_000_000];

/** Rules as a table of one statement, all values parameters. */
export function ruleTable(statement: Statement, rows: readonly RuleRow[]): string {
  const all = [NOTHING, ...rows];
  const column = (place: 0 | 1 | 2 | 3) => statement.bind(all.map((row) => row[place]));
  return `(SELECT unnest(${column(0)}) AS code, unnest(${column(1)}) AS part,
    unnest(${column(2)}) AS rule, unnest(${column(3)}) AS needed)`;
}
