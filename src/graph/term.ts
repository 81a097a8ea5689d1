import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Bounds memory against an author who invents words; the tables themselves are only as large as the content. */
const CACHE_MAX = 50_000;

/** Words that repeat (authors, systems, places in a document) kept once and named by a small integer. */
export class TermWriter {
  private readonly ids = new Map<string, number>();
  private readonly find: StatementSync;
  private readonly add: StatementSync;

  constructor(database: DatabaseSync) {
    this.find = database.prepare('SELECT id FROM term WHERE text = ?');
    this.add = database.prepare('INSERT INTO term (text) VALUES (?)');
  }

  idOf(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const found = this.find.get(text)?.id as number | undefined;
    const id = found ?? Number(this.add.run(text).lastInsertRowid);
    if (this.ids.size >= CACHE_MAX) this.ids.clear();
    this.ids.set(text, id);
    return id;
  }

  /** After a rollback: ids given since may be given again to other words. */
  forget(): void {
    this.ids.clear();
  }
}

/** The reading side of terms: ids are never reused within one file, so a cached word stays right. */
export class TermReader {
  private readonly texts = new Map<number, string>();
  private readonly find: StatementSync;

  constructor(database: DatabaseSync) {
    this.find = database.prepare('SELECT text FROM term WHERE id = ?');
  }

  textOf(id: number): string {
    const known = this.texts.get(id);
    if (known !== undefined) return known;
    const text = (this.find.get(id)?.text as string | undefined) ?? '';
    if (this.texts.size >= CACHE_MAX) this.texts.clear();
    this.texts.set(id, text);
    return text;
  }
}
