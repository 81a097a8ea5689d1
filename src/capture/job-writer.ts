import { writeSoon, writeSynced, type Level } from '../level.js';
import { putRow, type JobRow } from './job-row.js';

/**
 * Writes the states of jobs, the newest of each: those that came to be while one write was under way go into the next
 * together. A state that nobody waits for is lost when it cannot be written.
 */
export class JobWriter {
  /** Not written yet, by id. */
  private readonly dirty = new Map<string, JobRow>();
  /** Who wait for what is dirty to be on disk. */
  private readonly waiting: { done: () => void; failed: (error: unknown) => void }[] = [];
  private writing: Promise<void> | undefined;

  /** @param written called after each write */
  constructor(
    private readonly level: Level,
    private readonly written: () => Promise<void>,
  ) {}

  /** In the hands of the system soon. */
  put(row: JobRow): void {
    this.dirty.set(row.job.id, row);
    this.writing ??= this.writeAll().finally(() => {
      this.writing = undefined;
    });
  }

  /** On disk when it resolves. @throws AppError STORE_FULL, STORE_FAILED */
  putDurably(row: JobRow): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ done, failed });
      this.put(row);
    });
  }

  /** What is not written yet of a job. */
  find(id: string): JobRow | undefined {
    return this.dirty.get(id);
  }

  /** Resolves when nothing is left to write. */
  async idle(): Promise<void> {
    while (this.writing) await this.writing;
  }

  private async writeAll(): Promise<void> {
    while (this.dirty.size > 0) {
      const rows = [...this.dirty.values()];
      await this.write(rows, this.waiting.splice(0));
      for (const row of rows) {
        if (this.dirty.get(row.job.id) === row) this.dirty.delete(row.job.id);
      }
    }
  }

  private async write(rows: JobRow[], waiting: JobWriter['waiting']): Promise<void> {
    try {
      const write = waiting.length > 0 ? writeSynced : writeSoon;
      await write(this.level, rows.flatMap(putRow));
      for (const { done } of waiting) done();
      await this.written();
    } catch (error) {
      // for the others the capture itself tells of a disk that is full or broken
      for (const { failed } of waiting) failed(error);
    }
  }
}
