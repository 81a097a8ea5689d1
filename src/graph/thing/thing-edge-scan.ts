import type { DatabaseSync } from 'node:sqlite';
import type {
  EdgePage,
  EdgeRow,
  EdgeSource,
  ScanDirection,
  ScanMoment,
} from '../edge/edge-scan.js';
import type { RelationFilter } from '../edge/relation.js';
import { AttributionReader } from './attribution-reader.js';
import { EventEdges } from './event-edges.js';
import { EventThingReader } from './event-thing-reader.js';
import { ItemEdges, ROWS_AT_ONCE, type ThingQuestion } from './item-edges.js';
import { MemberReader } from './member-reader.js';
import { NamingReader } from './naming-reader.js';
import { PartyEdges } from './party-edges.js';
import { TermIds } from './term-id.js';
import { TransformationReader } from './transformation-reader.js';

const NODES_AT_ONCE = 256;

/**
 * Edges between EPCIS events and things, and between things, read from what the index holds of events anyway. Events that are
 * voided, repeats, declarations, or not known yet, count for nothing. A node that is neither an event nor a thing has none.
 */
export class ThingEdgeScan implements EdgeSource {
  private readonly events: EventEdges;
  private readonly items: ItemEdges;

  constructor(database: DatabaseSync) {
    const terms = new TermIds(database);
    const namings = new NamingReader(database);
    const things = new EventThingReader(database);
    const attributions = new AttributionReader(namings);
    this.events = new EventEdges(things, terms);
    this.items = new ItemEdges({
      ...{ namings, attributions, terms },
      members: new MemberReader(database),
      transformations: new TransformationReader(database, things),
      parties: new PartyEdges(database, things, attributions, terms),
    });
  }

  /**
   * Node after node, each in order of relation; within it events by event time, things as the event lists them, by id where
   * they are derived, by id and time where they are members.
   *
   * @throws AppError QUERY_TOO_COMPLEX (memberships, where too many events would have to be replayed)
   */
  *pages(
    nodes: readonly number[],
    direction: ScanDirection,
    filter: RelationFilter,
    moment: ScanMoment,
  ): Generator<EdgePage> {
    const question = { direction, filter, moment };
    for (let start = 0; start < nodes.length;) {
      const asked = nodes.slice(start, start + NODES_AT_ONCE);
      const { rows, done } = this.read(asked, question);
      if (done > 0) yield* inPages(rows, asked, start, done);
      else yield* this.readHub(asked, start, question);
      start += Math.max(done, 1);
    }
  }

  /** A run of nodes of one sort. */
  private read(
    asked: readonly number[],
    question: ThingQuestion,
  ): { rows: EdgeRow[]; done: number } {
    const isThing = asked[0]! < 0;
    const end = asked.findIndex((node) => node < 0 !== isThing);
    const run = end < 0 ? asked : asked.slice(0, end);
    if (isThing)
      return this.items.many(
        run.map((node) => -node),
        question,
      );
    const { direction, filter, moment } = question;
    return this.events.read(run, direction, filter, moment);
  }

  private *readHub(
    asked: readonly number[],
    start: number,
    question: ThingQuestion,
  ): Generator<EdgePage> {
    for (const rows of this.items.one(-asked[0]!, question)) {
      for (let i = 0; i === 0 || i < rows.length; i += ROWS_AT_ONCE) {
        yield { rows: rows.slice(i, i + ROWS_AT_ONCE), asked, done: start };
      }
    }
    yield { rows: [], asked, done: start + 1 };
  }
}

/** Also when there are none: whoever reads sees how far it has come. */
function* inPages(
  rows: EdgeRow[],
  asked: readonly number[],
  start: number,
  done: number,
): Generator<EdgePage> {
  let from = 0;
  for (; from + ROWS_AT_ONCE < rows.length; from += ROWS_AT_ONCE) {
    const page = rows.slice(from, from + ROWS_AT_ONCE);
    yield { rows: page, asked, done: start + page[page.length - 1]![0] };
  }
  yield { rows: rows.slice(from), asked, done: start + done };
}
