import type { Archive } from '../../archive/archive.js';
import { fromUtf8 } from '../../crypto/bytes.js';
import type { Keyring } from '../../crypto/keyring.js';
import { mediaTypeOf, openRecord, type RecordBlock } from '../../crypto/seal.js';
import type { ScopeKey } from '../../crypto/scope.js';
import { isAppError } from '../../error.js';
import { readSourceList } from '../../ledger/source-list.js';
import type { RecordCorrect, RecordPut, StatementSources } from '../../ledger/statement.js';
import type { Logger } from '../../log.js';
import { extractContent } from '../../record/extract.js';
import { describeFault } from '../fault.js';
import type { RecordState } from '../row.js';

/** What became of an attempt to read a record. */
export interface OpenedRecord {
  state: RecordState;
  mediaType?: string;
  /** JSON text of its Extract; present when it is AVAILABLE. */
  extractText?: string;
  /** CIDs of the statements in its list of sources, which needs no key. */
  sources?: string[];
}

export interface OpenerRooms {
  archive: Archive;
  keyring: Keyring;
  /** Id of the log. */
  log: string;
  logger: Logger;
}

/** Opens sealed records for the index. */
export class RecordOpener {
  constructor(private readonly rooms: OpenerRooms) {}

  /**
   * What is wrong with the record itself is a state, whatever it is: no record can hold up the ones after it.
   *
   * @throws AppError STORE_FAILED, STORE_FULL: try again
   */
  async open(put: RecordPut | RecordCorrect): Promise<OpenedRecord> {
    const opened = await this.openContent(put);
    if (!put.sources) return opened;
    const sources = await this.sourcesOf(put.record, put.sources);
    // what it comes from belongs to it: without that, lineage must not pass for whole
    return sources ? { ...opened, sources } : { state: 'UNAVAILABLE' };
  }

  private async openContent(put: RecordPut | RecordCorrect): Promise<OpenedRecord> {
    const { archive, logger } = this.rooms;
    const scope = await this.scopeOf(put.record);
    if (!scope) return { state: (await archive.has(put.record)) ? 'SEALED' : 'UNAVAILABLE' };
    try {
      // Straight from the store: the way through Helia asks it twice, and a rebuild opens every record there is.
      const bytes = await archive.getBytes(put.record);
      return { state: 'AVAILABLE', ...this.read(put, bytes, scope) };
    } catch (error) {
      if (isAppError(error, 'STORE_FAILED') || isAppError(error, 'STORE_FULL')) throw error;
      logger.warn({ ...describeFault(error), cid: put.record }, 'a record cannot be read');
      return { state: 'UNAVAILABLE' };
    }
  }

  /** All of them in memory: at most 100,000, six million characters. */
  private async sourcesOf(cid: string, list: StatementSources): Promise<string[] | undefined> {
    const { archive, logger } = this.rooms;
    const sources: string[] = [];
    try {
      for await (const some of readSourceList(list, (cids) => archive.getManyBytes(cids))) {
        sources.push(...some);
      }
      return sources;
    } catch (error) {
      if (isAppError(error, 'STORE_FAILED') || isAppError(error, 'STORE_FULL')) throw error;
      logger.warn({ ...describeFault(error), cid }, 'the sources of a record cannot be read');
      return undefined;
    }
  }

  private async scopeOf(recordCid: string): Promise<ScopeKey | undefined> {
    const ref = await this.rooms.archive.ref(recordCid);
    return ref && this.rooms.keyring.scope(ref.scopeId, ref.epoch);
  }

  private read(
    { rid, ver, cekc: commitment }: RecordPut | RecordCorrect,
    bytes: Uint8Array,
    scope: ScopeKey,
  ): Required<Omit<OpenedRecord, 'state' | 'sources'>> {
    // Its members are checked by whoever opens it.
    const block = JSON.parse(fromUtf8(bytes)) as RecordBlock;
    const text = openRecord({ block, log: this.rooms.log, rid, ver, scope, commitment });
    const mediaType = mediaTypeOf(block);
    return { mediaType, extractText: JSON.stringify(extractContent(text, mediaType)) };
  }
}
