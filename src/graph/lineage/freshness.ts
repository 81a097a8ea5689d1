import type { DatabaseSync } from 'node:sqlite';
import { KindReader } from '../record/kind.js';
import { encodeRelation } from '../edge/relation.js';
import { Select } from '../select.js';

/** Why a source is not what it was when a dataset was made of it. */
export type OutdatedReason = 'SUPERSEDED' | 'UNREADABLE';

export interface OutdatedSource {
  seq: number;
  reason: OutdatedReason;
  /** Position of the dataset that names it: the one asked about, or one it was made of. */
  via: number;
}

export interface Freshness {
  /** In order of steps from the dataset, then of the dataset that names them, then of position. */
  outdated: OutdatedSource[];
  /** How many sources were looked at, each once. */
  sources: number;
  /** False when there are more than may be looked at. */
  isComplete: boolean;
  /** Last ledger position the answer knows of. */
  position: number;
}

type SourceRow = [seq: number, until: number | null, state: number, kind: number];

/** Enough for ten of the largest datasets, a few seconds of work at most. */
const SOURCES_LOOKED_AT_MAX = 1_000_000;
const PAGE_ROWS = 8_192;

/** Looks at what datasets were made of: each source once, through other datasets as well. */
export class FreshnessReader {
  private readonly kinds: KindReader;
  private readonly sources: Select<SourceRow>;

  constructor(database: DatabaseSync) {
    this.kinds = new KindReader(database);
    this.sources = new Select(
      database,
      `SELECT e.dst, r.until, r.state, r.kind FROM edge e NOT INDEXED CROSS JOIN record r ON r.seq = e.dst
       WHERE e.src = ? AND e.rel = ${encodeRelation('wasDerivedFrom')} AND e.dst > ?
       ORDER BY e.dst LIMIT +?`,
    );
  }

  /** @param head last ledger position indexed */
  freshness(dataset: number, head: number, sourcesMax = SOURCES_LOOKED_AT_MAX): Freshness {
    const seen = new Set<number>();
    const outdated: OutdatedSource[] = [];
    const datasets = [dataset];
    for (const via of datasets) {
      for (const [seq, until, state, kind] of this.sourcesOf(via)) {
        if (seen.has(seq) || seq === dataset) continue;
        if (seen.size >= sourcesMax) {
          return { outdated, sources: seen.size, isComplete: false, position: head };
        }
        seen.add(seq);
        if (until !== null) outdated.push({ seq, reason: 'SUPERSEDED', via });
        else if (state !== 0) outdated.push({ seq, reason: 'UNREADABLE', via });
        if (this.kinds.of(kind)?.class === 'dataset') datasets.push(seq);
      }
    }
    return { outdated, sources: seen.size, isComplete: true, position: head };
  }

  private *sourcesOf(dataset: number): Generator<SourceRow> {
    let after = -1;
    for (;;) {
      const rows = this.sources.all(dataset, after, PAGE_ROWS);
      yield* rows;
      if (rows.length < PAGE_ROWS) return;
      after = rows[rows.length - 1]![0];
    }
  }
}
