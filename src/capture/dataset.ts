import type { Archive } from '../archive/archive.js';
import { AppError } from '../error.js';
import { formatSourceList } from '../ledger/source-list.js';
import { DATASET_MEDIA_TYPE } from '../record/dataset/dataset.js';
import type { RecordClass } from '../record/draft.js';
import type { Capture } from './capture.js';
import type { Published } from './press.js';
import type { Durability, RecordReceipt } from './record-receipt.js';

export interface DatasetCapture {
  /** The description, JSON. */
  text: string;
  /** CIDs of the sources' statements, in order. */
  sources: readonly string[];
  idempotencyKey?: string;
  /** The classes this caller may write; all of them when absent. */
  classes?: readonly RecordClass[];
  waitFor?: Durability;
}

/** So many sources stand in the statement itself; more have a list. */
const LINKED_MAX = 64;

/**
 * Captures a derivative with its sources as signed links; a later one of the same `id` is its next version. Law 1: a list of
 * sources is on disk before the statement that names it is appended. A crash in between leaves blocks nobody names.
 *
 * @throws AppError EMPTY_INPUT (no source), TOO_LARGE (more than 100,000), INVALID_RECORD and the like with the first
 *   problem of the description, and what `Capture.capture` throws
 */
export async function captureDataset(
  { capture, archive }: { capture: Capture; archive: Archive },
  { text, sources, ...how }: DatasetCapture,
): Promise<RecordReceipt> {
  const published = await publishSources([...new Set(sources)], archive);
  const documents = [{ text, mediaType: DATASET_MEDIA_TYPE }];
  const result = await capture.capture({ documents, mode: 'rollback', published, ...how });
  const [problem] = result.problems;
  if (problem) {
    const { code, message, pointer, hint } = problem;
    throw new AppError(code, message, { pointer, ...(hint !== undefined && { hint }) });
  }
  return result.receipts[0]!;
}

async function publishSources(statements: string[], archive: Archive): Promise<Published> {
  if (statements.length === 0) {
    throw new AppError('EMPTY_INPUT', 'a dataset has one source at least');
  }
  if (statements.length <= LINKED_MAX) {
    return { links: statements.map((statement) => ({ rel: 'wasDerivedFrom', statement })) };
  }
  const { sources, blocks } = await formatSourceList(statements);
  // the same list again, every night, would fill the disk
  const stored = await archive.getManyBytes(blocks.map(({ cid }) => cid));
  await archive.put(blocks.filter((_, i) => stored[i] instanceof AppError));
  return { links: [], sources };
}
