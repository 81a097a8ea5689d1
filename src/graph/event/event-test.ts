import type { DatabaseSync } from 'node:sqlite';
import { Select } from '../select.js';
import { NEVER, rowTest, type EventCondition } from './event-condition.js';
import type { NumberRange } from './event-filter.js';
import { encodeRole, WORD_ROLE_MIN, type MentionRole } from './mention-role.js';
import { formatRange } from './number-bound.js';

/** How common a mention in a role is by nature, where there is too much of everything to be counted. */
const RANKS: Partial<Record<MentionRole, number>> = {
  EVENT_ID: 1,
  CORRECTIVE_ID: 1,
  EPC: 2,
  CHILD: 2,
  PARENT: 2,
  INPUT: 2,
  OUTPUT: 2,
  TRANSFORMATION_ID: 2,
  LOT: 3,
  READ_POINT: 6,
  BIZ_LOCATION: 6,
  BIZ_STEP: 7,
  DISPOSITION: 7,
  TYPE: 8,
  ACTION: 9,
};
const RANK_ELSE = 5;
const RANK_OF_WORDS = 4;

/** Base units are fewer. */
const KEYS_MAX = 1_000;

/** Column of `event` that says the same as a role does. */
const COLUMNS: Partial<Record<MentionRole, string>> = {
  TYPE: 'type',
  BIZ_STEP: 'step',
  DISPOSITION: 'disposition',
  READ_POINT: 'read_point',
  BIZ_LOCATION: 'biz_location',
  PARENT: 'parent',
  EVENT_ID: 'event',
};

/** Makes the tests of events. What no event has ever named is no term, and is found by none. */
export class EventTests {
  private readonly term: Select<[id: number]>;
  private readonly termsAt: Select<[id: number]>;

  constructor(database: DatabaseSync) {
    this.term = new Select(database, 'SELECT id FROM term WHERE text = ?');
    this.termsAt = new Select(
      database,
      `SELECT id FROM term WHERE text >= ?1 AND text < ?2 AND substr(text, -length(?3)) = ?3
       LIMIT ${KEYS_MAX}`,
    );
  }

  idOf(text: string): number | undefined {
    return this.term.get(text)?.[0];
  }

  idsOf(texts: readonly string[]): number[] {
    return [...new Set(texts.flatMap((text) => this.idOf(text) ?? []))];
  }

  /** Ids of the words that begin and end so; meant for keys that differ in a unit, of which there are few. */
  idsBetween(start: string, end: string): number[] {
    const behind = start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + 1);
    return this.termsAt.all(start, behind, end).map(([id]) => id);
  }

  /** Names one of these in one of the roles. */
  names(roles: readonly MentionRole[], texts: readonly string[]): EventCondition {
    return this.namesIds(roles, this.idsOf(texts));
  }

  namesIds(roles: readonly MentionRole[], whats: number[]): EventCondition {
    const ranks = roles.map((role) => RANKS[role] ?? RANK_ELSE);
    const column = roles.length === 1 ? COLUMNS[roles[0]!] : undefined;
    return mentionTest(whats, roles.map(encodeRole), Math.max(...ranks), column);
  }

  /** The same for a role that is a word. */
  says(role: string, texts: readonly string[]): EventCondition {
    const id = this.idOf(role);
    if (id === undefined) return NEVER;
    return mentionTest(this.idsOf(texts), [WORD_ROLE_MIN + id], RANK_OF_WORDS);
  }

  /** Has a number under one of the keys, within the range. */
  measures(keys: readonly string[], range: NumberRange): EventCondition {
    return measureTest(this.idsOf(keys), range);
  }
}

function mentionTest(
  whats: number[],
  roles: number[],
  rank: number,
  column?: string,
): EventCondition {
  if (whats.length === 0) return NEVER;
  const source = { kind: 'MENTIONS', whats, roles, rank } as const;
  if (column !== undefined) return { ...rowTest(`e.${column} IN (${whats.join()})`), source };
  const text = `EXISTS (SELECT 1 FROM mention m WHERE m.what IN (${whats.join()})
    AND m.role IN (${roles.join()}) AND m.time = e.time AND m.seq = e.seq)`;
  return {
    kind: 'TEST',
    sql: { text, values: [] },
    seeks: whats.length * roles.length,
    source,
  };
}

/** @param keys ids of the words of measure-key.ts */
export function measureTest(keys: number[], range: NumberRange): EventCondition {
  if (keys.length === 0) return NEVER;
  const { text, values } = formatRange('m.value', range);
  const test = `EXISTS (SELECT 1 FROM measure m INDEXED BY measure_event
    WHERE m.seq = e.seq AND m.key IN (${keys.join()}) AND ${text})`;
  return {
    kind: 'TEST',
    sql: { text: test, values },
    seeks: keys.length,
    source: { kind: 'MEASURES', keys, range },
  };
}
