import type { Archive } from '../archive/archive.js';
import type { Keyring } from '../crypto/keyring.js';
import { AppError, isAppError } from '../error.js';
import { decodeEntry } from '../ledger/entry.js';
import type { Ledger } from '../ledger/ledger.js';
import { decodeStatement, statementCid } from '../ledger/statement.js';
import type { RecordClass } from '../record/draft.js';
import { formatAppended, type AppendedRecord } from './appended-record.js';
import type {
  DocumentProblem,
  DocumentWarning,
  InputDocument,
  PressedChunk,
  PressedRecord,
  RepeatedRecord,
} from './press.js';
import type { Presser } from './presser.js';
import {
  formatReceipt,
  formatRepeat,
  inOrder,
  type Durability,
  type RecordReceipt,
} from './record-receipt.js';
import { checkCorrection, collect } from './whole-chunk.js';

export type CaptureMode = 'rollback' | 'proceed';

export interface CaptureInput {
  documents: InputDocument[];
  /** rollback: all or none. proceed: what is good, with a problem for each that is not. */
  mode: CaptureMode;
  idempotencyKey?: string;
  /** The classes this caller may write; all of them when absent. */
  classes?: readonly RecordClass[];
  /** Refuses what would otherwise only be warned of; default false. */
  strict?: boolean;
  /** What to wait for; default PUBLISHED. */
  waitFor?: Durability;
}

export interface CaptureResult {
  receipts: RecordReceipt[];
  /** How many records were refused; each has one problem or more. */
  refused: number;
  problems: DocumentProblem[];
  /** What is odd about the records that have a receipt: how many warnings there are. */
  warnings: number;
  /** The first 100 of them; absent when there are none. */
  firstWarnings?: DocumentWarning[];
}

/** What the write flow hands on, upwards, without knowing to whom. */
export interface CaptureListeners {
  /** What was just appended, so that followers need not read and open it again. */
  appended(records: AppendedRecord[]): void;
  /** Resolves when the read models have applied the first `size` entries. */
  indexed(size: number): Promise<void>;
}

/** Enough to see what is odd; the count stays exact. */
const WARNINGS_LISTED_MAX = 100;

/**
 * The write flow: draft -> seal -> put -> append -> receipt. Law 1: each effect is durable before the next; a block
 * and the key that opens it are one effect.
 */
export class Capture {
  readonly counts = { captured: 0, repeated: 0, refused: 0 };

  constructor(
    private readonly presser: Presser,
    private readonly archive: Archive,
    private readonly keys: Pick<Keyring, 'settle'>,
    private readonly ledger: Ledger,
    private readonly listeners: CaptureListeners,
  ) {}

  /**
   * @throws AppError LOG_BUSY, STORE_FULL (both retryable), STORE_FAILED, TOO_LARGE (rollback over the limit).
   *   With `proceed`, what was captured before a store failed stays captured; an idempotency key makes the retry safe.
   */
  async capture(input: CaptureInput): Promise<CaptureResult> {
    if (input.documents.length === 0)
      throw new AppError('EMPTY_INPUT', 'there is nothing to capture');
    const { documents, idempotencyKey, classes, strict } = input;
    const result: CaptureResult = { receipts: [], refused: 0, problems: [], warnings: 0 };
    const chunks = this.presser.press({ documents, idempotencyKey, classes, strict });
    for await (const chunk of input.mode === 'rollback' ? whole(chunks) : chunks) {
      result.problems.push(...chunk.problems);
      result.refused += chunk.problems.filter(({ isFurther }) => !isFurther).length;
      if (input.mode === 'rollback' && chunk.problems.length > 0) break;
      result.receipts.push(...(await this.land(chunk, input.waitFor)));
      if (chunk.warnings.length > 0) addWarnings(result, chunk.warnings);
    }
    this.counts.refused += result.refused;
    result.receipts = await this.settle(result.receipts, input.waitFor);
    return result;
  }

