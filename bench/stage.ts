import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './table.ts';

/** One idea to measure. Rows are reported in the order they are named here. */
export interface Bench {
  rows: string[];
  run(stage: Stage): Promise<void>;
}

/** What every bench is given: a place of its own on disk, and where figures and progress go. */
export class Stage {
  readonly directory = mkdtempSync(join(tmpdir(), 'provtrail-bench-'));
  /** Small sizes: shows that a bench runs, not how fast the product is. */
  readonly quick: boolean;
  private readonly pids = new Set<number>();
  private readonly onRow: (row: Row) => void;

  constructor(quick: boolean, onRow: (row: Row) => void) {
    this.quick = quick;
    this.onRow = onRow;
    process.once('exit', () => this.clear());
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => process.exit(1));
    }
  }

  report(row: string, value: number | null, unit: string, note = ''): void {
    this.onRow({ row, value: value === null ? null : Number(value.toPrecision(4)), unit, note });
  }

  progress(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** Whatever happens to the bench, this process does not outlive it. */
  watch(pid: number | undefined): void {
    if (pid !== undefined) this.pids.add(pid);
  }

  unwatch(pid: number | undefined): void {
    if (pid !== undefined) this.pids.delete(pid);
  }

  private clear(): void {
    for (const pid of this.pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}
