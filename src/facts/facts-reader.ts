/** A parameter of a question; a list stands for `= ANY($1)` or `unnest($1)`. */
export type FactValue = string | number | boolean | null | readonly number[] | readonly string[];

export interface FactsQueryOptions {
  /** Milliseconds from now. */
  deadlineMs?: number;
  signal?: AbortSignal;
  /** Facts must be complete up to here, as `caughtUp` said: they may have been thrown away since. */
  atLeast?: number;
}

/**
 * Questions over the facts. Consistency law: each question sees one committed state, never half a batch; a question asked
 * after `caughtUp(position)` has answered with at least that position sees all the index had before it.
 */
export interface FactsReader {
  /** Facts are complete up to here, as far as is known without looking. */
  readonly position: number;

  /**
   * Runs one statement. Parameters are `$1`, `$2` ... and never part of the text. Rows come as arrays: numbers of every kind
   * but DECIMAL as number, DECIMAL as text (`75.0000`), a timestamp or date as ms, a list as array, NULL as null.
   *
   * @throws AppError DEADLINE (late, or the signal said so), QUERY_TOO_COMPLEX (needs more memory than there is),
   *   UNAVAILABLE (not `atLeast`), STORE_FAILED, STORE_FULL, SHUTTING_DOWN
   */
  query<Row extends unknown[]>(
    sql: string,
    parameters?: readonly FactValue[],
    options?: FactsQueryOptions,
  ): Promise<Row[]>;

  /**
   * Works until the facts have all that the index had before `position`, as far as the time allows. Never throws for being
   * late.
   *
   * @returns up to where they have it
   */
  caughtUp(position: number, options?: FactsQueryOptions): Promise<number>;
}
