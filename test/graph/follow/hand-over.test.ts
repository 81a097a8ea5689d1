import { describe, expect, it } from '@jest/globals';
import { HandOver } from '../../../src/graph/follow/hand-over.js';
import type { IndexRow } from '../../../src/graph/row.js';

function buildRow(seq: number, length = 0): IndexRow {
  const cids = { entryCid: `entry-${seq}`, statementCid: `statement-${seq}` };
  return {
    seq,
    ...cids,
    at: 0,
    type: 'record.put',
    author: 'a',
    links: [],
    state: 'AVAILABLE',
    extractText: ' '.repeat(length),
  };
}

describe('HandOver', () => {
  it('gives back what it was given, once', () => {
    const handOver = new HandOver();
    const given = buildRow(7);
    handOver.put(given);
    expect(handOver.has(7)).toBe(true);
    expect(handOver.take(7)).toBe(given);
    expect(handOver.take(7)).toBeUndefined();
    expect(handOver.take(8)).toBeUndefined();
  });

  it('takes nothing more when it is full, and again when there is room', () => {
    const handOver = new HandOver();
    handOver.put(buildRow(1, 24_000_000));
    handOver.put(buildRow(2));
    expect(handOver.has(2)).toBe(false);
    handOver.take(1);
    handOver.put(buildRow(2));
    expect(handOver.has(2)).toBe(true);
  });

  it('drops what the index has passed, and takes none of it any more', () => {
    const handOver = new HandOver();
    handOver.put(buildRow(1, 24_000_000));
    handOver.pass(2);
    handOver.put(buildRow(0));
    handOver.put(buildRow(1));
    handOver.put(buildRow(2));
    expect([0, 1, 2].map((seq) => handOver.has(seq))).toEqual([false, false, true]);
  });

  it('counts a row given twice once', () => {
    const handOver = new HandOver();
    handOver.put(buildRow(1, 13_000_000));
    handOver.put(buildRow(1, 13_000_000));
    handOver.put(buildRow(2));
    expect(handOver.has(2)).toBe(true);
  });
});
