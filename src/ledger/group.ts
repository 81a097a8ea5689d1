import { utf8 } from '../crypto/bytes.js';
import { AppError } from '../error.js';
import { admit, type Authority } from './authority.js';
import { entryCid, formatEntry } from './entry.js';
import { GrowingTree } from './growing-tree.js';
import type { Group, Head, JournalEntry, NonceUse } from './journal.js';
import type { LogState } from './log-state.js';
import { Pace } from './pace.js';
import type { Submission } from './submission.js';
import { EMPTY_ROOT, hashLeaf } from './tree.js';

/** Where a submission ended up. */
export interface Placement extends NonceUse {
  /** Present for an entry of this group; otherwise the statement was taken earlier. */
  entry?: { cid: string; at: number };
}

/** What one group does, computed whole before the one effect that applies it. */
export interface Plan {
  /** For each call, in order: where its statements stand, or why none of them was taken. */
  outcomes: (Placement[] | AppError)[];
  /** Undefined when nothing new was taken. */
  change?: Change;
}

export interface Change {
  group: Group;
  /** The log once the group is durable. */
  state: LogState;
}

/** The log a plan starts from: a state, or the origin of a log that has no entry yet. */
export type Base = LogState | { head: Head; tree: GrowingTree; authority: undefined };

export function emptyLog(origin: string): Base {
  const head = { log: '', origin, size: 0, root: EMPTY_ROOT, last: '', at: 0 };
  return { head, tree: GrowingTree.empty(), authority: undefined };
}

/**
 * Plans a group of calls; each call is taken as a whole or not at all.
 *
 * @param used what the journal says of each submission's nonce, in the order of the calls laid end to end
 * @param now ms since the epoch; entries are dated no earlier than the entry before
 */
export async function planGroup(
  calls: readonly (readonly Submission[])[],
  used: readonly (NonceUse | undefined)[],
  base: Base,
  now: number,
): Promise<Plan> {
  const at = Math.max(Math.trunc(now), base.head.at);
  const draft = new Draft(base, at);
  let next = 0;
  const outcomes = calls.map((call) => {
    const uses = used.slice(next, (next += call.length));
    return draft.take(call, uses);
  });
  if (draft.taken.length === 0) return { outcomes };
  const change = await formatChange(draft, base, at);
  const first = base.head.size;
  for (const placement of outcomes.flatMap((outcome) => (Array.isArray(outcome) ? outcome : []))) {
    const entry = change.group.entries[placement.seq - first];
    if (entry !== undefined) placement.entry = { cid: entry.cid, at };
  }
  return { outcomes, change };
}

/** The statements taken so far, in order, and what they have changed. */
class Draft {
  readonly taken: Submission[] = [];
  authority: Authority | undefined;
  private readonly placed = new Map<string, NonceUse>();

  constructor(
    private readonly base: Base,
    private readonly at: number,
  ) {
    this.authority = base.authority;
  }

  take(
    call: readonly Submission[],
    used: readonly (NonceUse | undefined)[],
  ): Placement[] | AppError {
    const mark = this.taken.length;
    const { authority } = this;
    try {
      return call.map((submission, i) => this.place(submission, used[i]));
    } catch (error) {
      // a call that fails half-way leaves no trace
      for (const dropped of this.taken.splice(mark)) this.placed.delete(nameOf(dropped));
      this.authority = authority;
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  private place(submission: Submission, used: NonceUse | undefined): Placement {
    const { statement, author, cid } = submission;
    const former = used ?? this.placed.get(nameOf(submission));
    if (former !== undefined) {
      if (former.statementCid === cid) return { ...former };
      throw new AppError('NONCE_REUSED', 'the nonce was used for another statement', {
        seq: former.seq,
      });
    }
    const seq = this.base.head.size + this.taken.length;
    const { log } = this.base.head;
    const { authority, at } = this;
    this.authority = admit(statement, author, { log, seq, at, authority });
    this.taken.push(submission);
    const placement = { seq, statementCid: cid };
    this.placed.set(nameOf(submission), placement);
    return { ...placement };
  }
}

async function formatChange(draft: Draft, base: Base, at: number): Promise<Change> {
  const tree = base.tree.clone();
  const entries: JournalEntry[] = [];
  let { log, last } = base.head;
  const pace = new Pace();
  for (const { statement, author, text } of draft.taken) {
    const seq = tree.size;
    const bytes = utf8(formatEntry(seq, last, at, text));
    const cid = entryCid(bytes);
    tree.append(hashLeaf(bytes));
    entries.push({ seq, bytes, cid, author, nonce: statement.nonce });
    if (seq === 0) log = cid;
    last = cid;
    if (pace.isDue()) await pace.rest();
  }
  const { origin } = base.head;
  const after: Head = { log, origin, size: tree.size, root: tree.root(), last, at };
  const authority = draft.authority!;
  const group: Group = {
    before: base.authority && base.head,
    after,
    entries,
    tiles: tree.changedTiles(),
    authority: authority === base.authority ? undefined : authority,
  };
  return { group, state: { head: after, tree, authority } };
}

function nameOf({ author, statement }: Submission): string {
  return author + statement.nonce;
}
