import type { DatabaseSync } from 'node:sqlite';
import { Select } from '../select.js';
import { encodeRole } from './mention-role.js';

/** As what things in use are listed; `EPC` stands for an instance in any role. */
export type VocabularyRole =
  'TYPE' | 'EPC' | 'BIZ_STEP' | 'DISPOSITION' | 'READ_POINT' | 'BIZ_LOCATION';

/** A part of a list, and where the next part begins. */
export interface VocabularyPage {
  /** In the order in which they were first named. */
  texts: string[];
  /** Present when there is more. */
  end?: number;
}

/** Lists what events have named, each thing once. */
export class EventVocabulary {
  private readonly known: Select<[what: number, text: string]>;

  constructor(database: DatabaseSync) {
    this.known = new Select(
      database,
      `SELECT known.what, term.text FROM known CROSS JOIN term ON term.id = known.what
       WHERE known.role = ? AND known.what > ? ORDER BY known.what LIMIT +?`,
    );
  }

  /** @param after `end` of the page before */
  list(role: VocabularyRole, first: number, after = -1): VocabularyPage {
    const rows = this.known.all(encodeRole(role), after, first + 1);
    const page = rows.slice(0, first);
    const texts = page.map(([, text]) => text);
    return rows.length > first ? { texts, end: page.at(-1)![0] } : { texts };
  }
}
