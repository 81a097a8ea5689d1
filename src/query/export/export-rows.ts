import { AppError, isAppError } from '../../error.js';
import type { CursorScope } from '../cursor.js';
import { Reader, type QueryRooms } from '../reader.js';
import { ExportParameters, type ParameterLists } from './export-parameter.js';
import {
  beginPlace,
  exportScope,
  formatPlace,
  readPlace,
  type Asking,
  type ExportPlace,
} from './export-place.js';
import type { ExportColumn, ExportPage, ExportRow } from './export-row.js';
import type { ExportSource } from './export-source.js';
import { sourceOf } from './export-what.js';

export interface ExportQuestion {
  /** `records`, `events` ... */
  what: string;
  /** `knownAt`, `after`, `cursors` and what narrows this export. */
  parameters: ParameterLists;
}

/** What stands at the end of an export. */
export interface ExportEnd {
  what: string;
  /** Every row there is, of all there is to know. */
  isComplete: boolean;
  /** Why not: a code of an error where the export was cut, else what the answer itself lacks. */
  reason: string | null;
  /** Of this export and those before it that it goes on from. */
  rows: number;
  /** The last ledger position the rows know of. */
  position: number;
  /** How many were left out because the viewer may not see them. */
  redacted: number;
  /** Goes on where it was cut, as of the same position; null when it was not. */
  cursor: string | null;
}

/**
 * The rows of an export, page by page: each page is asked for as one request would be, when the one before has been
 * taken, and all are as of the ledger position at which the export began. Memory does not grow with the rows.
 */
export class ExportRows {
  readonly columns: readonly ExportColumn[];
  private reason: string | null = null;
  private failure: AppError | undefined;
  private isAtEnd = false;

  private constructor(
    readonly what: string,
    private readonly asking: Asking,
    private readonly source: ExportSource,
    private readonly scope: CursorScope,
    private readonly place: ExportPlace,
    private readonly withCursors: boolean,
    private page: ExportPage | undefined,
  ) {
    this.columns = withCursors
      ? [...source.columns, { name: 'cursor', kind: 'text' }]
      : source.columns;
    this.note(page!);
  }

  /**
   * Reads the question and the first page, so that what is wrong with it is told before anything is sent.
   *
   * @throws AppError what reading the question or its first page throws
   */
  static async open(asking: Asking, { what, parameters }: ExportQuestion): Promise<ExportRows> {
    const rooms = withExportLimits(asking.rooms);
    const parameterReader = new ExportParameters(parameters);
    const scope = exportScope(asking, what, parameters);
    const reader = new Reader(rooms, asking.viewer, asking.signal);
    const after = parameterReader.one('after');
    const wanted = parameterReader.integer('knownAt');
    const withCursors = parameterReader.flag('cursors') ?? false;
    const source = await sourceOf(what)(reader, parameterReader);
    parameterReader.checkAllRead();
    if (withCursors && source.hasNoRowCursors) {
      throw parameterReader.refuse('cursors', 'is not for this export: its pages have cursors');
    }
    if (wanted !== undefined && source.position !== undefined) {
      throw parameterReader.refuse('knownAt', 'is not for this export: it is of what is known now');
    }
    const place =
      after === undefined ? await beginPlace(reader, wanted, source) : readPlace(scope, after);
    const page = await source.page(reader, { ...place, first: source.pageSize });
    return new ExportRows(what, { ...asking, rooms }, source, scope, place, withCursors, page);
  }

  /** The last ledger position the rows know of. */
  get position(): number {
    return this.place.knownAt;
  }

  /** What the answer lacks, as far as is known by now. */
  get lack(): string | null {
    return this.reason;
  }

  /** Once. @throws nothing an AppError could say: `end` does; anything else as it is */
  async *pages(): AsyncGenerator<ExportRow[]> {
    for (let page = this.page; page; page = await this.next()) {
      this.page = undefined;
      const rows = this.withCursors ? this.addCursors(page) : page.rows;
      yield rows;
      this.pass(page);
    }
  }

  /** How it ended; to be asked when the pages are through. */
  get end(): ExportEnd {
    const { what, place, reason, isAtEnd } = this;
    const { rows, knownAt, redacted } = place;
    return {
      what,
      isComplete: isAtEnd && reason === null && redacted === 0,
      reason: reason ?? (redacted > 0 ? 'ACCESS' : null),
      rows,
      position: knownAt,
      redacted,
      cursor: isAtEnd ? null : formatPlace(this.scope, place),
    };
  }

  /** Thrown by who cannot write down that the export was cut. */
  checkWhole(): void {
    if (this.failure) throw this.failure;
  }

  private async next(): Promise<ExportPage | undefined> {
    if (this.isAtEnd) return undefined;
    const { rooms, viewer, signal } = this.asking;
    try {
      signal?.throwIfAborted();
      const reader = new Reader(rooms, viewer, signal);
      const page = await this.source.page(reader, { ...this.place, first: this.source.pageSize });
      this.note(page);
      return page;
    } catch (error) {
      this.failure = signal?.aborted ? reasonOf(signal) : asCut(error);
      this.reason = this.failure.code;
      return undefined;
    }
  }

  private note({ reason }: ExportPage): void {
    this.reason ??= reason ?? null;
  }

  private pass({ rows, redacted = 0, next }: ExportPage): void {
    this.place.rows += rows.length;
    this.place.redacted += redacted;
    this.place.after = next;
    this.isAtEnd = next === undefined;
  }

  private addCursors({ rows, cursorOf, redacted = 0 }: ExportPage): ExportRow[] {
    return rows.map((row, i) => {
      const place = { ...this.place, rows: this.place.rows + i + 1, after: cursorOf(i) };
      place.redacted += redacted;
      return [...row, formatPlace(this.scope, place)];
    });
  }
}

/** An export opens contents by the page, so what one request may open is no bound for it. */
function withExportLimits(rooms: QueryRooms): QueryRooms {
  return {
    ...rooms,
    limits: { ...rooms.limits, firstMax: PAGE_MAX, contentCharactersMax: Infinity },
  };
}

const PAGE_MAX = 10_000;

/** @throws the error itself when it is none that a caller may be told */
function asCut(error: unknown): AppError {
  if (isAppError(error) && error.code !== 'INTERNAL') return error;
  throw error;
}

function reasonOf({ reason }: AbortSignal): AppError {
  if (isAppError(reason)) return reason;
  return new AppError('DEADLINE', 'nobody waits for this export any more');
}
