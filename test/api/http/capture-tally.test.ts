import { describe, expect, it } from '@jest/globals';
import { CaptureTally } from '../../../src/api/http/capture-tally.js';
import type { CaptureResult } from '../../../src/capture/capture.js';
import type { Ledger } from '../../../src/ledger/ledger.js';

const LEDGER = {
  origin: 'a.provtrail',
  head: () => ({ size: 1, root: new Uint8Array(32), checkpoint: '' }),
} as unknown as Ledger;

function warned(count: number): CaptureResult {
  const firstWarnings = Array.from({ length: Math.min(count, 100) }, (_, document) => ({
    document,
    pointer: '/epcList/0',
    code: 'IDENTIFIER_FAULT' as const,
    message: 'm',
  }));
  return { receipts: [], refused: 0, problems: [], warnings: count, firstWarnings };
}

describe('the tally of a bulk capture', () => {
  it('adds up warnings and lists the first hundred by their line', () => {
    const tally = new CaptureTally();
    tally.add(warned(2), [5, 9]);
    tally.add(
      warned(250),
      Array.from({ length: 250 }, (_, i) => 10 + i),
    );
    const { warnings, firstWarnings } = tally.summary(LEDGER);
    expect(warnings).toBe(252);
    expect(firstWarnings).toHaveLength(100);
    expect(firstWarnings!.slice(0, 3).map(({ line }) => line)).toEqual([5, 9, 10]);
    expect(firstWarnings![0]).not.toHaveProperty('document');
  });

  it('says so in a number when there are none', () => {
    const tally = new CaptureTally();
    tally.add({ receipts: [], refused: 0, problems: [], warnings: 0 });
    const summary = tally.summary(LEDGER);
    expect(summary.warnings).toBe(0);
    expect(summary).not.toHaveProperty('firstWarnings');
  });
});
