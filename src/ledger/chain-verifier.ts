import { verifyFlattened } from '../crypto/jws.js';
import { AppError } from '../error.js';
import { admit, type Authority, type Place } from './authority.js';
import { decodeEntry, entryCid, type Entry } from './entry.js';
import { InFlight } from './in-flight.js';
import { NonceSet } from './nonce-set.js';
import { RightEdge } from './right-edge.js';
import { authorOf, decodeStatement, STATEMENT_TYP, type Statement } from './statement.js';
import { hashLeaf } from './tree.js';

export interface VerifiedEntry {
  entry: Entry;
  statement: Statement;
}

export interface ChainVerifierOptions {
  /** Id of the log, if known: the CID its genesis entry must have. */
  log?: string;
  /**
   * Called for each signature that does not verify, instead of failing: for an audit that wants to name
   * every fault.
   */
  onRefused?: (seq: number, error: AppError) => void;
}

/** Enough to keep every core busy while entries are being read, few enough to hold no more than a MB. */
const IN_FLIGHT_MAX = 512;

/**
 * Checks a whole log, entry by entry from the first: canonical bytes, position, link to the entry before, time,
 * genesis, author's key in force at that position, nonce never used before, signature.
 *
 * Signatures are verified in parallel behind `add`; `settle` and `root` wait for them. The log is good when
 * `root` returns the root of a checkpoint one trusts.
 */
export class ChainVerifier {
  private readonly tree = new RightEdge();
  private readonly nonces = new NonceSet();
  private readonly inFlight = new InFlight(IN_FLIGHT_MAX);
  private last: string | undefined = '';
  private at = 0;
  private current: Authority | undefined;
  private failure: AppError | undefined;
  private genesis = '';
  private hasGap = false;

  constructor(private readonly options: ChainVerifierOptions = {}) {}

  /** Number of entries added. */
  get size(): number {
    return this.tree.size;
  }

  /** Id of the log: CID of entry 0, "" before. */
  get log(): string {
    return this.genesis;
  }

  /** CID of the last entry, "" before the first; undefined when that was skipped. */
  get lastCid(): string | undefined {
    return this.last;
  }

  /** Time of the last entry. */
  get lastAt(): number {
    return this.at;
  }

  /** Who may speak after the last entry. */
  get authority(): Authority | undefined {
    return this.current;
  }

  /** True when every entry was there, so that `authority` is certain. */
  get isWhole(): boolean {
    return !this.hasGap;
  }

  /**
   * Adds the next entry; waits only while many signatures are being verified. Nothing is added when it throws.
   * @throws AppError whose `seq` names the entry at fault, which may be an earlier one: ENTRY_REFUSED,
   *   NONCE_REUSED, SIGNATURE_REFUSED, NON_CANONICAL, ENTRY_TOO_LARGE, TOO_DEEP, MALFORMED_JSON
   */
  async add(bytes: Uint8Array): Promise<VerifiedEntry> {
    if (this.failure !== undefined) throw this.failure;
    const seq = this.size;
    try {
      const entry = decodeEntry(bytes);
      const statement = decodeStatement(entry.statement);
      this.advance(bytes, entry, statement);
      await this.inFlight.room();
      return { entry, statement };
    } catch (error) {
      throw error instanceof AppError ? withSeq(error, seq) : error;
    }
  }

  /**
   * Steps over an entry that is at fault, for audits that want to name every fault.
   * @param known keys the log itself says are in force: the entry may have been the one that added them
   */
  skip(leafHash: Uint8Array, known?: { log: string; authority: Authority }): void {
    this.tree.append(leafHash);
    this.last = undefined;
    this.hasGap = true;
    if (known === undefined) return;
    const { authors, ...rest } = this.current ?? known.authority;
    this.current = { ...rest, authors: new Map([...authors, ...known.authority.authors]) };
    if (this.genesis === '') this.genesis = known.log;
  }

  /** Waits for the signatures of all entries added. @throws AppError SIGNATURE_REFUSED */
  async settle(): Promise<void> {
    await this.inFlight.settled();
    if (this.failure !== undefined) throw this.failure;
  }

  /** Root of all entries added, after their signatures. @throws AppError SIGNATURE_REFUSED */
  async root(): Promise<Uint8Array> {
    await this.settle();
    return this.tree.root();
  }

  private advance(bytes: Uint8Array, entry: Entry, statement: Statement): void {
    const { size: seq, last, at } = this;
    if (entry.seq !== seq) throw refuse('the entry stands at another position');
    if (last !== undefined && entry.prev !== last)
      throw refuse('the link to the entry before is wrong');
    if (entry.at < at) throw refuse('the time is before that of the entry before');
    const author = authorOf(entry.statement);
    const place = { log: this.genesis, seq, at: entry.at, authority: this.current };
    const next = this.admit(statement, author, place);
    const key = (this.current ?? next).authors.get(author);
    const cid = entryCid(bytes);
    if (seq === 0 && this.options.log !== undefined && cid !== this.options.log) {
      throw refuse('the log has another id');
    }
    if (!this.nonces.add(author, statement.nonce)) {
      throw new AppError('NONCE_REUSED', 'the nonce stands in an earlier entry');
    }
    if (seq === 0) this.genesis = cid;
    this.last = cid;
    this.at = entry.at;
    this.current = next;
    this.tree.append(hashLeaf(bytes));
    const check = verifyFlattened(entry.statement, { typ: STATEMENT_TYP, keyOf: () => key });
    this.inFlight.add(
      check.then(
        () => {},
        (error: unknown) => this.refuseSignature(seq, error),
      ),
    );
  }

  private admit(statement: Statement, author: string, place: Place): Authority {
    try {
      return admit(statement, author, place);
    } catch (error) {
      // behind a gap nobody knows which key changes are right
      const isUncertain = this.hasGap && statement.type.startsWith('key.');
      if (isUncertain && place.authority !== undefined) return place.authority;
      throw error;
    }
  }

  private refuseSignature(seq: number, cause: unknown): void {
    const message = cause instanceof AppError ? cause.message : 'the signature cannot be verified';
    const error = new AppError('SIGNATURE_REFUSED', message, { seq }, { cause });
    if (this.options.onRefused !== undefined) this.options.onRefused(seq, error);
    else if (this.failure === undefined || seq < Number(this.failure.data['seq'])) {
      this.failure = error;
    }
  }
}

function refuse(message: string): AppError {
  return new AppError('ENTRY_REFUSED', message);
}

function withSeq(error: AppError, seq: number): AppError {
  return new AppError(error.code, error.message, { ...error.data, seq }, { cause: error });
}
