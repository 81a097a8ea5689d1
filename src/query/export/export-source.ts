import type { Reader } from '../reader.js';
import type { ExportParameters } from './export-parameter.js';
import type { ExportColumn, ExportPage } from './export-row.js';

/** One page of an export is asked for as one request would be. */
export interface PageWish {
  /** The last ledger position known. */
  knownAt: number;
  first: number;
  /** As an earlier page gave it. */
  after?: string;
}

/** Something that can be exported, as it was asked for: rows by the same keyset queries as the API's connections. */
export interface ExportSource {
  columns: readonly ExportColumn[];
  /** Rows of one page; fewer where each is large. */
  pageSize: number;
  /** Only whole pages can be gone on from. */
  hasNoRowCursors?: boolean;
  /** The answer's own, where it cannot be asked as of another. */
  position?: number;
  /** @throws AppError whatever the question behind it throws */
  page(reader: Reader, wish: PageWish): Promise<ExportPage>;
}

/**
 * Reads what is asked for out of the parameters, before anything is looked for.
 *
 * @throws AppError BAD_USER_INPUT, UNAUTHENTICATED, FORBIDDEN
 */
export type OpenSource = (
  reader: Reader,
  parameters: ExportParameters,
) => ExportSource | Promise<ExportSource>;

export const PAGE_ROWS = 1_000;

/** A record may have a megabyte, so a page of contents may have as many megabytes. */
export const PAGE_CONTENTS = 64;
