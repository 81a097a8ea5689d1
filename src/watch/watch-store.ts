import type { RandomBytes } from '../crypto/random.js';
import { AppError } from '../error.js';
import { openLevel, storeError, type Level, type LevelWrite } from '../level.js';
import { LevelWriter } from '../level-writer.js';
import { isSame, type Principal } from './principal.js';
import { isSameQuery, type SavedQuery } from './saved-query.js';
import type { QuerySubscription } from './query-subscription.js';
import type { Change } from './settlement.js';
import { Turns } from './turn.js';
import { WatchBook } from './watch-book.js';
import { WatchRows } from './watch-row.js';

const SMALL_STORE = { writeBufferSize: 1024 * 1024, cacheSize: 1024 * 1024 };
/** Entries without a match are looked at again after a restart, but no more than about these. */
const POSITION_STEP = 4_096;

export const WATCH_BOUNDS = {
  queriesPerOrganisation: 1_000,
  queriesPerPrincipal: 100,
  subscriptionsPerOrganisation: 1_000,
  subscriptionsPerPrincipal: 100,
  lettersPerSubscription: 100,
};

/**
 * Saved queries, their subscriptions and dead letters, in LevelDB and whole in memory.
 *
 * Consistency: a change is on disk when its call returns, and seen by nobody before; what belongs together is written
 * together. Changes within an organisation are made one after the other. Only `pass` may run ahead of the disk.
 */
export class WatchStore extends WatchBook {
  /** Positions on disk, by subscription. */
  private readonly written = new Map<string, number>();
  private readonly turns = new Turns();
  private readonly writer: LevelWriter;

  private constructor(
    private readonly level: Level,
    private readonly rows: WatchRows,
    private readonly bounds: typeof WATCH_BOUNDS,
  ) {
    super();
    this.writer = new LevelWriter(level);
  }

  /**
   * @param options.master 32 bytes
   * @throws AppError DATA_DIRECTORY_LOCKED, STORE_FULL, STORE_FAILED
   */
  static async open(
    directory: string,
    options: {
      master: Uint8Array;
      randomBytes: RandomBytes;
      bounds?: Partial<typeof WATCH_BOUNDS>;
    },
  ): Promise<WatchStore> {
    const level = await openLevel(directory, SMALL_STORE);
    try {
      const rows = new WatchRows(options.master, options.randomBytes);
      const store = new WatchStore(level, rows, { ...WATCH_BOUNDS, ...options.bounds });
      for await (const [key, value] of level.iterator()) store.load(key, value);
      return store;
    } catch (error) {
      await level.close();
      throw storeError(error);
    }
  }

  hasRoomForLetter(subscription: QuerySubscription): boolean {
    return this.lettersOf(subscription).length < this.bounds.lettersPerSubscription;
  }

  /**
   * @returns what is saved under its name
   * @throws AppError BAD_USER_INPUT when the name is taken, TOO_LARGE, STORE_FULL, STORE_FAILED
   */
  saveQuery(query: SavedQuery): Promise<SavedQuery> {
    const { owner, name } = query;
    return this.turns.take(owner.organisation, async () => {
      const saved = this.query(owner, name);
      if (saved && isSameQuery(saved, query)) return saved;
      if (saved) throw refuse('another query is saved by this name', '/name');
      const { queriesPerOrganisation: max, queriesPerPrincipal } = this.bounds;
      const held = count(this.queries(), (each) => each.owner.organisation === owner.organisation);
      if (held >= max) throw tooMany(`${max} saved queries`);
      if (this.queriesOf(owner).length >= queriesPerPrincipal) {
        throw tooMany(`${queriesPerPrincipal} saved queries of one caller`);
      }
      await this.writer.write([this.rows.putQuery(query)]);
      this.putQuery(query);
      return query;
    });
  }

  /** Deletes a query with its subscriptions. @returns their ids, or undefined when there is no such query */
  deleteQuery(owner: Principal, name: string): Promise<string[] | undefined> {
    return this.turns.take(owner.organisation, async () => {
      const query = this.query(owner, name);
      if (!query) return undefined;
      const doomed = this.subscriptionsOf(query);
      await this.writer.write([
        this.rows.deleteQuery(owner, name),
        ...doomed.flatMap((each) => this.deletionOf(each)),
      ]);
      this.forgetQuery(query);
      for (const each of doomed) this.drop(each);
      return doomed.map(({ id }) => id);
    });
  }

