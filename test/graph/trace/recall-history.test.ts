import { describe, expect, it } from '@jest/globals';
import { ItemReader } from '../../../src/graph/trace/item-reader.js';
import { isOfItem, stateOf } from '../../../src/graph/trace/item-state.js';
import { UnitHistories } from '../../../src/graph/trace/recall-history.js';
import type { HistoryEntry } from '../../../src/graph/trace/trace-event.js';
import { DISPOSITION, STEP } from '../../../src/record/cbv/known-term.js';
import { CONTAINERS, UNITS, world } from './recall-world.js';
import { HOUR_MS, NOON, TraceIndex } from './trace-log.js';
import fc, { tries } from '../../support/fast-check.js';

const moments = fc.record({
  asOf: fc.integer({ min: 0, max: 13 }).map((hour) => NOON + hour * HOUR_MS),
  knownAt: fc.option(fc.integer({ min: 6, max: 36 }), { nil: undefined }),
});

/** Of the unit itself, or of what it was in. */
function isHandOver(entry: HistoryEntry): boolean {
  const { bizStep, disposition } = entry.event;
  return isOfItem(entry) && (bizStep === STEP.dispensing || disposition === DISPOSITION.dispensed);
}

describe('the histories of many units', () => {
  it('come to the same as one by one, however few are read at once and however little is kept', () => {
    fc.assert(
      fc.property(
        ...[world, moments, fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 20, undefined)],
        (log, moment, atOnce, rememberedMax) => {
          const index = new TraceIndex(log);
          try {
            const items = new ItemReader(index.database);
            const histories = new UnitHistories(index.database, moment, rememberedMax);
            const epcs = [...UNITS, ...CONTAINERS].filter((epc) => items.itemOf(epc) !== undefined);
            for (let i = 0; i < epcs.length; i += atOnce) {
              const some = epcs.slice(i, i + atOnce);
              const found = histories.list(some.map((epc) => items.itemOf(epc)!));
              expect(found).toEqual(
                some.map((epc) => {
                  const history = items.history(epc, moment);
                  const { status, site, custodian, owner, persistent } = stateOf(history.entries);
                  const marks = persistent.map(({ disposition }) => disposition);
                  const isRecalled = marks.includes(DISPOSITION.recalled);
                  const dispensings = history.entries
                    .filter(isHandOver)
                    .map(({ event: { seq }, source }) => ({ seq, isOwn: source.kind === 'SELF' }));
                  return {
                    unit: items.itemOf(epc),
                    state: { status, site, custodian, owner, isRecalled },
                    isComplete: true,
                    ...(status === 'DISPENSED' && { dispensings }),
                  };
                }),
              );
            }
          } finally {
            index.close();
          }
        },
      ),
      tries(100, 20_260_104),
    );
  });
});
