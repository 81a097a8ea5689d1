import type { Output } from './output.js';
import { hintFor } from './hint.js';

/** Something of a file that was not captured. */
export interface CaptureProblem {
  file: string;
  /** From 1, in files of lines. */
  line?: number;
  code: string;
  /** RFC 6901, into the document. */
  pointer: string;
  message: string;
  hint?: string;
}

export interface Head {
  origin: string;
  size: number;
  /** base64, as in the checkpoint. */
  root: string;
}

/** More problems than this are counted, not kept. */
const PROBLEMS_KEPT = 10_000;
const SHOWN = 20;

/** What a capture came to, file by file. */
export class Tally {
  captured = 0;
  /** Of those captured: there already, as they are. */
  repeated = 0;
  /** Of those captured: next versions of records that were there. */
  revised = 0;
  refused = 0;
  /** What is odd about records that were captured all the same. */
  warnings = 0;
  files = 0;
  readonly problems: CaptureProblem[] = [];

  keep(problem: CaptureProblem): void {
    if (this.problems.length >= PROBLEMS_KEPT) return;
    this.problems.push({ ...problem, hint: problem.hint ?? hintFor(problem.code) });
  }

  /** The object `capture --json` prints. */
  format(head: Head | undefined): object {
    const { captured, repeated, revised, refused, warnings, files, problems } = this;
    const created = captured - repeated - revised;
    return { captured, created, revised, repeated, refused, warnings, files, head, problems };
  }

  describe(output: Output, head: Head | undefined): string {
    const parts = [`captured ${this.captured} records from ${this.files} file(s)`];
    if (this.revised > 0) parts.push(`${this.revised} of them are new versions`);
    if (this.repeated > 0) parts.push(`${this.repeated} of them were there already`);
    if (this.refused > 0) parts.push(output.style('red', `refused ${this.refused}`));
    if (this.warnings > 0) parts.push(output.style('yellow', `${this.warnings} warning(s)`));
    const where = head && `  log ${head.origin}: ${head.size} entries, root ${head.root}`;
    return [parts.join('; '), ...(where === undefined ? [] : [where])].join('\n');
  }

  /** Each problem on a line, each hint once, where it is first of use. */
  sayProblems(output: Output): void {
    const hints = new Set<string | undefined>([undefined]);
    for (const { file, line, code, pointer, message, hint } of this.problems.slice(0, SHOWN)) {
      const place = `${file}${line === undefined ? '' : `:${line}`}${pointer === '' ? '' : ` ${pointer}`}`;
      output.say(`refused ${place}: ${message} (${code})`);
      if (!hints.has(hint)) output.say(`  ${hint}`);
      hints.add(hint);
    }
    const more = this.refused - Math.min(this.problems.length, SHOWN);
    if (more > 0) output.say(`and ${more} more; --json lists them`);
  }
}
