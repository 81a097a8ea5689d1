import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { ContainmentReader } from '../containment/containment-reader.js';
import { SqliteContainmentStore } from '../containment/sqlite-store.js';
import { AFTER_ALL } from '../containment/position.js';
import type { Stretch } from '../containment/stretch.js';
import { TermReader } from '../term.js';
import {
  INHERITED_MENTIONS,
  isInherited,
  itemRoleOf,
  type InheritedMention,
} from '../trace/inheritance.js';
import { anyOf, type EventCondition } from './event-condition.js';
import { ACTIONS } from './event-store.js';
import { encodeRole, MENTION_ROLES } from './mention-role.js';

/** Stays in containers of all the items of one question. */
const STRETCHES_MAX = 300;
const RANK = 2;
const FUNCTION = 'provtrail_is_inherited';
const ROLES = INHERITED_MENTIONS.map(encodeRole);

/** Conditions on what happened to the containers of an item while it was in them. */
export class Inheritance {
  private readonly packing: ContainmentReader;
  private readonly terms: TermReader;

  constructor(database: DatabaseSync) {
    this.packing = new ContainmentReader(new SqliteContainmentStore(database, 'packing'));
    this.terms = new TermReader(database);
    // the rule of histories, so that lists and histories agree
    database.function(FUNCTION, { deterministic: true, varargs: true }, (...columns) =>
      this.isInherited(columns as (number | null)[]) ? 1 : 0,
    );
  }

  /** @throws AppError QUERY_TOO_COMPLEX */
  reaches(item: number): EventCondition {
    const { stretches, isComplete } = this.packing.stretchesOf(item, {});
    if (!isComplete || stretches.length > STRETCHES_MAX) {
      throw new AppError('QUERY_TOO_COMPLEX', 'the item was in too many containers', {
        hint: 'ask without includeInherited, or for the history of the item',
        limit: STRETCHES_MAX,
      });
    }
    return anyOf(stretches.map(stretchTest));
  }

  private isInherited([type, action, step, disposition, role]: (number | null)[]): boolean {
    const event = {
      ...{ seq: 0, time: 0, recordTime: 0, at: 0 },
      type: this.terms.textOf(type!),
      action: action === null ? undefined : ACTIONS[action!],
      bizStep: this.textOf(step!),
      disposition: this.textOf(disposition!),
    };
    return isInherited(event, itemRoleOf(MENTION_ROLES[role!] as InheritedMention));
  }

  private textOf(id: number | null): string | undefined {
    return id === null ? undefined : this.terms.textOf(id);
  }
}

function stretchTest({ container, from, to = AFTER_ALL }: Stretch): EventCondition {
  const text = `EXISTS (SELECT 1 FROM mention m WHERE m.what = ${container} AND m.role IN (${ROLES.join()})
    AND m.time = e.time AND m.seq = e.seq
    AND ${FUNCTION}(e.type, e.action, e.step, e.disposition, m.role))
    AND (e.time, e.record, e.seq) >= (?, ?, ?) AND (e.time, e.record, e.seq) < (?, ?, ?)
    AND e.voided IS NULL AND e.voids = 0`;
  const places = [from, to].flatMap(({ time, recordTime, seq }) => [time, recordTime, seq]);
  return {
    kind: 'TEST',
    sql: { text: `((${text}) IS TRUE)`, values: places },
    seeks: ROLES.length,
    source: {
      kind: 'MENTIONS',
      whats: [container],
      roles: ROLES,
      time: { from: from.time, before: Math.min(to.time + 1, Number.MAX_SAFE_INTEGER) },
      rank: RANK,
    },
  };
}
