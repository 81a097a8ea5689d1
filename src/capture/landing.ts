import type { Archive } from '../archive/archive.js';
import type { Keyring } from '../crypto/keyring.js';
import { AppError, isAppError } from '../error.js';
import type { Gate } from '../gate.js';
import type { Ledger } from '../ledger/ledger.js';
import { formatAppended, type AppendedRecord } from './appended-record.js';
import { nameOf } from './placed-draft.js';
import type { PressedChunk, PressedRecord, PressJob, RepeatedRecord } from './press.js';
import type { Presser } from './presser.js';
import {
  formatReceipt,
  formatRepeat,
  inOrder,
  type Durability,
  type RecordReceipt,
} from './record-receipt.js';
import type { Turn } from './procession.js';
import { collect } from './whole-chunk.js';

/** A chunk whose records are in the log. */
export interface LandedChunk extends Pick<PressedChunk, 'problems' | 'warnings'> {
  receipts: RecordReceipt[];
}

export interface LandingRooms {
  presser: Presser;
  archive: Archive;
  keys: Pick<Keyring, 'settle'>;
  ledger: Ledger;
  /** Those who lost a version to another call take turns, so that each of them gets on. */
  turns: Gate;
  appended: (records: AppendedRecord[]) => void;
}

/** Others may be first again, but not for ever. */
const ATTEMPTS_MAX = 16;

/**
 * Brings the chunks of one call into the log, in their order (law 1: block and key on disk, then the entry). What another
 * call was faster with is pressed again: as the version after that one, or as a repeat of it.
 */
export class Landing {
  /** Records of this call that another call has stated a version of meanwhile. */
  private readonly lost = new Set<string>();

  /**
   * @param job what pressed the chunks; one that corrects is not pressed again: its version is taken or it is not
   * @param isWhole nothing lands when anything is refused
   * @param turn nothing lands before what comes before it in the upload
   */
  constructor(
    private readonly rooms: LandingRooms,
    private readonly job: PressJob,
    private readonly waitFor: Durability = 'PUBLISHED',
    private readonly isWhole = false,
    private readonly turn?: Turn,
  ) {}

  /** @throws AppError NONCE_REUSED (a correction that came too late), LOG_BUSY, STORE_FULL, STORE_FAILED */
  async land(chunk: PressedChunk): Promise<LandedChunk> {
    const { turn } = this;
    await turn?.before;
    for (const rid of turn?.stated ?? []) this.lost.add(rid);
    const landed = await this.landNow(chunk);
    turn?.note(landed.receipts.map(({ rid }) => rid));
    return landed;
  }

  private async landNow(chunk: PressedChunk): Promise<LandedChunk> {
    const own = this.lost.size > 0 ? await this.pressLost(chunk) : chunk;
    const landed = await this.tryToLand(own);
    return landed ?? this.rooms.turns.run(() => this.landInTurn(own));
  }

  private async landInTurn(chunk: PressedChunk): Promise<LandedChunk> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const landed = await this.tryToLand(await this.pressLost(chunk));
      if (landed) return landed;
    }
    throw new AppError('LOG_BUSY', 'other calls keep changing the same records', {
      hint: 'send the same request again in a moment',
    });
  }

  /** Undefined when another call was faster with one of the records: then nothing of the chunk has landed. */
  private async tryToLand(chunk: PressedChunk): Promise<LandedChunk | undefined> {
    const { problems, warnings } = chunk;
    if (this.isWhole && problems.length > 0) return { receipts: [], problems, warnings: [] };
    try {
      const receipts = await this.append(chunk.records);
      receipts.push(...(await this.repeat(chunk.repeated)));
      return { receipts: inOrder(receipts), problems, warnings };
    } catch (error) {
      if (!isAppError(error, 'NONCE_REUSED') || this.job.correction) throw error;
      if ((await this.noteLost(chunk.records)) === 0) throw error;
      return undefined;
    }
  }

  private async append(records: PressedRecord[]): Promise<RecordReceipt[]> {
    if (records.length === 0) return [];
    const { archive, keys, ledger } = this.rooms;
    await Promise.all([
      archive.put(records.map(({ block, ref }) => ({ ...block, ref }))),
      keys.settle(records.map(({ ref }) => ref)),
    ]);
    const until = this.waitFor === 'SEQUENCED' ? 'SEQUENCED' : 'PUBLISHED';
    const submissions = records.map((record) => record.submission);
    const receipts = await ledger.appendSubmissions(submissions, until);
    this.rooms.appended(records.flatMap((record, i) => formatAppended(record, receipts[i]!) ?? []));
    return records.map((record, i) => formatReceipt(record, receipts[i]!));
  }

  /** What this call itself brought in has its position by now. */
  private async repeat(repeated: RepeatedRecord[]): Promise<RecordReceipt[]> {
    const { ledger } = this.rooms;
    const own = repeated.filter(({ seq }) => seq === undefined);
    const found = await ledger.findNonce(
      ledger.authorKid,
      own.map(({ nonce }) => nonce),
    );
    const seqOf = new Map(own.map(({ nonce }, i) => [nonce, found[i]?.seq]));
    return Promise.all(
      repeated.map(async (item) => {
        const seq = item.seq ?? seqOf.get(item.nonce);
        if (seq === undefined)
          throw new AppError('INTERNAL', 'a record repeats one that is not there');
        return formatRepeat({ ...item, seq }, await ledger.entry(seq), ledger.head());
      }),
    );
  }

  private async noteLost(records: PressedRecord[]): Promise<number> {
    const { ledger } = this.rooms;
    const nonces = records.map(({ submission }) => submission.statement.nonce);
    const found = await ledger.findNonce(ledger.authorKid, nonces);
    const lost = records.filter((_, i) => found[i] !== undefined);
    for (const { ref } of lost) this.lost.add(ref.rid);
    return lost.length;
  }

  /** The chunk with what was lost pressed again, behind what was not. */
  private async pressLost(chunk: PressedChunk): Promise<PressedChunk> {
    const isLost = (rid: string) => this.lost.has(rid);
    const only = [
      ...chunk.records.filter(({ ref }) => isLost(ref.rid)),
      ...chunk.repeated.filter(({ rid }) => isLost(rid)),
    ].map(({ document, pointer }) => ({ document, pointer }));
    if (only.length === 0) return chunk;
    const again = await collect(this.rooms.presser.press({ ...this.job, only }));
    const places = new Set(only.map(({ document, pointer }) => nameOf(document, pointer)));
    const kept = chunk.warnings.filter((warning) => !isWithin(places, warning));
    return {
      records: [...chunk.records.filter(({ ref }) => !isLost(ref.rid)), ...again.records],
      repeated: [...chunk.repeated.filter(({ rid }) => !isLost(rid)), ...again.repeated],
      problems: [...chunk.problems, ...again.problems],
      warnings: [...kept, ...again.warnings],
    };
  }
}

/** True for what is said of a place in one of the records. */
function isWithin(
  records: ReadonlySet<string>,
  { document, pointer }: { document: number; pointer: string },
): boolean {
  for (let end = pointer.length; end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
    if (records.has(nameOf(document, pointer.slice(0, end)))) return true;
    if (end === 0) break;
  }
  return false;
}
