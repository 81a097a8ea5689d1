import type { Sql } from '../record/record-filter.js';
import type { EventSource } from './event-source.js';

/** A test of one event `e` in SQL. */
export interface EventTest {
  kind: 'TEST';
  /** Never NULL, so that it can be negated. */
  sql: Sql;
  /** About how many seeks in the index one test takes. */
  seeks: number;
  /** Where all events that pass are found without looking at others; they are tested all the same. */
  source?: EventSource;
}

/** What a filter asks of one event. */
export type EventCondition =
  | { kind: 'ALL'; parts: EventCondition[] }
  | { kind: 'ANY'; parts: EventCondition[] }
  | { kind: 'NOT'; part: EventCondition }
  | EventTest;

/** Every event passes; none does. */
export const ALWAYS: EventCondition = { kind: 'ALL', parts: [] };
export const NEVER: EventCondition = { kind: 'ANY', parts: [] };

export function isAlways(condition: EventCondition): boolean {
  return condition.kind === 'ALL' && condition.parts.length === 0;
}

export function isNever(condition: EventCondition): boolean {
  return condition.kind === 'ANY' && condition.parts.length === 0;
}

/** What can be told without looking is: one impossible part makes all impossible. */
export function allOf(conditions: readonly EventCondition[]): EventCondition {
  const parts = conditions.flatMap((each) => (each.kind === 'ALL' ? each.parts : [each]));
  if (parts.some(isNever)) return NEVER;
  return parts.length === 1 ? parts[0]! : { kind: 'ALL', parts };
}

export function anyOf(conditions: readonly EventCondition[]): EventCondition {
  const parts = conditions.flatMap((each) => (each.kind === 'ANY' ? each.parts : [each]));
  if (parts.some(isAlways)) return ALWAYS;
  return parts.length === 1 ? parts[0]! : { kind: 'ANY', parts };
}

export function not(part: EventCondition): EventCondition {
  if (isNever(part)) return ALWAYS;
  return isAlways(part) ? NEVER : { kind: 'NOT', part };
}

/** A test by what stands in the event's own row. */
export function rowTest(text: string, ...values: Sql['values']): EventTest {
  return { kind: 'TEST', sql: { text: `((${text}) IS TRUE)`, values }, seeks: 0 };
}

export function formatCondition(condition: EventCondition): Sql {
  switch (condition.kind) {
    case 'TEST':
      return condition.sql;
    case 'NOT': {
      const { text, values } = formatCondition(condition.part);
      return { text: `NOT ${text}`, values };
    }
    case 'ALL':
      return join(cheapFirst(condition.parts), ' AND ', 'TRUE');
    case 'ANY':
      return join(cheapFirst(condition.parts), ' OR ', 'FALSE');
  }
}

/** How many seeks it takes to test one event, at worst. */
export function seeksOf(condition: EventCondition): number {
  if (condition.kind === 'TEST') return condition.seeks;
  if (condition.kind === 'NOT') return seeksOf(condition.part);
  return condition.parts.reduce((sum, part) => sum + seeksOf(part), 0);
}

/** How many tests there are. */
export function testsOf(condition: EventCondition): number {
  if (condition.kind === 'TEST') return 1;
  if (condition.kind === 'NOT') return testsOf(condition.part);
  return condition.parts.reduce((sum, part) => sum + testsOf(part), 0);
}

function cheapFirst(parts: readonly EventCondition[]): EventCondition[] {
  return [...parts].sort((a, b) => seeksOf(a) - seeksOf(b));
}

function join(parts: readonly EventCondition[], separator: string, none: string): Sql {
  const sqls = parts.map(formatCondition);
  if (sqls.length === 0) return { text: none, values: [] };
  return {
    text: `(${sqls.map(({ text }) => text).join(separator)})`,
    values: sqls.flatMap(({ values }) => values),
  };
}
