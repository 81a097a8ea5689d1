import { decide, type Action, type Resource } from '../access/policy.js';
import type { Viewer } from '../access/viewer.js';
import type { Archive } from '../archive/archive.js';
import type { Keyring } from '../crypto/keyring.js';
import { AppError } from '../error.js';
import type { FactsReader } from '../facts/facts-reader.js';
import type { Follower } from '../graph/follow/follower.js';
import { Gate } from '../gate.js';
import type { Graph, GraphRead } from '../graph/graph.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Logger } from '../log.js';
import type { Limits } from './limit.js';
import { createLoaders, type Loaders } from './loader.js';

/** What the read flows read. */
export interface QueryRooms {
  ledger: Ledger;
  archive: Archive;
  keyring: Keyring;
  graph: Graph;
  facts: FactsReader;
  follower: Follower;
  logger: Logger;
  limits: Limits;
  organisation: { name: string; slug: string };
  /** 32 secret bytes that stay the same over restarts: cursors are authenticated with it. */
  cursorKey: Uint8Array;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** How many of one request's questions are with the index at a time; others need not stand behind all the rest. */
const ASKED_AT_ONCE = 4;

/**
 * Who asks, and until when. One for each request and one for each event of a subscription, never shared:
 * its loaders remember what this viewer was shown.
 */
export class Reader {
  readonly load: Loaders;
  private readonly deadlineAt: number;
  private readonly decisions = new Map<string, boolean>();
  private readonly gate = new Gate(ASKED_AT_ONCE);
  private contentLeft: number;

  constructor(
    readonly rooms: QueryRooms,
    readonly viewer: Viewer,
    private readonly caller?: AbortSignal,
  ) {
    this.deadlineAt = performance.now() + rooms.limits.deadlineMs;
    this.contentLeft = rooms.limits.contentCharactersMax;
    this.load = createLoaders(this);
  }

  /** Aborts when nobody waits for the answer any more. */
  get signal(): AbortSignal | undefined {
    return this.caller;
  }

  /** The one question every rule is asked through; thousands of nodes ask it of a few classes and types. */
  may(action: Action, resource: Resource = {}): boolean {
    const key = `${action} ${resource.class} ${resource.type}`;
    const known = this.decisions.get(key);
    if (known !== undefined) return known;
    const { permit } = decide(this.viewer, action, resource);
    this.decisions.set(key, permit);
    return permit;
  }

  /** Whoever shows no token is told to; whether anything is there depends on who asks. @throws AppError UNAUTHENTICATED */
  checkKnown(): void {
    if (this.viewer.role !== 'anonymous') return;
    throw new AppError('UNAUTHENTICATED', 'records are shown to callers with a token only', {
      hint: 'send an access token: Authorization: Bearer ...',
    });
  }

  /** Milliseconds left. @throws AppError DEADLINE when there are none, or nobody listens any more */
  remainingMs(): number {
    const left = this.deadlineAt - performance.now();
    if (left > 0 && !this.caller?.aborted) return left;
    throw overdue();
  }

  /**
   * The index's answer, unless the time is over first. What is still waiting its turn then is never asked.
   *
   * @throws AppError DEADLINE, and what the index throws
   */
  ask<T>(question: (read: GraphRead) => Promise<T>): Promise<T> {
    const answer = this.gate.run(async () => {
      this.remainingMs();
      return question(this.rooms.graph.read);
    });
    return this.within(answer);
  }

  /**
   * Counts content that is opened, or worked on, against what one request may.
   *
   * @param characters of its text, or what takes as long
   * @throws AppError QUERY_TOO_COMPLEX when it has been more
   */
  spend(characters: number): void {
    this.contentLeft -= characters;
    if (this.contentLeft >= 0) return;
    throw new AppError('QUERY_TOO_COMPLEX', 'more content is asked for than one request may open', {
      hint: 'ask for smaller pages, or for less of what is read from content',
      limit: this.rooms.limits.contentCharactersMax,
    });
  }

  /** The result of the work, unless the time is over first. @throws AppError DEADLINE */
  async within<T>(work: Promise<T>): Promise<T> {
    // when the time is over already, nobody is left to hear of a failure
    work.catch(() => {});
    const left = this.remainingMs();
    return new Promise<T>((resolve, reject) => {
      const giveUp = () => reject(overdue());
      const timer = setTimeout(giveUp, left);
      this.caller?.addEventListener('abort', giveUp, { once: true });
      void work.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        this.caller?.removeEventListener('abort', giveUp);
      });
    });
  }
}

function overdue(): AppError {
  return new AppError('DEADLINE', 'the time for this request is over', {
    hint: 'ask for less at once: fewer fields, a smaller page or a lower depth',
  });
}
