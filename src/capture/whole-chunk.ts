import { AppError } from '../error.js';
import type { PressedChunk } from './press.js';

/** The most records one all-or-nothing call can hold: they go into one group of the log. */
export const ROLLBACK_RECORDS_MAX = 8_192;

/** All chunks as one, bounded. @throws AppError TOO_LARGE */
export async function collect(chunks: AsyncIterable<PressedChunk>): Promise<PressedChunk> {
  const all: PressedChunk = { records: [], repeated: [], problems: [], warnings: [] };
  for await (const { records, repeated, problems, warnings } of chunks) {
    all.records.push(...records);
    all.repeated.push(...repeated);
    all.problems.push(...problems);
    all.warnings.push(...warnings);
    if (all.records.length > ROLLBACK_RECORDS_MAX) {
      throw new AppError(
        'TOO_LARGE',
        `an all-or-nothing call holds at most ${ROLLBACK_RECORDS_MAX} records`,
        { hint: 'send fewer at a time, or ask for proceed', limit: ROLLBACK_RECORDS_MAX },
      );
    }
  }
  return all;
}

/** @throws AppError INVALID_RECORD, NONCE_REUSED and whatever was wrong with the document */
export function checkCorrection(
  { records, repeated, problems }: PressedChunk,
  recordClass: string,
): void {
  const [problem] = problems;
  if (problem) {
    throw new AppError(problem.code, problem.message, { pointer: problem.pointer });
  }
  if (repeated.length > 0) {
    throw new AppError('NONCE_REUSED', 'this version has been corrected already', {
      hint: 'correct the latest version',
      seq: repeated[0]!.seq,
    });
  }
  if (records.length !== 1) {
    throw new AppError('INVALID_RECORD', 'a correction is exactly one record');
  }
  if (records[0]!.submission.statement.class !== recordClass) {
    throw new AppError('INVALID_RECORD', 'a correction keeps the class of the record it corrects');
  }
}
