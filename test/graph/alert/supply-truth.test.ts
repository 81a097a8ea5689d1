import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readDocument } from '../../../src/record/document.js';
import { isProblem, type Extract, type RecordClass } from '../../../src/record/draft.js';
import { extractContent } from '../../../src/record/extract.js';
import { canonicalEpc } from '../../../src/record/gs1/identifier.js';
import { formatLine, generateSupply } from '../../../src/sample/supply/supply.js';
import { LogBuilder } from '../log-builder.js';
import { AlertIndex } from './alert-log.js';

const EVENTS = 3_000;

/** The generated year as the rows of a log, and what is wrong with it. */
function logOfYear(): { log: LogBuilder; planted: string[]; now: number } {
  const supply = generateSupply({ seed: 5, events: EVENTS });
  const log = new LogBuilder(Date.UTC(2026, 0, 1));
  const add = (recordClass: RecordClass, extract: Extract) =>
    log.add(`${log.rows.length}`, {
      ...{ class: recordClass, mediaType: 'application/ld+json' },
      extract,
    });
  const { masterData } = supply;
  for (const draft of readDocument(JSON.stringify(masterData))) {
    if (!isProblem(draft)) add(draft.class, draft.extract);
  }
  const seqs = new Map<string, number>();
  let now = 0;
  for (const event of supply.events) {
    const extract = extractContent(formatLine(event), 'application/ld+json');
    const { seq } = add('epcis.event', extract);
    if (!extract.event?.error) seqs.set(event.eventID, seq);
    now = Math.max(now, extract.occurredAt ?? 0);
  }
  const planted = supply
    .truth()
    .anomalies.map(({ type, reasons = [], epc, eventIDs: [first] }) =>
      [type, canonicalEpc(epc), seqs.get(first), ...[...reasons].sort()].join(' '),
    );
  return { log, planted: planted.sort(), now };
}

describe('a generated year of supply', () => {
  const { log, planted, now } = logOfYear();
  let index: AlertIndex;
  beforeAll(() => {
    index = new AlertIndex(log, 500);
  });
  afterAll(() => index.close());

  it('raises the alerts that were planted, and no other', () => {
    const raised = index.alerts().filter((alert) => alert.raised <= now);
    const found = raised.map(({ type, item, reasons, evidence: [first] }) =>
      [type, item, first, ...reasons.sort()].join(' '),
    );
    expect(planted.length).toBeGreaterThan(50);
    expect(found.sort()).toEqual(planted);
  });
});
