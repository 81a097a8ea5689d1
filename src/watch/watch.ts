import { toBase64url } from '../crypto/bytes.js';
import { drawBytes, systemRandomBytes, type RandomBytes } from '../crypto/random.js';
import { AppError } from '../error.js';
import type { Logger } from '../log.js';
import { checkEventReader, listEvents } from '../query/event-list.js';
import type { QueryRooms, Reader } from '../query/reader.js';
import { parseAllowList } from './allow-list.js';
import { Delivery } from './delivery.js';
import { Dispatcher } from './dispatcher.js';
import { EventSource } from './event-source.js';
import { isSame, ownerOf } from './principal.js';
import { Redelivery } from './redelivery.js';
import { resolveHost, type ResolveHost } from './resolve-host.js';
import { makeQuery, type QueryDraft, type SavedQuery } from './saved-query.js';
import { resume, type DeadLetter, type QuerySubscription } from './query-subscription.js';
import { TargetGuard } from './target-guard.js';
import { WatchStore, type WATCH_BOUNDS } from './watch-store.js';
import { createSecret, formatSecret } from './webhook-signature.js';

export interface WatchOptions {
  /** 32 bytes: what is stored is sealed under a key made from it. */
  master: Uint8Array;
  logger: Logger;
  /** Hosts, addresses and CIDR ranges that may be called although they are not public. */
  webhookHosts?: readonly string[];
  bounds?: Partial<typeof WATCH_BOUNDS>;
  /** ms since the epoch */
  now?: () => number;
  /** From 0 to 1. */
  random?: () => number;
  randomBytes?: RandomBytes;
  resolve?: ResolveHost;
  timeoutMs?: number;
  gatherMs?: number;
}

export interface SubscriptionDraft {
  /** Of a saved query of the caller's. */
  name: string;
  url: string;
  /** The first ledger position that is delivered; what comes from now on when left out. */
  from?: number;
  /** In its stead: what was recorded at this time (ms) or later. */
  since?: number;
  /** Signs deliveries as EPCIS says, beside the secret that is made here. */
  signatureToken?: string;
}

const ID_BYTES = 16;
const TIMEOUT_MS = 10_000;
const GATHER_MS = 500;
const EVENTS_MAX = 100;

/**
 * Saved queries, and their subscriptions by webhook. Each is seen and changed by its owner only; for everyone else it is
 * not there.
 */
export class Watch {
  private readonly guard: TargetGuard;
  private readonly now: () => number;
  private readonly randomBytes: RandomBytes;
  private running?: { dispatcher: Dispatcher; redelivery: Redelivery; unhear: () => void };

  private constructor(
    private readonly store: WatchStore,
    private readonly options: WatchOptions,
  ) {
    const { webhookHosts = [], resolve = resolveHost } = options;
    this.now = options.now ?? Date.now;
    this.randomBytes = options.randomBytes ?? systemRandomBytes;
    this.guard = new TargetGuard(parseAllowList(webhookHosts), resolve);
  }

  /**
   * Nothing is delivered before `start`.
   *
   * @throws AppError BAD_USER_INPUT (webhookHosts), DATA_DIRECTORY_LOCKED, STORE_FULL, STORE_FAILED
   */
  static async open(directory: string, options: WatchOptions): Promise<Watch> {
    const { master, randomBytes = systemRandomBytes, bounds, webhookHosts = [] } = options;
    parseAllowList(webhookHosts);
    const store = await WatchStore.open(directory, {
      master,
      randomBytes,
      ...(bounds && { bounds }),
    });
    return new Watch(store, options);
  }

  /** Begins to deliver, from where each subscription is. */
  start(rooms: QueryRooms): void {
    if (this.running) return;
    const {
      logger,
      timeoutMs = TIMEOUT_MS,
      random = Math.random,
      gatherMs = GATHER_MS,
    } = this.options;
    const { guard, now, store } = this;
    const source = new EventSource(rooms);
    const delivery = new Delivery(source, { guard, now, timeoutMs, eventsMax: EVENTS_MAX });
    const dispatcher = new Dispatcher(store, delivery, { now, random, gatherMs, logger });
    const unhear = source.onMore(dispatcher.nudge);
    this.running = { dispatcher, redelivery: new Redelivery(store, delivery, now), unhear };
    dispatcher.ring();
  }

  /** Looks at once whether something is due, which it does by itself. Resolves when all that was due has been tried. */
  async catchUp(): Promise<void> {
    this.running?.dispatcher.ring();
    await this.running?.dispatcher.idle();
  }

  /**
   * Saves a query by a name; the same again is no mistake. It is asked once, so that one which cannot be answered is refused.
   *
   * @throws AppError BAD_USER_INPUT, TOO_LARGE, QUERY_TOO_COMPLEX, UNAUTHENTICATED, FORBIDDEN
   */
  async saveQuery(reader: Reader, draft: QueryDraft): Promise<SavedQuery> {
    checkEventReader(reader);
    const query = makeQuery(reader.viewer, draft, this.now());
    await listEvents(reader, { filter: query.filter, orderBy: 'RECORD_ASC', first: 1 });
    return this.store.saveQuery(query);
  }

  /** With its subscriptions. @returns their ids @throws AppError NOT_FOUND, UNAUTHENTICATED */
  async deleteQuery(reader: Reader, name: string): Promise<string[]> {
    reader.checkKnown();
    const ended = await this.store.deleteQuery(reader.viewer, name);
    if (!ended) throw notFound('query');
    for (const id of ended) this.running?.dispatcher.drop(id);
    return ended;
  }

