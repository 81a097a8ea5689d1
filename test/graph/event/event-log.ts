import { openForReading } from '../../../src/graph/index-file.js';
import { EventList, type ListBudget } from '../../../src/graph/event/event-list.js';
import type {
  EventFilter,
  EventOrder,
  EventPosition,
} from '../../../src/graph/event/event-filter.js';
import type { CompileOptions } from '../../../src/graph/event/event-compiler.js';
import type { PlanBounds } from '../../../src/graph/event/event-planner.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import type { MasterFacts } from '../../../src/record/epcis/fact/master-fact.js';
import { LogBuilder, TestIndex } from '../log-builder.js';

/** An event as it is told to the index. */
export interface EventSpec {
  type: string;
  time: number;
  id?: string;
  author?: string;
  facts: EventFacts;
}

/** A log of events behind an entry that is none, and behind master data. */
export function logOf(
  specs: readonly EventSpec[],
  masters: readonly MasterFacts[] = [],
): LogBuilder {
  const log = new LogBuilder();
  log.addOther();
  for (const master of masters) {
    log.add(master.id, { class: 'master.data', extract: { type: 'Vocabulary', master } });
  }
  for (const [i, { type, time, id, author = 'author-1', facts }] of specs.entries()) {
    log.add(`event-${i}`, {
      class: 'epcis.event',
      mediaType: 'application/ld+json',
      author,
      extract: { type, ...(id !== undefined && { id }), occurredAt: time, event: facts },
    });
  }
  return log;
}

/** An index of events and a list over it, with bounds of its own. */
export class EventIndexFixture {
  readonly index: TestIndex;
  readonly database;

  constructor(specs: readonly EventSpec[], masters: readonly MasterFacts[] = []) {
    this.index = TestIndex.of(logOf(specs, masters).rows);
    this.database = openForReading(this.index.path);
  }

  list(budget?: ListBudget, bounds?: PlanBounds): EventList {
    return new EventList(this.database, budget, bounds);
  }

  /** Positions of all events, page by page. */
  pages(
    list: EventList,
    question: { filter: EventFilter; orderBy: EventOrder; first: number; options?: CompileOptions },
  ): number[] {
    const { filter, orderBy, first, options } = question;
    const seqs: number[] = [];
    let after: EventPosition | undefined;
    for (let i = 0; i < 1_000; i++) {
      const page = list.list(filter, orderBy, first, after, options);
      seqs.push(...page.events.map(({ seq }) => seq));
      if (!page.hasNext) return seqs;
      after = page.end;
    }
    throw new Error('it does not end');
  }

  close(): void {
    this.database.close();
    this.index.close();
  }
}
