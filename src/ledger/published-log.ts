import { AppError } from '../error.js';
import type { Checkpoint } from './checkpoint.js';
import type { LogReader } from './log-reader.js';
import type { LogState } from './log-state.js';
import { proveConsistency, proveInclusion, type HashAt } from './proof.js';
import { encodeBundle, TILE_WIDTH, tileWidth } from './tile.js';
import { HASH_SIZE_BYTES, isPosition } from './tree.js';

/** A checkpoint and its signed text. */
export interface Published extends Checkpoint {
  /** The signed note, as anyone may see it. */
  checkpoint: string;
}

export interface InclusionProof {
  seq: number;
  size: number;
  hashes: Uint8Array[];
}

export interface ConsistencyProof {
  from: number;
  to: number;
  hashes: Uint8Array[];
}

/** Everything that can be read of a log. Each byte is checked against the tree before it is handed out. */
export abstract class PublishedLog {
  protected abstract readonly reader: LogReader;
  protected abstract readonly state: LogState;

  /** What is published. */
  abstract head(): Published;

  /** Bytes of a durable entry, checked against the tree. @throws AppError NOT_FOUND, UNAVAILABLE */
  async entry(seq: number): Promise<Uint8Array> {
    const { state } = this;
    if (!isPosition(seq) || seq >= state.head.size) throw notFound('entry');
    return this.reader.entry(state, seq);
  }

  /**
   * Published entries of [from, toExclusive), in order, each checked against the tree.
   * @throws AppError UNAVAILABLE at the first that is missing or damaged
   */
  entries(from: number, toExclusive: number): AsyncIterable<{ seq: number; bytes: Uint8Array }> {
    return this.reader.entries(this.state, from, Math.min(toExclusive, this.head().size));
  }

  /**
   * Hashes of a tile (c2sp.org/tlog-tiles), as many as are published unless fewer are asked for.
   * @throws AppError NOT_FOUND, UNAVAILABLE
   */
  async tile(level: number, index: number, width?: number): Promise<Uint8Array> {
    const count = this.widthOf(level, index, width);
    const bytes = await this.reader.tile(this.state, level, index);
    return bytes.slice(0, count * HASH_SIZE_BYTES);
  }

  /** Entries of a bundle, each behind its length. @throws AppError NOT_FOUND, UNAVAILABLE */
  async entryBundle(index: number, width?: number): Promise<Uint8Array> {
    const first = index * TILE_WIDTH;
    const entries: Uint8Array[] = [];
    const range = this.entries(first, first + this.widthOf(0, index, width));
    for await (const { bytes } of range) entries.push(bytes);
    return encodeBundle(entries);
  }

  /** Hash of a complete subtree; proofs need nothing else. */
  readonly hashAt: HashAt = (level, index) => this.reader.hashAt(this.state, level, index);

  /** @param size a published size, default the newest. @throws AppError BAD_USER_INPUT, UNAVAILABLE */
  async inclusionProof(seq: number, size: number = this.head().size): Promise<InclusionProof> {
    this.checkSize(size);
    return { seq, size, hashes: await proveInclusion(seq, size, this.hashAt) };
  }

  /** @throws AppError BAD_USER_INPUT unless 0 < from <= to <= published size; UNAVAILABLE */
  async consistencyProof(from: number, to: number = this.head().size): Promise<ConsistencyProof> {
    this.checkSize(to);
    return { from, to, hashes: await proveConsistency(from, to, this.hashAt) };
  }

  private widthOf(level: number, index: number, width?: number): number {
    const isAddress = isPosition(level) && isPosition(index);
    const published = isAddress ? tileWidth(level, index, this.head().size) : 0;
    const wanted = width ?? published;
    if (!(wanted >= 1 && wanted <= published)) throw notFound('tile');
    return wanted;
  }

  private checkSize(size: number): void {
    if (isPosition(size) && size <= this.head().size) return;
    throw new AppError('BAD_USER_INPUT', 'no tree of this size is published');
  }
}

function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `there is no such ${what}`);
}
