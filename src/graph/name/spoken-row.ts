import { bitOf, encodeInverse } from '../edge/inverse.js';
import { keyOf } from './name.js';
import type { Name, NameBook } from './name-book.js';
import { encodeRelation } from '../edge/relation.js';
import type { Extract, Identifier } from '../../record/draft.js';
import { parseRecordName } from '../../record/prov/record-name.js';
import type { RecordRow } from '../row.js';

/** A row with the names it speaks of: its own, and those of what it refers to. */
export interface SpokenRow {
  row: RecordRow;
  extract?: Extract;
  rid: Name;
  /** Names others may refer to this version by. */
  borne: Name[];
  /** Keys it is to be found by, rid apart; some may be there twice. */
  keys: number[];
  /** `rel` as in `pending`: an inverse one is told from others. */
  references: { name: Name; rel: number; path: string }[];
}

/** Enters the row's names into the book, and notes which of them have to be looked up. */
export function speak(row: RecordRow, book: NameBook): SpokenRow {
  const rid = book.of('rid', row.rid);
  rid.isAsked = true;
  const borne = [book.of('cid', row.statementCid), book.of('cid', row.recordCid)];
  const extract =
    row.extractText === undefined ? undefined : (JSON.parse(row.extractText) as Extract);
  for (const alias of extract?.aliases ?? []) borne.push(book.of('alias', alias));
  const keys = keysOf(row, borne, extract?.identifiers ?? []);
  const spoken: SpokenRow = { row, extract, rid, borne, keys, references: [] };
  for (const name of borne) name.isBorne = true;
  referTo(spoken, book);
  return spoken;
}

function keysOf(row: RecordRow, borne: Name[], identifiers: Identifier[]): number[] {
  const keys = [keyOf('cid', row.entryCid)];
  for (const { key } of borne) keys.push(key);
  for (const { value } of identifiers) keys.push(keyOf('identifier', value));
  return keys;
}

/** Every reference of the row, the published ones first; a second one to the same name says nothing new. */
function referTo({ row, extract, references }: SpokenRow, book: NameBook): void {
  const add = (name: Name, rel: number, path: string) => {
    if (name.citedBy !== row.seq) {
      name.citedBy = row.seq;
      name.citedAs = 0;
    }
    const bit = bitOf(rel);
    if ((name.citedAs & bit) !== 0) return;
    name.citedAs |= bit;
    // What a row before this one bears needs no look-up: the newest claim counts.
    if (!name.isBorne) name.isAsked = true;
    references.push({ name, rel, path });
  };
  if (row.replaces) add(book.of('cid', row.replaces), encodeRelation('wasRevisionOf'), '/replaces');
  row.links.forEach(({ rel, statement }, i) => {
    add(book.of('cid', statement), encodeRelation(rel), `/links/${i}`);
  });
  // one place for all of them: an index of thousands of places would say nothing that the list does not
  for (const cid of row.sources ?? [])
    add(book.of('cid', cid), encodeRelation('wasDerivedFrom'), '/sources');
  for (const { target, relation, path, isInverse } of extract?.references ?? []) {
    const rel = encodeRelation(relation);
    add(nameOf(target, book), isInverse ? encodeInverse(rel) : rel, path);
  }
}

/** A document of provenance names records by their CIDs. */
function nameOf(target: string, book: NameBook): Name {
  const cid = parseRecordName(target);
  return cid === undefined ? book.of('alias', target) : book.of('cid', cid);
}
