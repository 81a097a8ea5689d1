/** The place of one call among those of its upload. */
export interface Turn {
  /** Resolves when all calls before it are over. */
  before: Promise<unknown>;
  /** Records the calls before it have stated versions of since it began. */
  stated: ReadonlySet<string>;
  /** Says to those behind it what it has stated. */
  note(rids: Iterable<string>): void;
  end(): void;
}

/**
 * Calls of one upload, which land in the order in which they join: what stands further down is the later version of a
 * record. Each is pressed while those before it land; what they stated meanwhile it has to press again.
 */
export class Procession {
  private last: Promise<unknown> = Promise.resolve();
  private readonly underway: Set<string>[] = [];

  join(): Turn {
    const { last: before, underway } = this;
    const stated = new Set<string>();
    underway.push(stated);
    let end = () => {};
    const over = new Promise<void>((resolve) => (end = resolve));
    this.last = before.then(() => over);
    return {
      before,
      stated,
      note: (rids) => {
        const behind = underway.slice(underway.indexOf(stated) + 1);
        for (const rid of behind.length > 0 ? rids : []) for (const one of behind) one.add(rid);
      },
      end: () => {
        underway.splice(underway.indexOf(stated), 1);
        end();
      },
    };
  }
}
