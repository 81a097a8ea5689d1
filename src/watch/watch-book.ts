import { isSame, keyOf, type Principal } from './principal.js';
import type { DeadLetter, QuerySubscription } from './query-subscription.js';
import type { SavedQuery } from './saved-query.js';

/** Saved queries, their subscriptions and dead letters, in memory. */
export class WatchBook {
  private readonly queryById = new Map<string, SavedQuery>();
  private readonly byId = new Map<string, QuerySubscription>();
  /** By subscription, in order of positions. */
  private readonly letters = new Map<string, DeadLetter[]>();

  query(owner: Principal, name: string): SavedQuery | undefined {
    return this.queryById.get(queryId(owner, name));
  }

  /** By name. */
  queriesOf(owner: Principal): SavedQuery[] {
    const own = [...this.queryById.values()].filter((query) => isSame(query.owner, owner));
    return own.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  subscription(id: string): QuerySubscription | undefined {
    return this.byId.get(id);
  }

  subscriptions(): Iterable<QuerySubscription> {
    return this.byId.values();
  }

  /** Oldest first. */
  subscriptionsOf({ owner, name }: Pick<SavedQuery, 'owner' | 'name'>): QuerySubscription[] {
    const found = [...this.byId.values()].filter(
      (each) => each.queryName === name && isSame(each.owner, owner),
    );
    return found.sort((a, b) => a.createdAt - b.createdAt);
  }

  letter(id: string): DeadLetter | undefined {
    const [subscriptionId = ''] = id.split('.');
    return this.letters.get(subscriptionId)?.find((letter) => letter.id === id);
  }

  /** In order of positions. */
  lettersOf({ id }: Pick<QuerySubscription, 'id'>): DeadLetter[] {
    return [...(this.letters.get(id) ?? [])];
  }

  protected queries(): Iterable<SavedQuery> {
    return this.queryById.values();
  }

  protected putQuery(query: SavedQuery): void {
    this.queryById.set(queryId(query.owner, query.name), query);
  }

  protected forgetQuery({ owner, name }: SavedQuery): void {
    this.queryById.delete(queryId(owner, name));
  }

  protected putSubscription(subscription: QuerySubscription): void {
    this.byId.set(subscription.id, subscription);
  }

  /** With its letters. */
  protected forget({ id }: QuerySubscription): void {
    this.letters.delete(id);
    this.byId.delete(id);
  }

  protected putLetter(letter: DeadLetter): void {
    const all = [...(this.letters.get(letter.subscriptionId) ?? []), letter];
    all.sort((a, b) => a.from - b.from);
    this.letters.set(letter.subscriptionId, all);
  }

  protected forgetLetter({ id, subscriptionId }: DeadLetter): void {
    const left = this.letters.get(subscriptionId)?.filter((letter) => letter.id !== id);
    if (left) this.letters.set(subscriptionId, left);
  }
}

function queryId(owner: Principal, name: string): string {
  return `${keyOf(owner)} ${name}`;
}
