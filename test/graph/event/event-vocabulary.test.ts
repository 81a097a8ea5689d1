import { afterAll, describe, expect, it } from '@jest/globals';
import type { VocabularyRole } from '../../../src/graph/event/event-vocabulary.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import { LogBuilder, TestIndex } from '../log-builder.js';

const log = new LogBuilder();
const add = (type: string, event: EventFacts) =>
  log.add(`event-${log.rows.length}`, {
    class: 'epcis.event',
    extract: { type, occurredAt: 1_000 * log.rows.length, event },
  });
for (let i = 0; i < 10; i++) {
  add('ObjectEvent', { epcs: [`epc-${i % 7}`], bizStep: `step-${i % 3}`, disposition: 'step-0' });
}
add('AggregationEvent', { parent: 'parent', children: ['epc-1', 'child'], readPoint: 'point' });
add('TransformationEvent', { inputs: ['input'], outputs: ['output'], bizLocation: 'location' });
log.addOther();

const index = TestIndex.of(log.rows);
afterAll(() => index.close());

function all(role: VocabularyRole, first: number): string[] {
  const texts: string[] = [];
  for (let after: number | undefined; ;) {
    const page = index.reader.listMentioned(role, first, after);
    expect(page.texts.length).toBeLessThanOrEqual(first);
    texts.push(...page.texts);
    if (page.end === undefined) return texts;
    after = page.end;
  }
}

describe('the vocabulary in use', () => {
  const expected: [VocabularyRole, string[]][] = [
    ['TYPE', ['AggregationEvent', 'ObjectEvent', 'TransformationEvent']],
    ['BIZ_STEP', ['step-0', 'step-1', 'step-2']],
    ['DISPOSITION', ['step-0']],
    ['READ_POINT', ['point']],
    ['BIZ_LOCATION', ['location']],
    [
      'EPC',
      ['child', ...[0, 1, 2, 3, 4, 5, 6].map((n) => `epc-${n}`), 'input', 'output', 'parent'],
    ],
  ];

  it.each(expected)('lists each thing named as %s once, on pages of any size', (role, texts) => {
    for (const first of [1, 2, 3, 100]) expect(all(role, first).sort()).toEqual(texts);
  });
});
