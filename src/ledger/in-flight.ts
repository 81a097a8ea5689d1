/**
 * Counts work that is under way and lets the one who starts it wait for room. Waiters are woken when half of the work
 * is done, not at each piece of it: that costs as much as the work.
 */
export class InFlight {
  private count = 0;
  private waiters: { below: number; wake: () => void }[] = [];

  constructor(private readonly max: number) {}

  /** @param work must not reject */
  add(work: Promise<void>): void {
    this.count++;
    void work.then(() => {
      this.count--;
      this.wakeAll();
    });
  }

  /** Resolves at once while there is room. */
  async room(): Promise<void> {
    if (this.count >= this.max) await this.below(this.max / 2);
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    if (this.count > 0) await this.below(1);
  }

  private below(count: number): Promise<void> {
    return new Promise((wake) => this.waiters.push({ below: count, wake }));
  }

  private wakeAll(): void {
    if (this.waiters.length === 0) return;
    const due = this.waiters.filter(({ below }) => this.count < below);
    if (due.length === 0) return;
    this.waiters = this.waiters.filter(({ below }) => this.count >= below);
    for (const { wake } of due) wake();
  }
}