  /** @throws AppError UNAUTHENTICATED */
  query(reader: Reader, name: string): SavedQuery | undefined {
    reader.checkKnown();
    return this.store.query(reader.viewer, name);
  }

  /** By name. @throws AppError UNAUTHENTICATED */
  queries(reader: Reader): SavedQuery[] {
    reader.checkKnown();
    return this.store.queriesOf(reader.viewer);
  }

  /** Oldest first. */
  subscriptions(query: Pick<SavedQuery, 'owner' | 'name'>): QuerySubscription[] {
    return this.store.subscriptionsOf(query);
  }

  /** In order of positions. */
  deadLetters(subscription: Pick<QuerySubscription, 'id'>): DeadLetter[] {
    return this.store.lettersOf(subscription);
  }

  /**
   * @returns the subscription, and its secret, which is told this once
   * @throws AppError BAD_USER_INPUT, NOT_FOUND, TOO_LARGE, UNAUTHENTICATED, FORBIDDEN
   */
  async subscribe(
    reader: Reader,
    { name, url, since, signatureToken, ...draft }: SubscriptionDraft,
  ): Promise<{ subscription: QuerySubscription; secret: string }> {
    checkEventReader(reader);
    const { viewer, rooms } = reader;
    const query = this.store.query(viewer, name);
    if (!query) throw notFound('query', '/name');
    const { size } = rooms.ledger.head();
    const from = since === undefined ? draft.from : await firstSince(reader, since);
    if (from !== undefined && from > size) {
      const message = `the log has ${size} entries: it has not come so far`;
      throw new AppError('BAD_USER_INPUT', message, { pointer: '/from', limit: size });
    }
    const target = await reader.within(this.guard.check(url));
    const secret = createSecret(this.randomBytes);
    const subscription: QuerySubscription = {
      v: 1,
      id: toBase64url(drawBytes(this.randomBytes, ID_BYTES)),
      queryName: name,
      url: target.url.href,
      secret: toBase64url(secret),
      ...(signatureToken !== undefined && { signatureToken }),
      owner: ownerOf(viewer),
      createdAt: this.now(),
      position: from ?? size,
      state: 'ACTIVE',
      failures: 0,
      delivered: 0,
      withheld: 0,
    };
    await this.store.addSubscription(subscription);
    this.running?.dispatcher.nudge();
    return { subscription, secret: formatSecret(secret) };
  }

  /** With its dead letters. @throws AppError NOT_FOUND, UNAUTHENTICATED */
  async unsubscribe(reader: Reader, id: string): Promise<void> {
    const subscription = this.own(reader, id);
    if (!(await this.store.deleteSubscription(subscription))) throw notFound('subscription');
    this.running?.dispatcher.drop(id);
  }

  /**
   * Goes on where it stands, with the caller's present rights; one that waits for a retry tries at once.
   *
   * @throws AppError NOT_FOUND, BAD_USER_INPUT (it has ended), UNAUTHENTICATED, FORBIDDEN
   */
  async resume(reader: Reader, id: string): Promise<QuerySubscription> {
    checkEventReader(reader);
    const subscription = this.own(reader, id);
    if (subscription.state === 'ENDED') {
      throw new AppError('BAD_USER_INPUT', 'the receiver ended this subscription', {
        hint: 'subscribe again, from the position it had reached',
      });
    }
    const resumed = await this.store.update(subscription, (now) => ({
      next: resume(now, ownerOf(reader.viewer)),
    }));
    if (!resumed) throw notFound('subscription');
    this.running?.dispatcher.nudge();
    return resumed;
  }

  /**
   * Sends once what was given up; the letter goes when the receiver has taken it.
   *
   * @returns how many events were sent
   * @throws AppError NOT_FOUND, UNAVAILABLE (it failed again), RATE_LIMITED, UNAUTHENTICATED, FORBIDDEN
   */
  async redeliver(
    reader: Reader,
    letterId: string,
  ): Promise<{ events: number; subscription: QuerySubscription }> {
    checkEventReader(reader);
    const letter = this.store.letter(letterId);
    const subscription = letter && this.store.subscription(letter.subscriptionId);
    if (!subscription || !isSame(subscription.owner, reader.viewer)) throw notFound('dead letter');
    if (!this.running) throw new AppError('UNAVAILABLE', 'this node delivers nothing now');
    const owner = ownerOf(reader.viewer);
    return this.running.redelivery.send({ ...subscription, owner }, letter);
  }

  /** What is under way is broken off; nothing is lost by that. */
  async close(): Promise<void> {
    this.running?.unhear();
    await this.running?.redelivery.stop();
    await this.running?.dispatcher.stop();
    await this.store.close();
  }

  private own(reader: Reader, id: string): QuerySubscription {
    reader.checkKnown();
    const subscription = this.store.subscription(id);
    if (subscription && isSame(subscription.owner, reader.viewer)) return subscription;
    throw notFound('subscription');
  }
}

/** Position of the first event recorded then or later; where the index is when there is none. */
async function firstSince(reader: Reader, since: number): Promise<number> {
  const filter = { recordTime: { from: since } };
  const { events, cursor } = await reader.ask((read) => read.listEvents(filter, 'RECORD_ASC', 1));
  return events[0]?.seq ?? cursor;
}

/** Says nothing of whether it is missing or another's. */
function notFound(what: string, pointer?: string): AppError {
  return new AppError('NOT_FOUND', `there is no such ${what}`, pointer ? { pointer } : {});
}
