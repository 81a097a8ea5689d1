import type { Archive } from '../archive/archive.js';
import type { Keyring } from '../crypto/keyring.js';
import { mediaTypeOf, openRecord, type RecordBlock } from '../crypto/seal.js';
import type { ScopeKey } from '../crypto/scope.js';
import { isAppError } from '../error.js';
import type { RecordCorrect, RecordPut } from '../ledger/statement.js';
import type { Extract } from '../record/draft.js';
import { extractContent } from '../record/extract.js';
import type { RecordState } from './row.js';

/** What became of an attempt to read a record. */
export interface OpenedRecord {
  state: RecordState;
  mediaType?: string;
  /** Absent, though AVAILABLE, when the content is none this version can read. */
  extract?: Extract;
}

/** Opens sealed records for the index. */
export class RecordOpener {
  constructor(
    private readonly archive: Archive,
    private readonly keyring: Keyring,
    /** Id of the log. */
    private readonly log: string,
  ) {}

  /** @throws AppError STORE_FAILED: try again; what is wrong with the record itself is a state */
  async open(put: RecordPut | RecordCorrect): Promise<OpenedRecord> {
    const scope = await this.scopeOf(put.record);
    if (!scope) return { state: (await this.archive.has(put.record)) ? 'SEALED' : 'UNAVAILABLE' };
    try {
      const block = await this.archive.get(put.record);
      return { state: 'AVAILABLE', ...this.read(put, block, scope) };
    } catch (error) {
      if (isAppError(error, 'UNAVAILABLE') || isAppError(error, 'SEAL_REFUSED')) {
        return { state: 'UNAVAILABLE' };
      }
      throw error;
    }
  }

  private async scopeOf(recordCid: string): Promise<ScopeKey | undefined> {
    const ref = await this.archive.ref(recordCid);
    return ref && this.keyring.scope(ref.scopeId, ref.epoch);
  }

  private read(
    { rid, ver, cekc: commitment }: RecordPut | RecordCorrect,
    block: RecordBlock,
    scope: ScopeKey,
  ): Omit<OpenedRecord, 'state'> {
    const text = openRecord({ block, log: this.log, rid, ver, scope, commitment });
    const mediaType = mediaTypeOf(block);
    try {
      return { mediaType, extract: extractContent(text, mediaType) };
    } catch (error) {
      if (isAppError(error)) return { mediaType };
      throw error;
    }
  }
}
