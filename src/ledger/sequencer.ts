import { AppError } from '../error.js';
import { storeError } from '../level.js';
import { decodeEntry, entryCid } from './entry.js';
import { planGroup, type Placement } from './group.js';
import type { Journal, NonceUse } from './journal.js';
import type { LogReader } from './log-reader.js';
import { diverged, readState, type LogState } from './log-state.js';
import type { Receipt } from './receipt.js';
import type { Submission } from './submission.js';

/** Entries of one group; a single call may be larger. */
const GROUP_MAX = 1_024;
/** Statements that may wait for their group; also the largest call. */
export const WAITING_MAX = 8_192;

interface Call {
  submissions: Submission[];
  resolve: (receipts: Receipt[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Gives statements their positions, a group at a time: what arrives while one group is being made durable is
 * the next. The state in memory is that of the last durable group, never ahead of the disk.
 */
export class Sequencer {
  private waiting: Call[] = [];
  private reserved = 0;
  private running: Promise<void> | undefined;
  private isStale = false;
  private isStopped = false;

  constructor(
    private readonly journal: Journal,
    private readonly reader: LogReader,
    private readonly now: () => number,
    private current: LogState,
  ) {}

  get state(): LogState {
    return this.current;
  }

  /**
   * Sequences what `read` yields; nothing is read when there is no room to wait. Resolves when all of it is durable.
   * @throws AppError LOG_BUSY, TOO_LARGE, or why none of the statements was taken
   */
  async append(count: number, read: () => Promise<Submission[]>): Promise<Receipt[]> {
    if (this.isStopped) throw new AppError('SHUTTING_DOWN', 'the ledger is closing');
    this.reserve(count);
    const submissions = await read().catch((error: unknown) => {
      this.reserved -= count;
      throw error;
    });
    if (this.isStopped) throw new AppError('SHUTTING_DOWN', 'the ledger is closing');
    return new Promise((resolve, reject) => {
      this.waiting.push({ submissions, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Takes nothing more; resolves when all that waits is settled. */
  async stop(): Promise<void> {
    this.isStopped = true;
    while (this.running !== undefined) await this.running;
  }

  private reserve(count: number): void {
    if (count > WAITING_MAX) {
      throw new AppError('TOO_LARGE', `one call takes at most ${WAITING_MAX} statements`, {
        limit: WAITING_MAX,
      });
    }
    if (this.reserved + count > WAITING_MAX) {
      throw new AppError('LOG_BUSY', 'too many statements are waiting', {
        hint: 'send the same request again in a moment',
        limit: WAITING_MAX,
      });
    }
    this.reserved += count;
  }

  private async run(): Promise<void> {
    // the calls of one turn of the event loop go into one group
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const calls = this.takeGroup();
      try {
        await this.sequence(calls);
      } catch (error) {
        this.isStale = true;
        for (const { reject } of calls) reject(storeError(error));
      }
    }
    this.running = undefined;
  }

  private takeGroup(): Call[] {
    let count = 0;
    const end = this.waiting.findIndex(
      ({ submissions }, i) => (count += submissions.length) > GROUP_MAX && i > 0,
    );
    const calls = this.waiting.splice(0, end < 0 ? this.waiting.length : end);
    for (const { submissions } of calls) this.reserved -= submissions.length;
    return calls;
  }

  private async sequence(calls: Call[]): Promise<void> {
    if (this.isStale) await this.refresh();
    const groups = calls.map(({ submissions }) => submissions);
    const used = await this.findUses(groups.flat());
    const { outcomes, change } = await planGroup(groups, used, this.current, this.now());
    if (change !== undefined) {
      await this.journal.commit(change.group);
      this.current = change.state;
    }
    for (const [i, call] of calls.entries()) {
      const outcome = outcomes[i]!;
      if (outcome instanceof AppError) call.reject(outcome);
      else this.formatReceipts(outcome).then(call.resolve, call.reject);
    }
  }

  private async findUses(submissions: Submission[]): Promise<(NonceUse | undefined)[]> {
    const doubtful = submissions.filter(({ isFresh }) => !isFresh);
    if (doubtful.length === 0) return [];
    const uses = doubtful.map(({ author, statement: { nonce } }) => ({ author, nonce }));
    const found = await this.journal.nonces(uses);
    let next = 0;
    return submissions.map(({ isFresh }) => (isFresh ? undefined : found[next++]));
  }

  /** After a write that failed, only the disk knows what was written. */
  private async refresh(): Promise<void> {
    await this.journal.reopen();
    const state = await readState(this.journal);
    if (state.head.size < this.current.head.size) throw diverged('has lost entries');
    this.current = state;
    this.isStale = false;
  }

  private async formatReceipts(placements: Placement[]): Promise<Receipt[]> {
    const { current: state } = this;
    const { size } = state.head;
    const receipts: Receipt[] = [];
    for (const { seq, statementCid, entry } of placements) {
      const { cid: entryCid, at } = entry ?? (await this.readPlace(state, seq));
      const repeated = entry === undefined;
      receipts.push({ seq, entryCid, statementCid, at, state: 'SEQUENCED', size, repeated });
    }
    return receipts;
  }

  private async readPlace(state: LogState, seq: number): Promise<{ cid: string; at: number }> {
    const bytes = await this.reader.entry(state, seq);
    return { cid: entryCid(bytes), at: decodeEntry(bytes).at };
  }
}
