import { setImmediate } from 'node:timers/promises';
import type { Archive } from '../../archive/archive.js';
import type { Keyring } from '../../crypto/keyring.js';
import { entryCid, type Ledger } from '../../ledger/ledger.js';
import type { Logger } from '../../log.js';
import { Alarm } from './alarm.js';
import { applyRows } from './apply-rows.js';
import { BackOff } from './back-off.js';
import { describeFault } from '../fault.js';
import type { Graph } from '../graph.js';
import { HandOver } from './hand-over.js';
import { Lag } from './lag.js';
import { Progress } from './progress.js';
import { RecordOpener } from './record-opener.js';
import { BATCH_ROWS, RowSource } from './row-source.js';
import type { IndexRow } from '../row.js';
import { isDamagedIndex } from '../sqlite-error.js';

export interface FollowerRooms {
  ledger: Ledger;
  archive: Archive;
  keyring: Keyring;
  graph: Graph;
  logger: Logger;
  /** A clock in ms that never runs back. */
  now?: () => number;
}

/** While more keeps coming, rows are gathered for so long, unless somebody waits for them. */
const GATHER_MS = 500;
const GATHER_ROWS = BATCH_ROWS;

/**
 * Tails the log into the graph (law 1, effect C). It takes no part in a write: whatever goes wrong here is tried again
 * later, and the log goes on without it. A record that cannot be read is indexed as such and passed by.
 */
export class Follower {
  private readonly now: () => number;
  private readonly handedOver = new HandOver();
  private readonly source: RowSource;
  private readonly delay = new Lag();
  private readonly alarm = new Alarm();
  private readonly progress = new Progress();
  private readonly backOff: BackOff;
  private onReset: (() => void)[] = [];
  private gatherUntil = 0;
  private mustReset = false;
  /** How many of those waiting for a reset have had it. */
  private resets = 0;
  private isStopped = false;
  private running?: Promise<void>;
  private unsubscribe: (() => void)[] = [];

  constructor(private readonly rooms: FollowerRooms) {
    const { ledger, archive, keyring, logger, now = () => performance.now() } = rooms;
    this.now = now;
    this.backOff = new BackOff(this.alarm, now);
    const opener = new RecordOpener({ archive, keyring, log: ledger.log, logger });
    this.source = new RowSource(ledger, opener, this.handedOver);
  }

  /** Begins to follow, from where the index is. */
  start(): void {
    if (this.running || this.isStopped) return;
    const { ledger, graph } = this.rooms;
    this.delay.grow(ledger.head().size, this.now());
    this.unsubscribe = [
      ledger.onGrow((size) => {
        this.delay.grow(size, this.now());
        this.alarm.ring();
      }),
      graph.onDamage(() => this.reset()),
    ];
    this.running = this.run();
  }

  /** Takes rows of what has just been appended; a short cut, never needed. */
  handOver(rows: IndexRow[]): void {
    for (const row of rows) this.handedOver.put(row);
  }

  /**
   * Resolves when the first `size` entries of the log are in the index.
   *
   * @throws AppError SHUTTING_DOWN when it is stopped first
   */
  caughtUp(size: number): Promise<void> {
    const reached = this.progress.reached(size);
    this.alarm.ring();
    return reached;
  }

  /** How far the index is behind what is published: entries, and the age of the oldest of them in ms. */
  lag(): { entries: number; ms: number } {
    const entries = Math.max(0, this.rooms.ledger.head().size - this.progress.cursor);
    return { entries, ms: entries === 0 ? 0 : this.delay.age(this.now()) };
  }

  /** Called with the new cursor after each transaction; what lies before it can be queried. */
  onApplied(listener: (cursor: number) => void): () => void {
    return this.progress.listen(listener);
  }

