import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

/**
 * A prepared question whose rows come as arrays: building an object for each row costs more than reading it. A bound limit
 * is written `LIMIT +?`: at `LIMIT ?` SQLite looks at the value while it plans, and so plans anew at every call.
 */
export class Select<Row extends SQLOutputValue[]> {
  private readonly statement: StatementSync;

  constructor(database: DatabaseSync, sql: string) {
    this.statement = database.prepare(sql, { returnArrays: true });
  }

  all(...values: SQLInputValue[]): Row[] {
    return this.statement.all(...values) as unknown as Row[];
  }

  get(...values: SQLInputValue[]): Row | undefined {
    return this.statement.get(...values) as unknown as Row | undefined;
  }
}
