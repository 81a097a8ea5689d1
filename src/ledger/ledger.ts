import type { PublicJwk, Signer } from '../crypto/signing-key.js';
import { CheckpointFile } from './checkpoint-file.js';
import { planGenesis, type NewLog } from './genesis.js';
import type { Journal, NonceUse } from './journal.js';
import {
  checkDirectory,
  checkSigner,
  makeDirectory,
  nothingPublished,
  openLevelJournal,
  readPublished,
  type OpenJournal,
} from './ledger-files.js';
import { LogReader } from './log-reader.js';
import { readState, type LogState } from './log-state.js';
import { PublishedLog, type Published } from './published-log.js';
import { Publisher } from './publisher.js';
import type { Receipt, ReceiptState } from './receipt.js';
import { Sequencer } from './sequencer.js';
import type { SignedStatement } from './statement.js';
import { readSubmissions, type Submission } from './submission.js';

export { entryCid } from './entry.js';
export type { Receipt, ReceiptState };

export interface LedgerOptions {
  /** The key the genesis names; signs every checkpoint. */
  logSigner: Signer;
  now?: () => number;
  /** The store behind the log; tests put one here whose disk fails. */
  openJournal?: OpenJournal;
}

export interface AppendOptions {
  /** True for statements this process has just signed itself: their signatures are not verified again. */
  trusted?: boolean;
  /** What to wait for; default PUBLISHED. */
  until?: ReceiptState;
}

/**
 * The append-only log of one organisation. What others read is published: covered by a signed checkpoint.
 * One process has it open at a time.
 */
export class Ledger extends PublishedLog {
  private isClosed = false;
  protected readonly reader: LogReader;
  private readonly sequencer: Sequencer;
  private readonly publisher: Publisher;

  private constructor(
    private readonly journal: Journal,
    state: LogState,
    published: Published,
    private readonly file: CheckpointFile,
    { logSigner, now = Date.now }: LedgerOptions,
  ) {
    super();
    this.reader = new LogReader(journal);
    this.sequencer = new Sequencer(journal, this.reader, now, state);
    this.publisher = new Publisher(file, logSigner, this.reader, published);
  }

  /**
   * Begins a log in a new directory: genesis signed by the author, first checkpoint by the log.
   *
   * @throws AppError DATA_DIRECTORY_EXISTS, BAD_USER_INPUT (origin), ENTRY_REFUSED (organisation), STORE_FULL,
   *   STORE_FAILED
   */
  static async create(directory: string, log: NewLog & LedgerOptions): Promise<Ledger> {
    const { openJournal = openLevelJournal } = log;
    const { group, state } = await planGenesis(log);
    await makeDirectory(directory);
    return Ledger.start(await openJournal(directory, true), async (journal) => {
      await journal.commit(group);
      const published = nothingPublished(log.origin);
      return new Ledger(journal, state, published, new CheckpointFile(directory), log);
    });
  }

  /**
   * Opens a log: computes its right edge again, compares it with the last checkpoint, and publishes what is
   * durable but not published yet.
   *
   * @throws AppError DATA_DIRECTORY_MISSING, DATA_DIRECTORY_LOCKED, KEY_REFUSED (not the log's key), STORE_FULL,
   *   STORE_FAILED; LOG_DIVERGED when the checkpoint is ahead of the journal or contradicts it: such a log is not
   *   signed any more
   */
  static async open(directory: string, log: LedgerOptions): Promise<Ledger> {
    const { openJournal = openLevelJournal } = log;
    checkDirectory(directory);
    return Ledger.start(await openJournal(directory, false), async (journal) => {
      const state = await readState(journal);
      const file = new CheckpointFile(directory);
      checkSigner(log.logSigner, state.authority);
      const published = await readPublished(file, state.head, state.authority.logKey);
      return new Ledger(journal, state, published, file, log);
    });
  }

  private static async start(
    journal: Journal,
    make: (journal: Journal) => Promise<Ledger>,
  ): Promise<Ledger> {
    try {
      const ledger = await make(journal);
      await ledger.publisher.checkConsistent(ledger.state);
      await ledger.publish(ledger.state.head.size);
      return ledger;
    } catch (error) {
      await journal.close();
      throw error;
    }
  }

  /** Id of the log: CID of its genesis entry. */
  get log(): string {
    return this.state.head.log;
  }

  get origin(): string {
    return this.state.head.origin;
  }

  /** Kid of the author key that has been in force longest. */
  get authorKid(): string {
    const [kid = ''] = this.state.authority.authors.keys();
    return kid;
  }

  /** What is published. */
  head(): Published {
    return this.publisher.published;
  }

  /** Author keys in force. */
  keys(): PublicJwk[] {
    return [...this.state.authority.authors.values()];
  }

  /**
   * Takes all the statements or none. A statement taken before, by the same author under the same nonce, gets its
   * first receipt again.
   *
   * @throws AppError LOG_BUSY, STORE_FULL (send the same again later), STORE_FAILED, SHUTTING_DOWN, TOO_LARGE,
   *   NONCE_REUSED, ENTRY_REFUSED, ENTRY_TOO_LARGE, SIGNATURE_REFUSED, LOG_DIVERGED. After STORE_FULL and STORE_FAILED the
   *   statements may have been taken all the same; sending them again is safe.
   */
  async append(
    statements: readonly SignedStatement[],
    { trusted = false, until = 'PUBLISHED' }: AppendOptions = {},
  ): Promise<Receipt[]> {
    const { authors } = this.state.authority;
    const read = () => readSubmissions(statements, trusted, (kid) => authors.get(kid));
    return this.appendAll(statements.length, read, until);
  }

  /** As `append`, for statements that this process has just signed and made ready itself. */
  async appendSubmissions(
    submissions: Submission[],
    until: ReceiptState = 'PUBLISHED',
  ): Promise<Receipt[]> {
    return this.appendAll(submissions.length, async () => submissions, until);
  }

  private async appendAll(
    count: number,
    read: () => Promise<Submission[]>,
    until: ReceiptState,
  ): Promise<Receipt[]> {
    if (count === 0) return [];
    const receipts = await this.sequencer.append(count, read);
    const size = Math.max(...receipts.map(({ seq }) => seq)) + 1;
    const publication = this.publish(size);
    if (until === 'SEQUENCED') {
      // whoever does not wait for it does not hear of its failure either: the next publication covers it
      publication.catch(() => {});
      return receipts;
    }
    await publication;
    const head = this.head();
    return receipts.map((receipt) => ({
      ...receipt,
      state: 'PUBLISHED',
      size: head.size,
      checkpoint: head.checkpoint,
    }));
  }

  /** For each nonce of that author: where it was used, if it was. */
  async findNonce(kid: string, nonces: readonly string[]): Promise<(NonceUse | undefined)[]> {
    return this.journal.nonces(nonces.map((nonce) => ({ author: kid, nonce })));
  }

  /** Calls the listener with the new size after each publication; it must not throw. Returns how to stop that. */
  onGrow(listener: (size: number) => void): () => void {
    return this.publisher.onGrow(listener);
  }

  /** Takes nothing more, finishes what was taken, lets go of the directory. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.sequencer.stop();
    await this.publish(this.state.head.size).catch(() => {});
    this.file.close();
    await this.journal.close();
  }

  protected get state(): LogState {
    return this.sequencer.state;
  }

  private publish(size: number): Promise<void> {
    return this.publisher.publishUpTo(size, () => this.state);
  }
}
