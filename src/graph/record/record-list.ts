import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { FilterPlanner, joinSql, type RecordFilter, type Sql } from './record-filter.js';
import {
  NODE_COLUMNS,
  RecordDecoder,
  SPELLED,
  type NodeRow,
  type RecordNode,
} from './record-node.js';
import { Select } from '../select.js';

/** SEQ: ledger position. TIME: when it occurred, or was captured where the record does not say. */
export type RecordOrder = 'SEQ_ASC' | 'SEQ_DESC' | 'TIME_ASC' | 'TIME_DESC';

/** Where a page ended: the next begins behind it, whatever has been added since. */
export interface RecordPosition {
  seq: number;
  /** ms; needed for the TIME orders. */
  time?: number;
}

export interface RecordPage {
  nodes: RecordNode[];
  hasNext: boolean;
}

/** Where a node stands in a list, to go on behind it. */
export function positionOf({ seq, at, occurredAt }: RecordNode): Required<RecordPosition> {
  return { seq, time: occurredAt ?? at };
}

const FIRST_MAX = 10_000;

interface Order {
  column: 'seq' | 'time';
  direction: 'ASC' | 'DESC';
}

/** Lists of records by filter, paged by keyset. */
export class RecordList {
  private readonly planner: FilterPlanner;
  private readonly decoder: RecordDecoder;

  constructor(private readonly database: DatabaseSync) {
    this.planner = new FilterPlanner(database);
    this.decoder = new RecordDecoder(database);
  }

  /**
   * @param first how many at most: 1 to 10,000
   * @throws AppError BAD_USER_INPUT (first), BAD_CURSOR (after)
   */
  listRecords(
    filter: RecordFilter,
    orderBy: RecordOrder,
    first: number,
    after?: RecordPosition,
  ): RecordPage {
    if (!Number.isSafeInteger(first) || first < 1 || first > FIRST_MAX) {
      throw new AppError('BAD_USER_INPUT', `first must be from 1 to ${FIRST_MAX}`);
    }
    const order = formatOrder(orderBy);
    const page = this.format(this.planner.plan(filter, order.column), order, first + 1, after);
    if (!page) return { nodes: [], hasNext: false };
    const rows = new Select<NodeRow>(this.database, page.text).all(...page.values);
    const nodes = rows.slice(0, first).map((row) => this.decoder.decode(row, filter.knownAt));
    return { nodes, hasNext: rows.length > first };
  }

  /** Exact; from running counts where the filter names kinds only, else by reading all it lets through. */
  countRecords(filter: RecordFilter): number {
    const known = this.planner.countOfKinds(filter);
    if (known !== undefined) return known;
    return this.planner.plan(filter, 'seq').reduce((sum, { text, values }) => {
      const count = new Select<[count: number]>(this.database, `SELECT count(*) ${text}`);
      return sum + count.get(...values)![0];
    }, 0);
  }

  /** Each arm is read in order and only as far as the page could reach; then they are merged, and what remains is read. */
  private format(
    plans: Sql[],
    order: Order,
    limit: number,
    after?: RecordPosition,
  ): Sql | undefined {
    if (plans.length === 0) return undefined;
    const sorted = (table: string) =>
      `${table}.${order.column} ${order.direction}, ${table}.seq ${order.direction}`;
    const arms = plans.map((plan) => joinSql([plan, ...keyset(order, after)]));
    const texts = arms.map(
      ({ text }) => `SELECT * FROM (SELECT r.seq, r.time ${text}
        ORDER BY ${sorted('r')} LIMIT ${limit})`,
    );
    return {
      text: `SELECT ${NODE_COLUMNS} FROM (
          SELECT * FROM (${texts.join('\nUNION ALL\n')}) p ORDER BY ${sorted('p')} LIMIT ${limit}
        ) p CROSS JOIN record r ON r.seq = p.seq ${SPELLED} ORDER BY ${sorted('p')}`,
      values: arms.flatMap(({ values }) => values),
    };
  }
}

function formatOrder(orderBy: RecordOrder): Order {
  return {
    column: orderBy.startsWith('TIME') ? 'time' : 'seq',
    direction: orderBy.endsWith('DESC') ? 'DESC' : 'ASC',
  };
}

function keyset({ column, direction }: Order, after?: RecordPosition): Sql[] {
  if (!after) return [];
  const values = column === 'time' ? [after.time, after.seq] : [after.seq];
  if (!values.every((value) => Number.isSafeInteger(value))) {
    throw new AppError('BAD_CURSOR', 'the cursor does not fit this order');
  }
  const sign = direction === 'ASC' ? '>' : '<';
  const text = column === 'time' ? `(r.time, r.seq) ${sign} (?, ?)` : `r.seq ${sign} ?`;
  return [{ text, values: values as number[] }];
}
