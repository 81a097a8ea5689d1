import type { DatabaseSync } from 'node:sqlite';
import { Select } from '../select.js';

const CACHE_MAX = 100_000;

/** Terms both ways; ids are never reused within one file. */
export class TermLookup {
  private readonly texts = new Map<number, string>();
  private readonly ids = new Map<string, number>();
  private readonly textById: Select<[text: string]>;
  private readonly idByText: Select<[id: number]>;

  constructor(database: DatabaseSync) {
    this.textById = new Select(database, 'SELECT text FROM term WHERE id = ?');
    this.idByText = new Select(database, 'SELECT id FROM term WHERE text = ?');
  }

  textOf(id: number): string {
    const known = this.texts.get(id);
    if (known !== undefined) return known;
    const text = this.textById.get(id)?.[0] ?? '';
    this.keep(id, text);
    return text;
  }

  /** Null for a text that is no term. */
  idOf(text: string | undefined): number | null {
    if (text === undefined) return null;
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const id = this.idByText.get(text)?.[0];
    if (id === undefined) return null;
    this.keep(id, text);
    return id;
  }

  private keep(id: number, text: string): void {
    if (this.texts.size >= CACHE_MAX) {
      this.texts.clear();
      this.ids.clear();
    }
    this.texts.set(id, text);
    this.ids.set(text, id);
  }
}