  /** @throws AppError NOT_FOUND when its query is gone, TOO_LARGE, STORE_FULL, STORE_FAILED */
  addSubscription(subscription: QuerySubscription): Promise<void> {
    const { owner, queryName } = subscription;
    return this.turns.take(owner.organisation, async () => {
      if (!this.query(owner, queryName)) throw new AppError('NOT_FOUND', 'there is no such query');
      const { subscriptionsPerOrganisation, subscriptionsPerPrincipal } = this.bounds;
      const all = [...this.subscriptions()].filter(
        (each) => each.owner.organisation === owner.organisation,
      );
      if (all.length >= subscriptionsPerOrganisation) {
        throw tooMany(`${subscriptionsPerOrganisation} subscriptions`);
      }
      if (count(all, (each) => isSame(each.owner, owner)) >= subscriptionsPerPrincipal) {
        throw tooMany(`${subscriptionsPerPrincipal} subscriptions of one caller`);
      }
      await this.writer.write([this.rows.putSubscription(subscription)]);
      this.keep(subscription);
    });
  }

  /** There is nothing to deliver before `position`. */
  async pass(
    { id, owner }: Pick<QuerySubscription, 'id' | 'owner'>,
    position: number,
  ): Promise<void> {
    await this.turns.take(owner.organisation, async () => {
      const now = this.subscription(id);
      if (!now || now.position >= position) return;
      const next = { ...now, position };
      if (position - (this.written.get(id) ?? 0) < POSITION_STEP) {
        this.putSubscription(next);
        return;
      }
      await this.writer.write([this.rows.putSubscription(next)]);
      this.keep(next);
    });
  }

  /**
   * Puts what `change` makes of a subscription as it is now in its place; a letter comes or goes with it.
   *
   * @returns undefined when it is gone, or `change` leaves it as it is
   * @throws AppError STORE_FULL, STORE_FAILED
   */
  update(
    { id, owner }: Pick<QuerySubscription, 'id' | 'owner'>,
    change: (now: QuerySubscription) => Change | undefined,
  ): Promise<QuerySubscription | undefined> {
    return this.turns.take(owner.organisation, async () => {
      const now = this.subscription(id);
      const changed = now && change(now);
      if (!changed) return undefined;
      const { next, newLetter, oldLetter } = changed;
      const writes: LevelWrite[] = [this.rows.putSubscription(next)];
      if (newLetter) writes.push(this.rows.putLetter(newLetter));
      if (oldLetter) writes.push(this.rows.deleteLetter(oldLetter));
      await this.writer.write(writes);
      this.keep(next);
      if (newLetter) this.putLetter(newLetter);
      if (oldLetter) this.forgetLetter(oldLetter);
      return next;
    });
  }

  /** With its letters. @returns whether it was there */
  deleteSubscription({ id, owner }: Pick<QuerySubscription, 'id' | 'owner'>): Promise<boolean> {
    return this.turns.take(owner.organisation, async () => {
      const subscription = this.subscription(id);
      if (!subscription) return false;
      await this.writer.write(this.deletionOf(subscription));
      this.drop(subscription);
      return true;
    });
  }

  /** Waits for what was begun. */
  async close(): Promise<void> {
    await this.turns.idle();
    await this.writer.idle();
    await this.level.close();
  }

  private load(key: Uint8Array, value: Uint8Array): void {
    const row = this.rows.open(key, value);
    if (row.kind === 'QUERY') this.putQuery(row.query);
    else if (row.kind === 'LETTER') this.putLetter(row.letter);
    else this.keep(row.subscription);
  }

  private keep(subscription: QuerySubscription): void {
    this.putSubscription(subscription);
    this.written.set(subscription.id, subscription.position);
  }

  private deletionOf(subscription: QuerySubscription): LevelWrite[] {
    return [
      this.rows.deleteSubscription(subscription.id),
      ...this.lettersOf(subscription).map((letter) => this.rows.deleteLetter(letter)),
    ];
  }

  private drop(subscription: QuerySubscription): void {
    this.forget(subscription);
    this.written.delete(subscription.id);
  }
}

function count<T>(all: Iterable<T>, isMeant: (one: T) => boolean): number {
  let counted = 0;
  for (const one of all) if (isMeant(one)) counted++;
  return counted;
}

function refuse(message: string, pointer: string): AppError {
  return new AppError('BAD_USER_INPUT', message, { pointer });
}

function tooMany(what: string): AppError {
  return new AppError('TOO_LARGE', `an organisation has at most ${what}`, {
    hint: 'delete what is no longer needed',
  });
}
