import { writeSynced, type Level, type LevelWrite } from './level.js';

interface Call {
  operations: LevelWrite[];
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Writes to a LevelDB, on disk when a call returns; each call all or none. What is asked while one synced write is
 * under way goes into the next one together, and fails together.
 */
export class LevelWriter {
  private waiting: Call[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly level: Level) {}

  /** @throws AppError STORE_FULL (retryable), STORE_FAILED */
  write(operations: LevelWrite[]): Promise<void> {
    const written = new Promise<void>((done, failed) => {
      this.waiting.push({ operations, done, failed });
    });
    this.running ??= this.run();
    return written;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0);
      try {
        await writeSynced(
          this.level,
          group.flatMap(({ operations }) => operations),
        );
        for (const { done } of group) done();
      } catch (error) {
        for (const { failed } of group) failed(error);
      }
    }
    this.running = undefined;
  }
}