  /**
   * Captures the next version of the record whose statement stands at `seq`.
   *
   * @throws AppError NOT_FOUND (no record there), NONCE_REUSED (that version has a correction already),
   *   INVALID_RECORD and the like with the first problem of the document
   */
  async correct(input: {
    seq: number;
    document: InputDocument;
    waitFor?: Durability;
  }): Promise<RecordReceipt> {
    const former = await this.formerVersion(input.seq);
    const correction = {
      rid: former.statement.rid,
      ver: former.statement.ver + 1,
      replaces: former.cid,
    };
    const chunk = await collect(this.presser.press({ documents: [input.document], correction }));
    checkCorrection(chunk, former.statement.class);
    const receipts = await this.land(chunk, input.waitFor, false);
    const [receipt] = await this.settle(receipts, input.waitFor);
    return receipt!;
  }

  private async formerVersion(seq: number) {
    const { size } = this.ledger.head();
    if (seq >= size) throw new AppError('NOT_FOUND', 'there is no such entry');
    const entry = decodeEntry(await this.ledger.entry(seq));
    const statement = decodeStatement(entry.statement);
    if (statement.type !== 'record.put' && statement.type !== 'record.correct') {
      throw new AppError('NOT_FOUND', 'the entry is not a record');
    }
    return { statement, cid: statementCid(entry.statement) };
  }

  private async land(
    chunk: PressedChunk,
    waitFor: Durability = 'PUBLISHED',
    isRepeatable = true,
  ): Promise<RecordReceipt[]> {
    const repeated = await Promise.all(chunk.repeated.map((item) => this.repeat(item)));
    if (chunk.records.length === 0) return inOrder(repeated);
    await Promise.all([
      this.archive.put(chunk.records.map(({ block, ref }) => ({ ...block, ref }))),
      this.keys.settle(chunk.records.map(({ ref }) => ref)),
    ]);
    const receipts = isRepeatable
      ? await this.appendOrRepeat(chunk.records, waitFor)
      : await this.append(chunk.records, waitFor);
    return inOrder([...receipts, ...repeated]);
  }

  private async append(records: PressedRecord[], waitFor: Durability): Promise<RecordReceipt[]> {
    const until = waitFor === 'SEQUENCED' ? 'SEQUENCED' : 'PUBLISHED';
    const submissions = records.map((record) => record.submission);
    const receipts = await this.ledger.appendSubmissions(submissions, until);
    this.counts.captured += records.length;
    this.listeners.appended(records.map((record, i) => formatAppended(record, receipts[i]!)));
    return records.map((record, i) => formatReceipt(record, receipts[i]!));
  }

  /** Two calls with one idempotency key may race past the look-up; the ledger lets one of them in. */
  private async appendOrRepeat(
    records: PressedRecord[],
    waitFor: Durability,
  ): Promise<RecordReceipt[]> {
    try {
      return await this.append(records, waitFor);
    } catch (error) {
      if (!isAppError(error, 'NONCE_REUSED')) throw error;
    }
    const nonces = records.map(({ submission }) => submission.statement.nonce);
    const kid = this.ledger.authorKid;
    const found = await this.ledger.findNonce(kid, nonces);
    const news = records.filter((_, i) => found[i] === undefined);
    const landed = news.length > 0 ? await this.append(news, waitFor) : [];
    const repeated = await Promise.all(
      records.flatMap(({ document, pointer }, i) => {
        const seq = found[i]?.seq;
        return seq === undefined ? [] : [this.repeat({ document, pointer, seq })];
      }),
    );
    return [...landed, ...repeated];
  }

  private async repeat(item: RepeatedRecord): Promise<RecordReceipt> {
    const receipt = formatRepeat(item, await this.ledger.entry(item.seq), this.ledger.head());
    this.counts.repeated++;
    return receipt;
  }

  private async settle(receipts: RecordReceipt[], waitFor?: Durability): Promise<RecordReceipt[]> {
    if (waitFor !== 'INDEXED' || receipts.length === 0) return receipts;
    await this.listeners.indexed(receipts.reduce((size, { seq }) => Math.max(size, seq + 1), 0));
    return receipts.map((receipt) => ({ ...receipt, state: 'INDEXED' as const }));
  }
}

function addWarnings(result: CaptureResult, warnings: DocumentWarning[]): void {
  const first = (result.firstWarnings ??= []);
  first.push(...warnings.slice(0, WARNINGS_LISTED_MAX - first.length));
  result.warnings += warnings.length;
}

/** All chunks as one, bounded: all or nothing means one group of the log. */
async function* whole(chunks: AsyncIterable<PressedChunk>): AsyncGenerator<PressedChunk> {
  yield await collect(chunks);
}

export type { DocumentProblem, DocumentWarning };
