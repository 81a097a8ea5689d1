/** Lets work of one name be done one after the other; work of different names is done at once. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** What the work gives, when everything of its name that was asked before is over. */
  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(name) ?? Promise.resolve();
    const done = before.then(work);
    const settled: Promise<void> = done.then(
      () => this.clear(name, settled),
      () => this.clear(name, settled),
    );
    this.last.set(name, settled);
    return done;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.last.values());
  }

  private clear(name: string, settled: Promise<unknown>): void {
    if (this.last.get(name) === settled) this.last.delete(name);
  }
}
