import type { DatabaseSync } from 'node:sqlite';
import { Select } from '../select.js';
import { THING_PATHS } from './thing-path.js';

const CACHE_MAX = 50_000;

/** Ids of words, on the reading side: what nobody has written has none. */
export class TermIds {
  private readonly ids = new Map<string, number>();
  private readonly find: Select<[id: number]>;

  constructor(database: DatabaseSync) {
    this.find = new Select(database, 'SELECT id FROM term WHERE text = ?');
  }

  /** 0 for none. */
  idOf(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const id = this.find.get(text)?.[0] ?? 0;
    if (this.ids.size >= CACHE_MAX) this.ids.clear();
    if (id !== 0) this.ids.set(text, id);
    return id;
  }

  /** Of a path by its code (thing-path.ts). */
  idOfPath(code: number): number {
    return this.idOf(THING_PATHS[code]!);
  }
}
