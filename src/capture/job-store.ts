import { equalBytes } from '../crypto/bytes.js';
import type { RandomBytes } from '../crypto/random.js';
import { AppError } from '../error.js';
import { openLevel, storeError, writeSoon, writeSynced, type Level } from '../level.js';
import type { CaptureMode } from './capture.js';
import {
  finishJob,
  interruptJob,
  startJob,
  withProgress,
  type CaptureJob,
  type JobProgress,
} from './job.js';
import { formatJobId, JobIds, parseJobId, timeOfJobId } from './job-id.js';
import {
  deleteRow,
  hashOwner,
  idOfKey,
  jobKey,
  jobRange,
  ownerIn,
  ownRange,
  putRow,
  readRow,
  runningRange,
  type JobOwner,
  type JobRow,
} from './job-row.js';
import { JobWriter } from './job-writer.js';

const DAY_MS = 86_400_000;
const AGE_TRIM_MS = 3_600_000;
/** A job with many errors has tens of kilobytes. */
const TRIMMED_AT_ONCE = 100;
const SMALL_STORE = { writeBufferSize: 1024 * 1024, cacheSize: 1024 * 1024 };

export interface JobStoreOptions {
  /** ms since the epoch */
  now: () => number;
  randomBytes: RandomBytes;
  /** About so many of the newest jobs are remembered; a hundredth more before the oldest go. */
  jobsMax?: number;
  /** None is remembered longer. */
  ageMaxMs?: number;
}

/**
 * The capture jobs of this node, in LevelDB. Each is seen by its owner only.
 *
 * Consistency: a durable job is on disk when `begin` returns. All other states are in the hands of the system soon after
 * the call: they outlive the process, the last of them perhaps not the machine. A job found running when the store is
 * opened was interrupted, and is told so. What is read is never older than what this process has done.
 */
export class JobStore {
  private readonly running = new Map<string, JobRow>();
  private readonly writer: JobWriter;
  private nextAgeTrimAt = 0;
  private isClosed = false;
  private readonly ids: JobIds;
  private readonly jobsMax: number;
  private readonly ageMaxMs: number;

  private constructor(
    private readonly level: Level,
    private readonly options: JobStoreOptions,
    private count: number,
  ) {
    this.writer = new JobWriter(level, () => this.trim());
    this.ids = new JobIds(options.randomBytes);
    this.jobsMax = options.jobsMax ?? 10_000;
    this.ageMaxMs = options.ageMaxMs ?? 30 * DAY_MS;
  }

  /** @throws AppError DATA_DIRECTORY_LOCKED, STORE_FULL, STORE_FAILED */
  static async open(directory: string, options: JobStoreOptions): Promise<JobStore> {
    const level = await openLevel(directory, SMALL_STORE);
    try {
      await interruptRunning(level, options.now());
      const keys = await level.keys(jobRange()).all();
      const store = new JobStore(level, options, keys.length);
      await store.trim();
      return store;
    } catch (error) {
      await level.close();
      throw storeError(error);
    }
  }

  /**
   * @param isDurable true for a job that is promised to the caller before it is done
   * @throws AppError STORE_FULL, STORE_FAILED, SHUTTING_DOWN
   */
  async begin(owner: JobOwner, mode: CaptureMode, isDurable: boolean): Promise<CaptureJob> {
    if (this.isClosed) throw new AppError('SHUTTING_DOWN', 'this node is going down');
    const now = this.options.now();
    const id = this.ids.next(now);
    const row = { id, owner: hashOwner(owner), job: startJob(formatJobId(id), now, mode) };
    const { job } = row;
    this.running.set(job.id, row);
    this.count++;
    try {
      if (isDurable) await this.writer.putDurably(row);
      else this.writer.put(row);
      return job;
    } catch (error) {
      this.running.delete(job.id);
      this.count--;
      throw error;
    }
  }

  /** How far a running job has come. */
  update({ id }: CaptureJob, progress: JobProgress): void {
    const row = this.running.get(id);
    if (row) this.put({ ...row, job: withProgress(row.job, progress) });
  }

