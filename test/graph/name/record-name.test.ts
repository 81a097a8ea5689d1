import { afterEach, describe, expect, it } from '@jest/globals';
import { utf8 } from '../../../src/crypto/bytes.js';
import { cidOf } from '../../../src/crypto/cid.js';
import { LogBuilder, TestIndex } from '../log-builder.js';

const RECORD = cidOf(utf8('a record'));
const DOCUMENT = cidOf(utf8('a document of provenance'));

let open: TestIndex[] = [];

afterEach(() => {
  for (const each of open) each.close();
  open = [];
});

/** The log, taken in the batches that end before each of the cuts. */
function indexed(log: LogBuilder, cuts: number[]): TestIndex {
  const made = new TestIndex();
  open.push(made);
  for (const cut of [...cuts, log.rows.length]) made.writer.apply(log.rows.slice(0, cut));
  return made;
}

function sourcesOf({ reader }: TestIndex): string[] {
  return reader.edgesOf(DOCUMENT, 'UPSTREAM').edges.map(({ to }) => to);
}

describe('a reference to a record by its CID', () => {
  it.each([[[]], [[1]]])('leads to the record, however the log is cut: %j', (cuts) => {
    const log = new LogBuilder();
    log.add('a', { recordCid: RECORD });
    log.add('document', { recordCid: DOCUMENT, from: [`urn:cid:${RECORD}`] });
    const made = indexed(log, cuts);
    expect(sourcesOf(made)).toEqual([RECORD]);
    expect(made.reader.status().dangling).toBe(0);
  });

  it.each([[[]], [[1]]])('waits for a record that comes later: %j', (cuts) => {
    const log = new LogBuilder();
    log.add('document', { recordCid: DOCUMENT, from: [`urn:cid:${RECORD}`] });
    log.add('a', { recordCid: RECORD });
    expect(sourcesOf(indexed(log, cuts))).toEqual([RECORD]);
  });

  it('is an alias like any other when it is no CID', () => {
    const log = new LogBuilder();
    log.add('urn:cid:something', { recordCid: RECORD });
    log.add('document', { recordCid: DOCUMENT, from: ['urn:cid:something'] });
    expect(sourcesOf(indexed(log, []))).toEqual([RECORD]);
  });
});
