import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../error.js';
import type { FactValue } from './facts-reader.js';
import type { FactsFile } from './facts-file.js';
import { fromValue, toParameter } from './sql-value.js';

/** As many at once as there is memory for. */
const CONNECTIONS_MAX = 4;
/** A question that has not begun to run does not hear an interrupt: it is told again. */
const INTERRUPT_EVERY_MS = 20;

/** Runs questions on connections of their own, each seeing one committed state. */
export class Questions {
  private readonly idle: DuckDBConnection[] = [];
  private readonly waiting: (() => void)[] = [];
  private readonly running = new Map<number, () => void>();
  private open = 0;

  constructor(private readonly file: FactsFile) {}

  /**
   * @param id under which `cancel` ends it
   * @throws AppError DEADLINE, and DuckDB's errors
   */
  async ask(
    id: number,
    sql: string,
    parameters: readonly FactValue[],
    deadlineMs?: number,
  ): Promise<unknown[][]> {
    let isCancelled = false;
    let connection: DuckDBConnection | undefined;
    let interrupting: NodeJS.Timeout | undefined;
    const cancel = () => {
      isCancelled = true;
      interrupting ??= setInterval(() => connection?.interrupt(), INTERRUPT_EVERY_MS);
      connection?.interrupt();
      for (const wake of this.waiting.splice(0)) wake();
    };
    const timer = deadlineMs === undefined ? undefined : setTimeout(cancel, deadlineMs);
    this.running.set(id, cancel);
    try {
      while (!isCancelled && !(connection = await this.take())) await this.turn();
      if (isCancelled || !connection) throw new AppError('DEADLINE', 'the question was too late');
      return await run(connection, sql, parameters, () => isCancelled);
    } finally {
      clearTimeout(timer);
      clearInterval(interrupting);
      this.running.delete(id);
      if (connection) this.give(connection);
    }
  }

  cancel(id: number): void {
    this.running.get(id)?.();
  }

  /** Ends all that run, and lets go of the file. */
  async close(): Promise<void> {
    for (const cancel of this.running.values()) cancel();
    while (this.running.size > 0) await this.turn();
    for (const connection of this.idle.splice(0)) connection.closeSync();
  }

  private async take(): Promise<DuckDBConnection | undefined> {
    const idle = this.idle.pop();
    if (idle) return idle;
    if (this.open >= CONNECTIONS_MAX) return undefined;
    this.open++;
    return this.file.instance.connect();
  }

  private give(connection: DuckDBConnection): void {
    this.idle.push(connection);
    for (const wake of this.waiting.splice(0)) wake();
  }

  private turn(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

async function run(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly FactValue[],
  isCancelled: () => boolean,
): Promise<unknown[][]> {
  const bound = parameters.map(toParameter);
  const result = await connection.run(
    sql,
    bound.map(({ value }) => value),
    bound.map(({ type }) => type!),
  );
  const rows: unknown[][] = [];
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    if (isCancelled()) throw new AppError('DEADLINE', 'the question was broken off');
    for (const row of chunk.getRows()) rows.push(row.map(fromValue));
  }
  return rows;
}
