import type { CaptureResult, DocumentProblem, DocumentWarning } from '../../capture/capture.js';
import type { RecordReceipt } from '../../capture/record-receipt.js';
import { JOB_ERRORS_MAX, type JobProgress } from '../../capture/job.js';
import { AppError } from '../../error.js';
import type { Ledger } from '../../ledger/ledger.js';

/** Enough to see what is wrong; the counts stay exact. */
const PROBLEMS_SHOWN_MAX = 1_000;
const RECEIPTS_SHOWN_MAX = 100;
const WARNINGS_SHOWN_MAX = 100;

/** Where in the body: its document, or its line from 1 in NDJSON. */
type Placed<T extends { document: number }> = Omit<T, 'document' | 'isFurther'> & {
  document?: number;
  line?: number;
};

/** What a bulk capture answers. */
export interface CaptureSummary {
  captured: number;
  /** Of those captured: records that were not there before. */
  created: number;
  /** Of those captured: next versions of records that were. */
  revised: number;
  /** Records refused; each has one problem or more. */
  refused: number;
  /** Records that were there already, as they are. */
  repeated: number;
  /** What is odd about records that were kept. */
  warnings: number;
  head: { origin: string; size: number; root: string };
  /** The first 1,000, in order of their place; `line` counts from 1 in NDJSON. */
  problems: Placed<DocumentProblem>[];
  /** The first 100; absent when there are none. */
  firstWarnings?: Placed<DocumentWarning>[];
  /** Present when there are at most 100. */
  receipts?: RecordReceipt[];
}

/** Adds up the results of a bulk capture as its batches come in. */
export class CaptureTally {
  private captured = 0;
  private revised = 0;
  private repeated = 0;
  private refused = 0;
  private warnings = 0;
  private problems: Placed<DocumentProblem>[] = [];
  private firstWarnings: Placed<DocumentWarning>[] = [];
  private receipts: RecordReceipt[] | undefined = [];

  /** @param changed called with the progress so far when something was added */
  constructor(private readonly changed: (progress: JobProgress) => void = () => {}) {}

  /** @param lines the line of each document, for NDJSON */
  add(result: CaptureResult, lines?: number[]): void {
    const { receipts, refused, problems, warnings, firstWarnings = [] } = result;
    const repeated = receipts.filter((receipt) => receipt.repeated).length;
    this.repeated += repeated;
    this.captured += receipts.length - repeated;
    this.revised += receipts.filter((receipt) => !receipt.repeated && receipt.ver > 1).length;
    this.refused += refused;
    this.warnings += warnings;
    for (const { isFurther: _, ...problem } of roomFor(problems, this.problems, PROBLEMS_SHOWN_MAX))
      this.problems.push(place(problem, lines));
    for (const warning of roomFor(firstWarnings, this.firstWarnings, WARNINGS_SHOWN_MAX))
      this.firstWarnings.push(place(warning, lines));
    const count = this.captured + this.repeated;
    this.receipts = count <= RECEIPTS_SHOWN_MAX ? this.receipts?.concat(receipts) : undefined;
    this.changed(this.progress());
  }

  /** What a job remembers. */
  progress(): JobProgress {
    const { captured, refused, repeated, warnings, problems } = this;
    return { captured, refused, repeated, warnings, errors: problems.slice(0, JOB_ERRORS_MAX) };
  }

  /** Why nothing at all was captured, as an error; undefined when something was. */
  get failure(): AppError | undefined {
    if (this.captured + this.repeated > 0) return undefined;
    if (this.refused === 0) return new AppError('EMPTY_INPUT', 'there is nothing to capture');
    const [only] = this.problems;
    if (this.problems.length === 1 && only) {
      return new AppError(only.code, only.message, { pointer: only.pointer });
    }
    return new AppError('BATCH_ROLLED_BACK', `nothing was captured: ${this.refused} refused`);
  }

  summary(ledger: Ledger): CaptureSummary {
    const { size, root } = ledger.head();
    const head = { origin: ledger.origin, size, root: Buffer.from(root).toString('base64') };
    const { captured, revised, refused, repeated, warnings, problems, firstWarnings, receipts } =
      this;
    return {
      captured,
      created: captured - revised,
      revised,
      refused,
      repeated,
      warnings,
      head,
      problems,
      ...(firstWarnings.length > 0 && { firstWarnings }),
      ...(receipts && { receipts }),
    };
  }
}

/** Those of `found` that a list of at most `max` still has room for. */
function roomFor<T>(found: T[], list: unknown[], max: number): T[] {
  return found.slice(0, Math.max(max - list.length, 0));
}

function place<T extends { document: number }>(
  { document, ...said }: T,
  lines: number[] | undefined,
): Omit<T, 'document'> & { document?: number; line?: number } {
  return lines ? { line: lines[document], ...said } : { document, ...said };
}
