import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { RecordClass } from '../../record/draft.js';
import { KindReader, type Kind } from './kind.js';
import { keyOf } from '../name/name.js';
import { Select } from '../select.js';
import { TimeIndex } from './time-index.js';

export interface RecordFilter {
  class?: RecordClass;
  type?: string;
  /** Key id of the statement's author. */
  author?: string;
  /** Captured at or after, ms. */
  from?: number;
  /** Captured before, ms. */
  to?: number;
  /** One of the record's own identifiers; without a system, whatever its system. */
  identifier?: { system?: string; value: string };
  /** Only versions no later one has superseded. */
  latestOnly?: boolean;
  /** The last ledger position whose knowledge counts; all when left out. */
  knownAt?: number;
}

/** A part of a question: its text, and its values in order. */
export interface Sql {
  text: string;
  values: SQLInputValue[];
}

/** More than SQLite would join in one question are read in one go instead. */
const ARMS_MAX = 200;

/** SQLite knows nothing of our data, so which index leads is decided here. */
export class FilterPlanner {
  private readonly kinds: KindReader;
  private readonly term: Select<[id: number]>;
  private readonly times: TimeIndex;

  constructor(database: DatabaseSync) {
    this.kinds = new KindReader(database);
    this.term = new Select(database, 'SELECT id FROM term WHERE text = ?');
    this.times = new TimeIndex(database, 'record');
  }

  /**
   * Disjoint `FROM ... WHERE ...` texts over `record r` that together hold what the filter lets through; each can be
   * read in order of `column`. None at all when nothing can match.
   */
  plan(filter: RecordFilter, column: 'seq' | 'time'): Sql[] {
    const kinds = this.kindsOf(filter);
    const rest = [...this.conditions(filter)];
    if (kinds.length === 0 || rest.some(({ text }) => text === 'FALSE')) return [];
    const ofKinds = kindCondition(kinds, filter);
    if (filter.identifier)
      return [joinSql([this.byIdentifier(filter.identifier), ofKinds, ...rest])];
    if (this.isRare(kinds) && kinds.length <= ARMS_MAX) {
      return kinds.map(({ id }) => joinSql([byKind(id, column), ...rest]));
    }
    return [joinSql([scan(filter, column), ofKinds, ...rest])];
  }

  /** Exact when the filter asks for kinds only; otherwise undefined. */
  countOfKinds(filter: RecordFilter): number | undefined {
    const { author, from, to, identifier, latestOnly, knownAt } = filter;
    const others = [author, from, to, identifier, latestOnly || undefined, knownAt];
    if (others.some((part) => part !== undefined)) return undefined;
    return this.kindsOf(filter).reduce((sum, { count }) => sum + count, 0);
  }

  private kindsOf(filter: RecordFilter): Kind[] {
    return this.kinds
      .all()
      .filter((kind) => filter.class === undefined || kind.class === filter.class)
      .filter((kind) => filter.type === undefined || kind.type === filter.type);
  }

  /** Worth reading kind by kind, rather than everything in order. */
  private isRare(kinds: Kind[]): boolean {
    const sum = (all: Kind[]) => all.reduce((total, { count }) => total + count, 0);
    return sum(kinds) * 2 < sum(this.kinds.all());
  }

  private byIdentifier({ system, value }: { system?: string; value: string }): Sql {
    const isSystem = system === undefined ? '' : 'AND i.value ->> 0 = ?';
    return {
      text: `FROM name n CROSS JOIN record r ON r.seq = n.seq CROSS JOIN spelling s ON s.seq = n.seq
             WHERE n.key = ? AND EXISTS (
               SELECT 1 FROM json_each(s.identifiers) i WHERE i.value ->> 1 = ? ${isSystem})`,
      values: [
        keyOf('identifier', value),
        value,
        ...(system === undefined ? [] : [this.term.get(system)?.[0] ?? -1]),
      ],
    };
  }

  private *conditions({
    author,
    from,
    to,
    latestOnly,
    knownAt = Number.MAX_SAFE_INTEGER,
  }: RecordFilter): Generator<Sql> {
    if (author !== undefined) {
      yield { text: 'r.author = ?', values: [this.term.get(author)?.[0] ?? -1] };
    }
    if (from !== undefined) yield { text: 'r.seq >= ?', values: [this.times.firstSince(from)] };
    if (to !== undefined) yield { text: 'r.seq < ?', values: [this.times.firstSince(to)] };
    if (knownAt < Number.MAX_SAFE_INTEGER) yield { text: 'r.seq <= ?', values: [knownAt] };
    if (latestOnly) yield { text: '(r.until IS NULL OR r.until > ?)', values: [knownAt] };
  }
}

function kindCondition(kinds: Kind[], filter: RecordFilter): Sql {
  if (filter.class === undefined && filter.type === undefined) return { text: 'TRUE', values: [] };
  const ids = JSON.stringify(kinds.map(({ id }) => id));
  return { text: 'r.kind IN (SELECT value FROM json_each(?))', values: [ids] };
}

function byKind(id: number, column: 'seq' | 'time'): Sql {
  const index = column === 'seq' ? 'record_kind' : 'record_kind_time';
  return { text: `FROM record r INDEXED BY ${index} WHERE r.kind = ?`, values: [id] };
}

function scan({ author }: RecordFilter, column: 'seq' | 'time'): Sql {
  const bySeq = author === undefined ? 'NOT INDEXED' : 'INDEXED BY record_author';
  const lead = column === 'seq' ? bySeq : 'INDEXED BY record_time';
  return { text: `FROM record r ${lead} WHERE TRUE`, values: [] };
}

export function joinSql(parts: Sql[]): Sql {
  return {
    text: parts.map(({ text }) => text).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  };
}
