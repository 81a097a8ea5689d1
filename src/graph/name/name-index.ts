import type { DatabaseSync } from 'node:sqlite';
import type { Holder, Name, NameBook, Subject } from './name-book.js';
import type { NameKind } from './name.js';
import { Select } from '../select.js';

type BearerRow = [
  ...[seq: number, origin: number, latest: number, ver: number],
  ...[rid: string, recordCid: string, statementCid: string, entryCid: string, aliases: string],
];

const BEARER = `
  SELECT r.seq, r.origin, o.latest, l.ver, s.rid, r.record_cid, s.statement_cid, s.entry_cid, s.aliases
  FROM json_each(?) j CROSS JOIN record r ON r.seq = j.value CROSS JOIN spelling s ON s.seq = r.seq
  CROSS JOIN record o ON o.seq = r.origin CROSS JOIN record l ON l.seq = o.latest`;

/** A version with its names, to tell it from another whose name has the same key. */
interface Bearer extends Holder {
  names: Partial<Record<NameKind, string[]>>;
}

type PendingRow = [
  ...[id: number, src: number, rel: number, path: number],
  ...[kind: NameKind, target: string],
];

/** Who bears and who waits for a name, as the index has it; asked for many names at once. */
export class NameIndex {
  private readonly newest: Select<[key: number, seq: number | null]>;
  private readonly older: Select<[seq: number]>;
  private readonly bearers: Select<BearerRow>;
  private readonly pending: Select<PendingRow>;

  constructor(database: DatabaseSync) {
    this.newest = new Select(
      database,
      'SELECT j.value, (SELECT max(n.seq) FROM name n WHERE n.key = j.value) FROM json_each(?) j',
    );
    this.older = new Select(database, 'SELECT seq FROM name WHERE key = ? ORDER BY seq DESC');
    this.bearers = new Select(database, BEARER);
    this.pending = new Select(
      database,
      `SELECT p.id, p.src, p.rel, p.path, p.kind, p.target
       FROM json_each(?) j CROSS JOIN pending p ON p.key = j.value`,
    );
  }

  /** Fills in who bears and who waits for the names of the book that need it. */
  load(book: NameBook): void {
    const asked: Name[] = [];
    const borne: Name[] = [];
    for (const name of book.all()) {
      if (name.isAsked) asked.push(name);
      if (name.isBorne) borne.push(name);
    }
    this.loadHolders(asked);
    this.loadWaiting(book, borne);
  }

  private loadHolders(names: Name[]): void {
    const newest = new Map<number, number>();
    for (const [key, seq] of this.newest.all(keysOf(names))) if (seq !== null) newest.set(key, seq);
    const subjects = new Map<number, Subject>();
    const bearers = this.findBearers([...new Set(newest.values())], subjects);
    for (const name of names) {
      const seq = newest.get(name.key);
      if (seq === undefined) continue;
      const bearer = bearers.get(seq);
      name.holder = bearer && bears(bearer, name) ? bearer : this.findOlder(name, subjects);
    }
  }

  private loadWaiting(book: NameBook, names: Name[]): void {
    for (const [id, src, rel, path, kind, target] of this.pending.all(keysOf(names))) {
      (book.of(kind, target).waiting ??= []).push({ id, src, rel, path });
    }
  }

  private findBearers(seqs: number[], subjects: Map<number, Subject>): Map<number, Bearer> {
    const bearers = new Map<number, Bearer>();
    for (const row of this.bearers.all(JSON.stringify(seqs))) {
      const [seq, origin, latest, ver, rid, recordCid, statementCid, entryCid, aliases] = row;
      const subject = subjects.get(origin) ?? { origin, latest, ver };
      subjects.set(origin, subject);
      const cid = [recordCid, statementCid, entryCid];
      const alias = JSON.parse(aliases) as string[];
      bearers.set(seq, { seq, subject, names: { cid, rid: [rid], alias } });
    }
    return bearers;
  }

  /** Two names sharing a key are so rare that the newest bearer is nearly always the right one. */
  private findOlder(name: Name, subjects: Map<number, Subject>): Holder | undefined {
    for (const [seq] of this.older.all(name.key)) {
      const bearer = this.findBearers([seq], subjects).get(seq);
      if (bearer && bears(bearer, name)) return bearer;
    }
    return undefined;
  }
}

function bears(bearer: Bearer, { kind, text }: Name): boolean {
  return bearer.names[kind]?.includes(text) ?? false;
}

function keysOf(names: Name[]): string {
  return JSON.stringify([...new Set(names.map(({ key }) => key))]);
}
