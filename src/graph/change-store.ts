import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { BulkInsert } from './bulk-insert.js';
import type { Change, NewVersion } from './change.js';
import type { Name, WaitingReference } from './name/name-book.js';
import { KindWriter } from './record/kind.js';
import { RECORD_STATES } from './row.js';
import type { TermWriter } from './term.js';

/** How much a change added to each count; dangling may fall. */
export interface Growth {
  records: number;
  edges: number;
  dangling: number;
  unreadable: number;
}

/** The one effect of a change: writes it, inside the caller's transaction. */
export class ChangeStore {
  private readonly kinds: KindWriter;
  private readonly insert: Record<'record' | 'spelling' | 'name' | 'edge' | 'pending', BulkInsert>;
  private readonly supersede: StatementSync;
  private readonly advance: StatementSync;
  private readonly heal: StatementSync;

  constructor(
    database: DatabaseSync,
    private readonly terms: TermWriter,
  ) {
    this.kinds = new KindWriter(database);
    this.insert = {
      record: new BulkInsert(database, 'record', 14),
      spelling: new BulkInsert(database, 'spelling', 6),
      name: new BulkInsert(database, 'name', 2),
      edge: new BulkInsert(database, 'edge', 4),
      pending: new BulkInsert(database, 'pending', 7),
    };
    this.supersede = database.prepare('UPDATE record SET until = ? WHERE seq = ?');
    this.advance = database.prepare('UPDATE record SET latest = ? WHERE seq = ?');
    this.heal = database.prepare(
      'DELETE FROM pending WHERE id IN (SELECT value FROM json_each(?))',
    );
  }

  write(change: Change, waiting: (WaitingReference & { name: Name })[]): Growth {
    const { insert } = this;
    this.writeVersions(change.versions);
    for (const { seq, by } of change.superseded) this.supersede.run(by, seq);
    for (const { origin, latest } of change.advanced) this.advance.run(latest, origin);
    insert.name.run(inBuckets(change.names));
    const edges = insert.edge.run(change.edges);
    if (change.healed.length > 0) this.heal.run(JSON.stringify(change.healed));
    const pending: SQLInputValue[] = [];
    for (const { id, src, rel, path, name } of waiting) {
      pending.push(id, name.key, src, rel, path, name.kind, name.text);
    }
    insert.pending.run(pending);
    return {
      records: change.versions.length,
      edges,
      dangling: waiting.length - change.healed.length,
      unreadable: change.versions.filter(({ row }) => row.state !== 'AVAILABLE').length,
    };
  }

  private writeVersions(versions: NewVersion[]): void {
    const records: SQLInputValue[] = [];
    const spellings: SQLInputValue[] = [];
    for (const version of versions) {
      this.pushRecord(records, version);
      this.pushSpelling(spellings, version);
    }
    this.insert.record.run(records);
    this.insert.spelling.run(spellings);
    this.kinds.flush();
  }

  /** After a rollback. */
  forget(): void {
    this.kinds.forget();
  }

  private pushRecord(values: SQLInputValue[], { row, extract, subject, until }: NewVersion): void {
    const occurred = integerOrNull(extract?.occurredAt);
    values.push(
      row.seq,
      this.kinds.count(row.class, extract?.type),
      this.terms.idOf(row.author),
      RECORD_STATES.indexOf(row.state),
      row.recordCid,
      row.at,
      occurred ?? row.at,
      occurred,
      row.ver,
      row.sizeBytes ?? 0,
      row.mediaType === undefined ? null : this.terms.idOf(row.mediaType),
      subject.origin,
      until ?? null,
      subject.origin === row.seq ? subject.latest : row.seq,
    );
  }

  private pushSpelling(values: SQLInputValue[], { row, extract }: NewVersion): void {
    const identifiers = (extract?.identifiers ?? []).map(({ system, value }) => [
      this.terms.idOf(system),
      value,
    ]);
    const aliases = extract?.aliases ?? [];
    values.push(row.seq, row.rid, row.statementCid, row.entryCid);
    values.push(JSON.stringify(aliases), JSON.stringify(identifiers));
  }
}

/** SQLite would keep a fraction as a float and sort it among the integers; time is in whole milliseconds. */
function integerOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? Math.round(value) : null;
}

const BUCKETS = 4_096;
const BUCKET_WIDTH = 2 ** (47 - 12);

/** Neighbouring keys share pages of the tree: bucket by bucket, each page is visited about once. */
function inBuckets(pairs: number[]): number[] {
  const ends = new Uint32Array(BUCKETS);
  for (let i = 0; i < pairs.length; i += 2) ends[bucketOf(pairs[i]!)]! += 2;
  for (let i = 1; i < BUCKETS; i++) ends[i]! += ends[i - 1]!;
  const sorted = new Array<number>(pairs.length);
  for (let i = pairs.length - 2; i >= 0; i -= 2) {
    const to = (ends[bucketOf(pairs[i]!)]! -= 2);
    sorted[to] = pairs[i]!;
    sorted[to + 1] = pairs[i + 1]!;
  }
  return sorted;
}

function bucketOf(key: number): number {
  return Math.floor(key / BUCKET_WIDTH);
}
