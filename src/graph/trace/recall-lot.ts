import type { DatabaseSync } from 'node:sqlite';
import { canonicalEpc } from '../../record/gs1/identifier.js';
import { Select } from '../select.js';

const GTIN_LINK = 'https://id.gs1.org/01/';
const CLASS_CHARACTERS = GTIN_LINK.length + 14;
/** Behind every text that goes on with a slash. */
const BEHIND_SLASH = '0';
/** Products looked through for a lot number alone, and lots of one product. */
const CLASSES_MAX = 10_000;

export interface LotClasses {
  /** Canonical. */
  classes: string[];
  isComplete: boolean;
}

/** Finds lots of GTINs (LGTIN) by lot number, by GTIN, or both: by their canonical form in the index of terms. */
export class LotClassReader {
  private readonly next: Select<[text: string | null]>;
  private readonly known: Select<[1]>;
  private readonly between: Select<[text: string]>;

  constructor(database: DatabaseSync) {
    this.next = new Select(database, 'SELECT min(text) FROM term WHERE text >= ? AND text < ?');
    this.known = new Select(database, 'SELECT 1 FROM term WHERE text = ?');
    this.between = new Select(
      database,
      'SELECT text FROM term WHERE text >= ? AND text < ? ORDER BY text LIMIT +?',
    );
  }

  /** @param gtin canonical class */
  find(lot: string | undefined, gtin: string | undefined): LotClasses {
    if (gtin !== undefined && lot !== undefined) {
      return { classes: this.ifKnown(formatLot(gtin, lot)), isComplete: true };
    }
    if (gtin !== undefined) return this.ofGtin(gtin);
    return lot === undefined ? { classes: [], isComplete: true } : this.ofLot(lot);
  }

  private ofGtin(gtin: string): LotClasses {
    const classes = this.between
      .all(`${gtin}/10/`, `${gtin}/10${BEHIND_SLASH}`, CLASSES_MAX + 1)
      .map(([text]) => text);
    const isComplete = classes.length <= CLASSES_MAX;
    return { classes: classes.slice(0, CLASSES_MAX), isComplete };
  }

  /** From GTIN to GTIN, one step of the index each. */
  private ofLot(lot: string): LotClasses {
    const classes: string[] = [];
    let from = GTIN_LINK;
    for (let passed = 0; passed < CLASSES_MAX; passed++) {
      const text = this.next.get(from, GTIN_LINK.slice(0, -1) + BEHIND_SLASH)?.[0];
      if (text === null || text === undefined) return { classes, isComplete: true };
      const gtin = text.slice(0, CLASS_CHARACTERS);
      classes.push(...this.ifKnown(formatLot(gtin, lot)));
      from = gtin + BEHIND_SLASH;
    }
    return { classes, isComplete: false };
  }

  private ifKnown(text: string): string[] {
    return this.known.get(text) ? [text] : [];
  }
}

function formatLot(gtin: string, lot: string): string {
  return canonicalEpc(`${gtin}/10/${encodeURIComponent(lot.toWellFormed())}`);
}
