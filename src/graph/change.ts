import type { Extract } from '../record/draft.js';
import { edgeOf } from './edge/inverse.js';
import type { Subject, Name, NameBook } from './name/name-book.js';
import { encodeRelation } from './edge/relation.js';
import type { RecordRow } from './row.js';
import type { SpokenRow } from './name/spoken-row.js';

/** A version to be stored. */
export interface NewVersion {
  row: RecordRow;
  extract?: Extract;
  subject: Subject;
  /** Position from which it is no longer the newest version, when that is known already. */
  until?: number;
}

/** Everything a run of rows changes, as values. */
export interface Change {
  versions: NewVersion[];
  /** key, seq; key, seq; ... */
  names: number[];
  /** src, rel, dst, path; ... A negative path: dst says so (see inverse.ts). */
  edges: number[];
  /** Ids of stored references that found their target. */
  healed: number[];
  /** Stored versions that stop being the newest. */
  superseded: { seq: number; by: number }[];
  /** Stored records that have a newer version now. */
  advanced: Set<Subject>;
}

/** What a change is worked out from, beside the rows. */
export interface ChangeSource {
  /** New references that have to wait get ids above this one. */
  lastPendingId: number;
  /** Id of a place in a document. */
  idOfPath: (path: string) => number;
}

/**
 * Works out what rows change, in ledger order. A reference means the newest version known at its own position of the
 * record that claimed the name last; one that nobody bears waits, and means whoever first bears it. So the graph
 * depends on the ledger alone, never on how it was cut into batches.
 */
export class ChangeFormatter {
  readonly change: Change = {
    versions: [],
    names: [],
    edges: [],
    healed: [],
    superseded: [],
    advanced: new Set(),
  };
  private readonly fresh = new Map<number, NewVersion>();
  private lastId: number;

  constructor(private readonly source: ChangeSource) {
    this.lastId = source.lastPendingId;
  }

  /** The next row, its names filled in from the index and from the rows before it. */
  add(spoken: SpokenRow): void {
    const version = this.join(spoken);
    this.change.versions.push(version);
    this.fresh.set(version.row.seq, version);
    this.bearNames(spoken, version);
    this.resolveReferences(spoken);
  }

  /** Finds the record this version belongs to, and moves its newest version on. */
  private join({ row, extract, rid }: SpokenRow): NewVersion {
    const subject = rid.holder?.subject;
    if (!subject) {
      const first = { origin: row.seq, latest: row.seq, ver: row.ver };
      rid.holder = { seq: row.seq, subject: first };
      this.change.names.push(rid.key, row.seq);
      return { row, extract, subject: first };
    }
    // A second claim to a version there is already: kept and listed, but it supersedes nothing.
    if (row.ver <= subject.ver) return { row, extract, subject, until: row.seq };
    this.supersede(subject, row);
    return { row, extract, subject };
  }

  private supersede(subject: Subject, { seq, ver }: RecordRow): void {
    const { change, fresh } = this;
    const former = fresh.get(subject.latest);
    if (former) former.until = seq;
    else change.superseded.push({ seq: subject.latest, by: seq });
    if (!fresh.has(subject.origin)) change.advanced.add(subject);
    const path = this.source.idOfPath('/replaces');
    change.edges.push(seq, encodeRelation('wasRevisionOf'), subject.latest, path);
    subject.latest = seq;
    subject.ver = ver;
  }

  /** From here on these names mean this record; whoever waited for one of them waits no longer. */
  private bearNames({ borne, keys }: SpokenRow, { row: { seq }, subject }: NewVersion): void {
    const { change, source } = this;
    for (const key of keys) change.names.push(key, seq);
    const holder = { seq, subject };
    const healed = [];
    for (const name of borne) {
      name.holder = holder;
      if (!name.waiting) continue;
      for (const reference of name.waiting) healed.push({ ...reference, dst: meaning(name) });
      name.waiting = undefined;
    }
    // In the order in which they were met, so that it does not matter by which name each was healed.
    healed.sort((a, b) => a.id - b.id);
    for (const { id, src, rel, path, dst } of healed) {
      change.edges.push(...edgeOf(src, rel, dst, path));
      if (id <= source.lastPendingId) change.healed.push(id);
    }
  }

  private resolveReferences({ row: { seq }, references }: SpokenRow): void {
    for (const { name, rel, path } of references) {
      const place = this.source.idOfPath(path);
      if (name.holder) this.change.edges.push(...edgeOf(seq, rel, meaning(name), place));
      else (name.waiting ??= []).push({ id: ++this.lastId, src: seq, rel, path: place });
    }
  }
}

/** A CID names one version; any other name means the record, hence its newest version. */
function meaning({ kind, holder }: Name): number {
  return kind === 'cid' ? holder!.seq : holder!.subject.latest;
}

/** References met since, whose target is still unknown, in the order in which they were met. */
export function stillWaiting(book: NameBook, lastPendingId: number) {
  const found = [];
  for (const name of book.all()) {
    for (const reference of name.waiting ?? []) {
      if (reference.id > lastPendingId) found.push({ ...reference, name });
    }
  }
  return found.sort((a, b) => a.id - b.id);
}
