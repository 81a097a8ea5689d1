import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordClass } from '../../record/draft.js';

/** Class and type of a record, interned as one. A record nobody could read has no type. */
export interface Kind {
  id: number;
  class: RecordClass;
  type?: string;
  /** How many record versions are of it. */
  count: number;
}

export class KindWriter {
  private readonly ids = new Map<string, number>();
  private readonly added = new Map<number, number>();
  private readonly find: StatementSync;
  private readonly add: StatementSync;
  private readonly grow: StatementSync;

  constructor(database: DatabaseSync) {
    this.find = database.prepare('SELECT id FROM kind WHERE class = ? AND type = ?');
    this.add = database.prepare('INSERT INTO kind (class, type) VALUES (?, ?)');
    this.grow = database.prepare('UPDATE kind SET count = count + ? WHERE id = ?');
  }

  /** The kind's id, and one more record of it; `flush` writes the counts. */
  count(recordClass: RecordClass, type = ''): number {
    const name = `${recordClass} ${type}`;
    const id = this.ids.get(name) ?? this.intern(recordClass, type);
    this.ids.set(name, id);
    this.added.set(id, (this.added.get(id) ?? 0) + 1);
    return id;
  }

  flush(): void {
    for (const [id, count] of this.added) this.grow.run(count, id);
    this.added.clear();
  }

  /** After a rollback. */
  forget(): void {
    this.ids.clear();
    this.added.clear();
  }

  private intern(recordClass: RecordClass, type: string): number {
    const found = this.find.get(recordClass, type)?.id as number | undefined;
    return found ?? Number(this.add.run(recordClass, type).lastInsertRowid);
  }
}

export class KindReader {
  private readonly kinds = new Map<number, Kind>();
  private readonly list: StatementSync;

  constructor(database: DatabaseSync) {
    this.list = database.prepare('SELECT id, class, type, count FROM kind ORDER BY id');
  }

  of(id: number): Kind | undefined {
    if (!this.kinds.has(id)) for (const kind of this.all()) this.kinds.set(kind.id, kind);
    return this.kinds.get(id);
  }

  /** Every kind there is, with its count as of now. */
  all(): Kind[] {
    return this.list.all().map((row) => {
      const { id, class: recordClass, type, count } = row as unknown as Required<Kind>;
      return { id, class: recordClass, type: type || undefined, count };
    });
  }
}
