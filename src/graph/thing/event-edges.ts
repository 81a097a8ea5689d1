import type { EdgeRow, ScanDirection, ScanMoment } from '../edge/edge-scan.js';
import type { RelationFilter } from '../edge/relation.js';
import type { EventThingReader } from './event-thing-reader.js';
import { relationOfNaming, USED } from './naming-relation.js';
import { isChosen } from './relation-choice.js';
import type { TermIds } from './term-id.js';

/** Edges of events to the things they name. */
export class EventEdges {
  constructor(
    private readonly things: EventThingReader,
    private readonly terms: TermIds,
  ) {}

  /**
   * In order of event and of relation, things as the event lists them.
   *
   * @returns `done`: how many of `seqs` are answered; one at least
   */
  read(
    seqs: readonly number[],
    direction: ScanDirection,
    filter: RelationFilter,
    moment: ScanMoment,
  ): { rows: EdgeRow[]; done: number } {
    const { events, done } = this.things.read(seqs, moment);
    const rows: EdgeRow[] = [];
    for (const { place, type, action, things } of events) {
      const found: EdgeRow[] = [];
      const seen = new Set<number>();
      for (const { id, role } of things) {
        const rel = relationOfNaming(type, action, role);
        const isUp = rel === USED;
        if (isUp !== (direction === 'UPSTREAM') || !isChosen(filter, rel)) continue;
        // named in two lists: said once
        const key = id * 16 + rel;
        if (seen.has(key)) continue;
        seen.add(key);
        const path = this.terms.idOfPath(role);
        found.push([place, rel, -id, isUp ? path : -path]);
      }
      for (const row of found.sort((a, b) => a[1] - b[1])) rows.push(row);
    }
    return { rows, done };
  }
}
