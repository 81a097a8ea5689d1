/** Something one can sleep by: `wait` ends when it rings, or after a time. */
export class Alarm {
  private wake: () => void = () => {};

  /** Wakes whoever waits; nobody hears of it later. */
  ring(): void {
    this.wake();
  }

  wait(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, Math.max(1, ms));
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
