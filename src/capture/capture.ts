import type { Archive } from '../archive/archive.js';
import type { Keyring } from '../crypto/keyring.js';
import { AppError } from '../error.js';
import { Gate } from '../gate.js';
import { decodeEntry } from '../ledger/entry.js';
import type { Ledger } from '../ledger/ledger.js';
import { decodeStatement, statementCid } from '../ledger/statement.js';
import type { RecordClass } from '../record/draft.js';
import { parseSource } from '../record/fhir/source.js';
import { readBase } from '../record/fhir/wrapper.js';
import type { AppendedRecord } from './appended-record.js';
import { Landing } from './landing.js';
import type {
  DocumentProblem,
  DocumentWarning,
  InputDocument,
  PressedChunk,
  Published,
  PressJob,
} from './press.js';
import type { Presser } from './presser.js';
import type { Durability, RecordReceipt } from './record-receipt.js';
import type { Procession, Turn } from './procession.js';
import { openVersion, readVersions } from './stored-version.js';
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
  /**
   * Whose records these are, an absolute URL or URN: what names of FHIR resources begin with where no fullUrl tells, so
   * that ids of one source are never taken for those of another.
   */
  source?: string;
  /** What to wait for; default PUBLISHED. */
  waitFor?: Durability;
  /** The calls of one upload, which lands in their order although they are made at the same time. */
  procession?: Procession;
  /** Stands in the statement of every record of the call; what it names is on disk already. */
  published?: Published;
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
  private readonly turns = new Gate(1);

  constructor(
    private readonly presser: Presser,
    private readonly archive: Archive,
    private readonly keys: Keyring,
    private readonly ledger: Ledger,
    private readonly listeners: CaptureListeners,
  ) {}

  /**
   * @throws AppError BAD_USER_INPUT (the source), LOG_BUSY, STORE_FULL (both retryable), STORE_FAILED, TOO_LARGE (rollback over the limit).
   *   With `proceed`, what was captured before a store failed stays captured; an idempotency key makes the retry safe.
   */
  async capture(input: CaptureInput): Promise<CaptureResult> {
    if (input.documents.length === 0)
      throw new AppError('EMPTY_INPUT', 'there is nothing to capture');
    const { documents, idempotencyKey, classes, strict, published, mode, waitFor } = input;
    const source = input.source === undefined ? undefined : parseSource(input.source);
    const job = { documents, idempotencyKey, classes, strict, published, source };
    const result: CaptureResult = { receipts: [], refused: 0, problems: [], warnings: 0 };
    const isWhole = mode === 'rollback';
    const turn = input.procession?.join();
    try {
      const landing = this.landing(job, waitFor, isWhole, turn);
      const chunks = this.presser.press(job);
      for await (const chunk of isWhole ? whole(chunks) : chunks) {
        const { receipts, problems, warnings } = await landing.land(chunk);
        result.problems.push(...problems);
        result.refused += problems.filter(({ isFurther }) => !isFurther).length;
        result.receipts.push(...receipts);
        this.count(receipts);
        if (warnings.length > 0) addWarnings(result, warnings);
      }
    } finally {
      turn?.end();
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
    // a dataset keeps its sources: whoever names others captures it again
    const { links, sources } = former.statement;
    const published = { links, ...(sources && { sources }) };
    const documents = [input.document];
    const source = await this.sourceAt(input.seq, former.statement.class);
    const job = { documents, correction, published, source };
    const chunk = await collect(this.presser.press(job));
    checkCorrection(chunk, former.statement.class);
    const { receipts } = await this.landing(job, input.waitFor).land(chunk);
    this.count(receipts);
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

  /** A resource stays at the source it came from, under its names there and in the key scope of its patient there. */
  private async sourceAt(seq: number, recordClass: RecordClass): Promise<string | undefined> {
    if (recordClass !== 'fhir.resource') return undefined;
    const { ledger, archive, keys: keyring } = this;
    const [former] = await readVersions({ ledger, archive, keyring }, [seq]);
    const text = former && openVersion(former, ledger.log);
    return text === undefined ? undefined : readBase(text);
  }

  private landing(job: PressJob, waitFor?: Durability, isWhole = false, turn?: Turn): Landing {
    const { presser, archive, keys, ledger, turns, listeners } = this;
    const appended = (records: AppendedRecord[]) => listeners.appended(records);
    const rooms = { presser, archive, keys, ledger, turns, appended };
    return new Landing(rooms, job, waitFor, isWhole, turn);
  }

  private count(receipts: readonly RecordReceipt[]): void {
    for (const { repeated } of receipts) this.counts[repeated ? 'repeated' : 'captured']++;
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