  /**
   * Throws the index away and derives it again (law 2). Resolves when what was in the log at the call is in it.
   *
   * @throws AppError SHUTTING_DOWN
   */
  async rebuild(onProgress: (done: number, total: number) => void = () => {}): Promise<void> {
    this.start();
    const { size } = this.rooms.ledger.head();
    await new Promise<void>((resolve) => {
      if (this.isStopped) return resolve();
      this.onReset.push(resolve);
      this.reset();
    });
    if (this.isStopped) return this.progress.reached(Infinity);
    const unsubscribe = this.onApplied((cursor) => onProgress(Math.min(cursor, size), size));
    try {
      await this.caughtUp(size);
    } finally {
      unsubscribe();
    }
  }

  /** Ends after the transaction under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const unsubscribe of this.unsubscribe) unsubscribe();
    this.alarm.ring();
    await this.running;
    this.progress.end();
    for (const done of this.onReset.splice(0)) done();
  }

  private get isInterrupted(): boolean {
    return this.isStopped || this.mustReset;
  }

  private reset(): void {
    this.mustReset = true;
    this.alarm.ring();
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      try {
        await this.begin();
        await this.follow();
      } catch (error) {
        const { cursor } = this.progress;
        this.rooms.logger.error({ ...describeFault(error), cursor }, 'the index is held up');
        if (isDamagedIndex(error)) this.mustReset = true;
        await this.backOff.wait(() => this.isStopped);
      }
    }
  }

  /** Finds out where the index is; one of another log, or ahead of this one, is thrown away. */
  private async begin(): Promise<void> {
    const { graph, ledger, logger } = this.rooms;
    if (this.mustReset) await this.resetIndex();
    const { cursor, entryCid: last } = await graph.head();
    const isOurs =
      cursor === 0 ||
      (cursor <= ledger.head().size && entryCid(await ledger.entry(cursor - 1)) === last);
    if (!isOurs) {
      logger.warn({ cursor }, 'the index is not of this log: building it again');
      await graph.reset();
    }
    this.reach(isOurs ? cursor : 0);
    for (const done of this.onReset.splice(0, this.resets)) done();
    this.resets = 0;
  }

  /** Whoever asks while it is under way, or before this run began, gets a reset of their own. */
  private async resetIndex(): Promise<void> {
    const asked = this.onReset.length;
    this.mustReset = false;
    try {
      await this.rooms.graph.reset();
    } catch (error) {
      this.mustReset = true;
      throw error;
    }
    this.resets = asked;
  }

  /** Applies what there is and what comes. While one batch is being applied, the next is read. */
  private async follow(): Promise<void> {
    const { ledger, graph, logger } = this.rooms;
    let ahead: Promise<IndexRow[]> | undefined;
    try {
      while (!this.isInterrupted) {
        if (!ahead) await this.rest();
        if (this.isInterrupted) return;
        const rows = await (ahead ?? this.read(this.progress.cursor));
        const next = this.progress.cursor + rows.length;
        ahead = ledger.head().size - next >= GATHER_ROWS ? this.read(next) : undefined;
        this.gatherUntil = this.now() + GATHER_MS;
        this.reach(await applyRows(graph, rows, logger));
        this.backOff.reset();
      }
    } finally {
      await ahead?.catch(() => {});
    }
  }

  private read(from: number): Promise<IndexRow[]> {
    const rows = this.source.read(from);
    // Whoever awaits it gets the error; when nobody does any more, it must not end the process.
    rows.catch(() => {});
    return rows;
  }

  /** Until there is something to apply. Small transactions cost the most: under load, a moment longer, for more. */
  private async rest(): Promise<void> {
    const behind = () => this.rooms.ledger.head().size - this.progress.cursor;
    while (!this.isInterrupted && behind() <= 0) await this.alarm.wait();
    // whoever appended hears of it in this turn, and hands over what it has
    await setImmediate();
    const isEnough = () => this.isInterrupted || this.progress.isAwaited || behind() >= GATHER_ROWS;
    for (let left = this.gatherUntil - this.now(); left > 0 && !isEnough();) {
      await this.alarm.wait(left);
      left = this.gatherUntil - this.now();
    }
  }

  private reach(cursor: number): void {
    this.delay.catchUp(cursor);
    this.handedOver.pass(cursor);
    this.progress.reach(cursor);
  }
}
