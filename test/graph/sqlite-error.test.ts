import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/error.js';
import { fromSqlite, guard, isDamagedIndex } from '../../src/graph/sqlite-error.js';

function catchError(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('an error of SQLite', () => {
  it('for a full disk is STORE_FULL, which may pass', () => {
    const database = new DatabaseSync(':memory:');
    database.exec('PRAGMA max_page_count = 2; CREATE TABLE t (x)');
    const insert = database.prepare('INSERT INTO t VALUES (?)');
    const failure = catchError(() => guard(() => insert.run('x'.repeat(100_000))));
    expect(failure).toMatchObject({ code: 'STORE_FULL', retryable: true });
    database.close();
  });

  it('quotes nothing', () => {
    const database = new DatabaseSync(':memory:');
    database.exec("CREATE TABLE t (x TEXT CHECK (x <> 'canary'))");
    const failure = catchError(() =>
      guard(() => database.exec("INSERT INTO t VALUES ('canary')")),
    ) as AppError;
    expect(failure).toBeInstanceOf(AppError);
    expect(failure.code).toBe('STORE_FAILED');
    expect(failure.message + JSON.stringify(failure.data)).not.toContain('canary');
    expect(isDamagedIndex(failure)).toBe(false);
    database.close();
  });

  it('is left alone when it is none', () => {
    for (const error of [new Error('x'), new AppError('NOT_FOUND', 'x'), undefined, 7]) {
      expect(fromSqlite(error)).toBe(error);
    }
  });
});
