import type { ErrorCode } from '../error.js';
import type { Problem, Warning, WarningCode } from './draft.js';
import { showPointer, type Path } from './json-pointer.js';

const FINDINGS_MAX = 10;

/** Collects what is wrong with one record, with the place it is at; ten problems are enough for anyone to start with. */
export class Findings {
  readonly problems: Problem[] = [];
  /** What is odd, but no reason to refuse the record. */
  readonly warnings: Warning[] = [];
  /** Where the check is now, below the record. Checks push and pop. */
  readonly at: (string | number)[] = [];

  /** @param base the record's own place in its document */
  constructor(private readonly base: Path) {}

  get isFull(): boolean {
    return this.problems.length >= FINDINGS_MAX;
  }

  /** Nothing more is warned of. */
  get isWarned(): boolean {
    return this.warnings.length >= FINDINGS_MAX;
  }

  /**
   * @param message shown to callers: no values, no names but the standard's
   * @param steps from the present place down to the culprit
   */
  add(message: string, steps: Path = [], code: ErrorCode = 'INVALID_RECORD'): void {
    if (this.isFull) return;
    const pointer = this.pointerTo(steps);
    const isFurther = this.problems.length > 0;
    this.problems.push({ pointer, code, message, ...(isFurther && { isFurther }) });
  }

  /** Like `add`, for what is told and kept. */
  warn(code: WarningCode, message: string, steps: Path = []): void {
    if (this.isWarned) return;
    this.warnings.push({ pointer: this.pointerTo(steps), code, message });
  }

  /** Runs a check one step further down. */
  within(step: string | number, check: () => void): void {
    this.at.push(step);
    check();
    this.at.pop();
  }

  private pointerTo(steps: Path): string {
    return showPointer([...this.base, ...this.at, ...steps]);
  }
}