  /** @param failure what ended it before its time */
  finish({ id }: CaptureJob, progress: JobProgress, failure?: AppError): void {
    const row = this.running.get(id);
    if (!row) return;
    const job = withProgress(row.job, progress);
    this.put({ ...row, job: finishJob(job, this.options.now(), failure) });
    this.running.delete(id);
  }

  /** @throws AppError NOT_FOUND for another's as for none, STORE_FAILED */
  async get(owner: JobOwner, id: string): Promise<CaptureJob> {
    const bytes = parseJobId(id);
    const row = bytes && !this.isOld(bytes) ? await this.read(bytes) : undefined;
    if (row && equalBytes(row.owner, hashOwner(owner))) return row.job;
    throw new AppError('NOT_FOUND', 'there is no such capture job');
  }

  /**
   * The owner's jobs, newest first.
   *
   * @param before id of the job that the page follows
   * @throws AppError STORE_FAILED
   */
  async list(
    owner: JobOwner,
    first: number,
    before?: string,
  ): Promise<{ jobs: CaptureJob[]; hasNext: boolean }> {
    await this.writer.idle();
    const range = ownRange(hashOwner(owner), before === undefined ? undefined : parseJobId(before));
    const keys = await this.ask(
      this.level.keys({ ...range, reverse: true, limit: first + 1 }).all(),
    );
    const ids = keys.map(idOfKey).filter((id) => !this.isOld(id));
    const rows = await Promise.all(ids.slice(0, first).map((id) => this.read(id)));
    const jobs = rows.flatMap((row) => (row ? [row.job] : []));
    return { jobs, hasNext: ids.length > first };
  }

  /** What still runs is told as interrupted when the store is opened again. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.writer.idle();
    await this.level.close();
  }

  private put(row: JobRow): void {
    if (this.isClosed) return;
    this.running.set(row.job.id, row);
    this.writer.put(row);
  }

  private async read(id: Uint8Array): Promise<JobRow | undefined> {
    const name = formatJobId(id);
    const newest = this.running.get(name) ?? this.writer.find(name);
    if (newest) return newest;
    const value = await this.ask(this.level.get(jobKey(id)));
    return value && readRow(id, value);
  }

  /** Forgets the oldest when there are too many, and now and then what is too old. */
  private async trim(): Promise<void> {
    const excess = this.count > this.jobsMax * 1.01 ? this.count - this.jobsMax : 0;
    const isDue = this.options.now() >= this.nextAgeTrimAt;
    if (isDue) this.nextAgeTrimAt = this.options.now() + AGE_TRIM_MS;
    const limit = isDue ? Math.max(excess, this.jobsMax) : excess;
    if (limit === 0) return;
    const ids = (await this.level.keys({ ...jobRange(), limit }).all()).map(idOfKey);
    const doomed = ids.filter(
      (id, i) => !this.running.has(formatJobId(id)) && (i < excess || this.isOld(id)),
    );
    for (let i = 0; i < doomed.length; i += TRIMMED_AT_ONCE) {
      await this.forget(doomed.slice(i, i + TRIMMED_AT_ONCE));
    }
  }

  private async forget(ids: Uint8Array[]): Promise<void> {
    const values = await this.level.getMany(ids.map(jobKey));
    const rows = ids.flatMap((id, i) => (values[i] ? [{ id, owner: ownerIn(values[i]) }] : []));
    await writeSoon(this.level, rows.flatMap(deleteRow));
    this.count -= rows.length;
  }

  private isOld(id: Uint8Array): boolean {
    return timeOfJobId(id) < this.options.now() - this.ageMaxMs;
  }

  private async ask<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw storeError(error);
    }
  }
}

async function interruptRunning(level: Level, now: number): Promise<void> {
  const ids = (await level.keys(runningRange()).all()).map(idOfKey);
  const values = await level.getMany(ids.map(jobKey));
  const rows = ids.flatMap((id, i) => (values[i] ? [readRow(id, values[i])] : []));
  const writes = rows.flatMap((row) => putRow({ ...row, job: interruptJob(row.job, now) }));
  if (writes.length > 0) await writeSynced(level, writes);
}
