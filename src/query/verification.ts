import { join } from 'node:path';
import { Archive } from '../archive/archive.js';
import { isAppError } from '../error.js';
import { auditLedger } from '../ledger/audit.js';
import { verifySourceList } from '../ledger/source-list.js';
import type { Statement, StatementSources } from '../ledger/statement.js';

/** FORMATS 8. A data directory has every block its log names, so anything missing is INVALID, not INCOMPLETE. */
export type Verdict = 'VALID' | 'INVALID';

export interface VerificationProblem {
  /** `entry 17`, `tile 0/3`, `checkpoint`, `block of entry 17`, `sources of entry 17`, `blocks`. */
  place: string;
  code: string;
  message: string;
}

export interface Verification {
  verdict: Verdict;
  entries: number;
  records: number;
  /** Distinct record blocks found whole. */
  blocks: number;
  /** Public blocks of lists of sources found whole; those of a list that two statements name count twice. */
  listBlocks: number;
  head: { origin: string; size: number; root: string };
  problems: VerificationProblem[];
}

const BLOCKS_AT_ONCE = 256;
/** Of sealed content, as the statements tell it. */
const BYTES_AT_ONCE = 8 * 1024 * 1024;

/**
 * Audits a whole data directory offline: chain, tree, tiles, checkpoint, signatures, and every block.
 * Needs no key and trusts nothing in the directory but the log's id, when the caller knows it.
 *
 * @param expected.log the log's id (CID of its genesis), if the caller knows it from elsewhere
 * @throws AppError DATA_DIRECTORY_LOCKED when a node is running on it
 */
export async function verifyDataDirectory(
  directory: string,
  expected: { log?: string } = {},
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Verification> {
  const problems: VerificationProblem[] = [];
  const blocks = await BlockCheck.open(join(directory, 'blocks'), problems);
  try {
    const audit = await auditLedger(join(directory, 'ledger'), {
      log: expected.log,
      onProgress,
      onEntry: (seq, statement) => blocks.add(seq, statement),
    });
    await blocks.finish();
    problems.push(...audit.problems);
    return {
      verdict: problems.length === 0 ? 'VALID' : 'INVALID',
      entries: audit.entries,
      records: blocks.records,
      blocks: blocks.whole,
      listBlocks: blocks.lists,
      head: audit.head,
      problems,
    };
  } finally {
    await blocks.close();
  }
}

/** Checks the blocks that entries name, some at a time, while the entries after them are being checked. */
class BlockCheck {
  records = 0;
  whole = 0;
  lists = 0;
  private waiting: { seq: number; cid: string }[] = [];
  private waitingBytes = 0;
  private running: Promise<void> = Promise.resolve();

  private constructor(
    private readonly archive: Archive | undefined,
    private readonly problems: VerificationProblem[],
  ) {}

  static async open(directory: string, problems: VerificationProblem[]): Promise<BlockCheck> {
    try {
      return new BlockCheck(await Archive.open(directory), problems);
    } catch (error) {
      if (!isAppError(error) || error.code === 'DATA_DIRECTORY_LOCKED') throw error;
      problems.push({
        place: 'blocks',
        code: error.code,
        message: 'the block store cannot be opened',
      });
      return new BlockCheck(undefined, problems);
    }
  }

  async add(seq: number, statement: Statement): Promise<void> {
    if (statement.type !== 'record.put' && statement.type !== 'record.correct') return;
    this.records++;
    this.waiting.push({ seq, cid: statement.record });
    this.waitingBytes += statement.size;
    if (statement.sources) await this.checkList(seq, statement.sources);
    const isFull = this.waiting.length >= BLOCKS_AT_ONCE || this.waitingBytes >= BYTES_AT_ONCE;
    if (!isFull) return;
    await this.running;
    this.running = this.check(this.waiting.splice(0));
    this.waitingBytes = 0;
  }

  async finish(): Promise<void> {
    await this.running;
    await this.check(this.waiting.splice(0));
  }

  private async check(items: { seq: number; cid: string }[]): Promise<void> {
    if (!this.archive) return;
    const blocks = await this.archive.getManyBytes(items.map(({ cid }) => cid));
    for (const [i, block] of blocks.entries()) {
      if (!isAppError(block)) this.whole++;
      else {
        const { code, message } = block;
        this.problems.push({ place: `block of entry ${items[i]!.seq}`, code, message });
      }
    }
  }

  /** A part at a time: a list may be as large as six thousand records. */
  private async checkList(seq: number, sources: StatementSources): Promise<void> {
    const { archive } = this;
    if (!archive) return;
    try {
      this.lists += await verifySourceList(sources, (cids) => archive.getManyBytes(cids));
    } catch (error) {
      if (!isAppError(error)) throw error;
      const { code, message } = error;
      this.problems.push({ place: `sources of entry ${seq}`, code, message });
    }
  }

  async close(): Promise<void> {
    await this.running;
    await this.archive?.close();
  }
}
