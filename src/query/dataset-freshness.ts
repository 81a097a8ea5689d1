import type { Freshness, OutdatedSource } from '../graph/lineage/freshness.js';
import type { RecordNode } from '../graph/record/record-node.js';
import { caughtUp } from './caught-up.js';
import { formatCursor, parseCursor, type CursorScope } from './cursor.js';
import type { DatasetView } from './dataset.js';
import { checkFirst, type Page } from './page.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';
import { showRecord, type RecordView } from './record.js';

/** CURRENT: all of its sources are as they were. UNKNOWN: of those that were looked at, and there are more. */
export type FreshnessState = 'CURRENT' | 'OUTDATED' | 'UNKNOWN';

export interface FreshnessView {
  state: FreshnessState;
  /** Sources looked at, direct and through other datasets, each once. */
  sourceCount: number;
  outdatedCount: number;
  isComplete: boolean;
  position: number | null;
  dataset: DatasetView;
  found: Freshness;
}

export interface OutdatedSourceView {
  reason: OutdatedSource['reason'];
  /** The version that was used; null when this viewer may not know of it. */
  record: RecordView | null;
  /** The newest version. */
  latest: RecordView | null;
  /** The dataset that names it as a source: this one, or one it was made of. */
  via: RecordView | null;
}

/** Whether what a dataset was made of has been corrected, or can no longer be read, since. */
export async function checkFreshness(reader: Reader, dataset: DatasetView): Promise<FreshnessView> {
  await caughtUp(reader);
  const found = await reader.ask((read) => read.freshness(dataset.record.seq));
  const outdatedCount = found.outdated.length;
  const current = found.isComplete ? 'CURRENT' : 'UNKNOWN';
  return {
    state: outdatedCount > 0 ? 'OUTDATED' : current,
    sourceCount: found.sources,
    outdatedCount,
    isComplete: found.isComplete,
    position: formatPosition(found.position + 1),
    dataset,
    found,
  };
}

/** The sources that are not what they were. @throws AppError BAD_USER_INPUT, BAD_CURSOR */
export async function listOutdated(
  reader: Reader,
  { dataset, found }: FreshnessView,
  page: { first?: number; after?: string },
): Promise<Page<OutdatedSourceView>> {
  const first = checkFirst(page.first, reader.rooms.limits.firstMax);
  const scope = scopeOf(reader, dataset);
  const after = page.after === undefined ? undefined : Number(parseCursor(scope, page.after)[0]);
  const from = after === undefined ? 0 : found.outdated.findIndex(({ seq }) => seq === after) + 1;
  const some = found.outdated.slice(from, from + first);
  const nodes = await show(reader, some);
  return {
    nodes,
    hasNext: from + first < found.outdated.length,
    hasPrevious: after !== undefined,
    cursorOf: (view) => formatCursor(scope, [some[nodes.indexOf(view)]!.seq]),
  };
}

/** Three look-ups for all of them. */
async function show(
  reader: Reader,
  sources: readonly OutdatedSource[],
): Promise<OutdatedSourceView[]> {
  const seqs = sources.flatMap(({ seq, via }) => [seq, via]);
  const found = await reader.ask((read) => read.recordsBySeq(seqs));
  const rids = found.flatMap((node) => node?.rid ?? []);
  const newest = await reader.ask((read) => read.recordsByRid(rids));
  const newestOf = new Map(newest.flatMap((node) => (node ? [[node.rid, node] as const] : [])));
  const shown = (node: RecordNode | null | undefined) => (node ? showRecord(reader, node) : null);
  return sources.map(({ reason }, i) => {
    const used = found[2 * i];
    return {
      reason,
      record: shown(used),
      latest: shown(used && newestOf.get(used.rid)),
      via: shown(found[2 * i + 1]),
    };
  });
}

function scopeOf({ rooms, viewer }: Reader, { record }: DatasetView): CursorScope {
  const { organisation, subject } = viewer;
  return { key: rooms.cursorKey, binding: ['outdated', organisation, subject, record.cid] };
}
