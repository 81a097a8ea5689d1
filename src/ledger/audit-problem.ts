import type { ErrorCode } from '../error.js';

/**
 * One fault and where it is: `entry 17`, `nonce of entry 17`, `tile 0/3`, `head`, `authority`, `checkpoint`,
 * `journal`, `file 000005.ldb`.
 */
export interface AuditProblem {
  place: string;
  code: ErrorCode;
  message: string;
}

const PROBLEMS_MAX = 1_000;

/** The faults found so far; no more are kept than anyone reads. */
export class AuditProblems {
  readonly list: AuditProblem[] = [];

  add(place: string, code: ErrorCode, message: string): void {
    if (this.list.length < PROBLEMS_MAX) this.list.push({ place, code, message });
  }
}
