import { decide, type Action, type Resource } from '../access/policy.js';
import type { Viewer } from '../access/viewer.js';
import type { Archive } from '../archive/archive.js';
import type { Keyring } from '../crypto/keyring.js';
import { AppError } from '../error.js';
import type { Follower } from '../graph/follower.js';
import type { Graph } from '../graph/graph.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Limits } from './limit.js';

/** What the read flows read. */
export interface QueryRooms {
  ledger: Ledger;
  archive: Archive;
  keyring: Keyring;
  graph: Graph;
  follower: Follower;
  limits: Limits;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Who asks, and until when: one for each request, and one for each event of a subscription. */
export class Reader {
  readonly deadlineAt: number;

  constructor(
    readonly rooms: QueryRooms,
    readonly viewer: Viewer,
    private readonly caller?: AbortSignal,
  ) {
    this.deadlineAt = performance.now() + rooms.limits.deadlineMs;
  }

  /** The one question every rule is asked through. */
  may(action: Action, resource: Resource = {}): boolean {
    return decide(this.viewer, action, resource).permit;
  }

  /** Milliseconds left. @throws AppError DEADLINE when there are none, or nobody listens any more */
  remainingMs(): number {
    const left = this.deadlineAt - performance.now();
    if (left > 0 && !this.caller?.aborted) return left;
    throw new AppError('DEADLINE', 'the time for this request is over', {
      hint: 'ask for less at once: fewer fields, a smaller page or a lower depth',
    });
  }
}
