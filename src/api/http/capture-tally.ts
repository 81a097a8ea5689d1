import type { CaptureResult, DocumentProblem, RecordReceipt } from '../../capture/capture.js';
import { AppError } from '../../error.js';
import type { Ledger } from '../../ledger/ledger.js';

/** Enough to see what is wrong; the counts stay exact. */
const PROBLEMS_SHOWN_MAX = 1_000;
const RECEIPTS_SHOWN_MAX = 100;

/** What a bulk capture answers. */
export interface CaptureSummary {
  captured: number;
  /** Records refused; each has one problem or more. */
  refused: number;
  /** Records an earlier call with the same Idempotency-Key had brought in. */
  repeated: number;
  head: { origin: string; size: number; root: string };
  /** The first 1,000, in order of their place; `line` counts from 1 in NDJSON. */
  problems: (Omit<DocumentProblem, 'document' | 'isFurther'> & {
    document?: number;
    line?: number;
  })[];
  /** Present when there are at most 100. */
  receipts?: RecordReceipt[];
}

/** Adds up the results of a bulk capture as its batches come in. */
export class CaptureTally {
  private captured = 0;
  private repeated = 0;
  private refused = 0;
  private problems: CaptureSummary['problems'] = [];
  private receipts: RecordReceipt[] | undefined = [];

  /** @param lines the line of each document, for NDJSON */
  add({ receipts, refused, problems }: CaptureResult, lines?: number[]): void {
    const repeated = receipts.filter((receipt) => receipt.repeated).length;
    this.repeated += repeated;
    this.captured += receipts.length - repeated;
    this.refused += refused;
    const room = PROBLEMS_SHOWN_MAX - this.problems.length;
    for (const { document, isFurther: _, ...problem } of problems.slice(0, Math.max(room, 0))) {
      this.problems.push(lines ? { line: lines[document], ...problem } : { document, ...problem });
    }
    const count = this.captured + this.repeated;
    this.receipts = count <= RECEIPTS_SHOWN_MAX ? this.receipts?.concat(receipts) : undefined;
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
    const { captured, refused, repeated, problems, receipts } = this;
    return { captured, refused, repeated, head, problems, ...(receipts ? { receipts } : {}) };
  }
}
