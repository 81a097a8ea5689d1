import { describe, expect, it } from '@jest/globals';
import { EventIndexFixture, type EventSpec } from './event-log.js';
import { naiveList, type LoggedEvent } from './naive-filter.js';
import { randomEvents, randomFilter } from './random-event.js';
import fc, { tries } from '../../support/fast-check.js';

const STARTED = 1_700_000_000_000;

/** What the log says of events captured one after the other behind its first entry. */
function logged(specs: readonly EventSpec[]): LoggedEvent[] {
  return specs.map((spec, i) => ({
    ...spec,
    seq: i + 1,
    at: STARTED + (i + 1) * 1_000,
    isVoided:
      !spec.facts.error &&
      specs.some(
        ({ id, author, facts }) => facts.error && id === spec.id && author === spec.author,
      ),
  }));
}

const orders = fc.constantFrom('TIME_ASC', 'TIME_DESC', 'RECORD_ASC', 'RECORD_DESC');
const budgets = fc.constantFrom(undefined, { rowsMax: 5, seeksMax: 1_000_000 });
const bounds = fc.constantFrom(
  { few: 2_000, setMax: 20_000 },
  { few: 0, setMax: 0 },
  { few: 0, setMax: 20 },
  { few: 3, setMax: 10 },
);

describe('a list of events', () => {
  it('is what looking at every event gives, in order, all pages put together', () => {
    const questions = fc.array(
      fc.record({
        filter: randomFilter,
        orderBy: orders,
        first: fc.integer({ min: 1, max: 7 }),
        budget: budgets,
        bounds,
      }),
      { minLength: 25, maxLength: 25 },
    );
    fc.assert(
      fc.property(randomEvents, questions, (specs, asked) => {
        const fixture = new EventIndexFixture(specs);
        try {
          const events = logged(specs);
          for (const question of asked) {
            const list = fixture.list(question.budget, question.bounds);
            const expected = naiveList(events, question.filter, question.orderBy);
            expect({ question, seqs: fixture.pages(list, question) }).toEqual({
              question,
              seqs: expected,
            });
            if (!question.budget) {
              expect(list.count(question.filter)).toEqual({
                count: expected.length,
                isExact: true,
              });
            }
          }
        } finally {
          fixture.close();
        }
      }),
      tries(60, 1),
    );
  });
});
