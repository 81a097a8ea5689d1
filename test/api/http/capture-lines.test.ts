import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { captureLines, collectLines } from '../../../src/api/http/capture-lines.js';
import { CaptureTally } from '../../../src/api/http/capture-tally.js';
import type { CaptureResult } from '../../../src/capture/capture.js';
import type { RecordReceipt } from '../../../src/capture/record-receipt.js';
import type { Ledger } from '../../../src/ledger/ledger.js';
import type { Line } from '../../../src/record/ndjson.js';
import fc from '../../support/fast-check.js';

const LEDGER = {
  origin: 'a.provtrail',
  head: () => ({ size: 1, root: new Uint8Array(32), checkpoint: '' }),
} as unknown as Ledger;

async function* linesOf(texts: string[]): AsyncGenerator<Line> {
  for (const [i, text] of texts.entries()) yield { line: i + 1, text };
}

function resultOf(batch: Line[]): CaptureResult {
  const receipts = batch.flatMap(({ text }, document) =>
    text.startsWith('bad') ? [] : [{ document, repeated: false } as RecordReceipt],
  );
  const problems = batch.flatMap(({ text }, document) =>
    text.startsWith('bad')
      ? [{ document, pointer: '', code: 'INVALID_RECORD' as const, message: 'bad' }]
      : [],
  );
  return { receipts, refused: problems.length, problems, warnings: 0 };
}

describe('lines captured as they come in', () => {
  it('are all sent once, in order, in batches of at most 500 lines or about 1 MB', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(400_000), { maxLength: 12 }), async (sizes) => {
        const texts = sizes.map((size, i) => `${i} ${'x'.repeat(size)}`);
        const batches: Line[][] = [];
        const send = async (batch: Line[]) => {
          batches.push(batch);
          return resultOf(batch);
        };
        await captureLines(linesOf(texts), undefined, send, new CaptureTally());
        expect(batches.flat().map(({ text }) => text)).toEqual(texts);
        for (const batch of batches) {
          const before = batch.slice(0, -1).reduce((sum, { text }) => sum + text.length, 0);
          expect(before).toBeLessThan(1_048_576);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are never in flight in more than six batches, and nothing is read meanwhile', async () => {
    let inFlight = 0;
    let most = 0;
    let read = 0;
    const lines = async function* () {
      for (; read < 10_000; read++) yield { line: read + 1, text: 'x' };
    };
    const ahead: number[] = [];
    let landed = 0;
    const send = async (batch: Line[]) => {
      most = Math.max(most, ++inFlight);
      await sleep(2);
      ahead.push(read - landed);
      landed += batch.length;
      inFlight--;
      return resultOf(batch);
    };
    await captureLines(lines(), undefined, send, new CaptureTally());
    expect(most).toBe(6);
    expect(Math.max(...ahead)).toBeLessThanOrEqual(3_500);
  });

  it('are counted with the place of each bad one, whatever order the batches land in', async () => {
    const texts = Array.from({ length: 1_200 }, (_, i) => (i % 300 === 7 ? 'bad' : 'good'));
    let nth = 0;
    const send = async (batch: Line[]) => {
      await sleep(nth++ % 2 === 0 ? 8 : 1);
      return resultOf(batch);
    };
    const tally = new CaptureTally();
    await captureLines(linesOf(texts), undefined, send, tally);
    const summary = tally.summary(LEDGER);
    expect(summary).toMatchObject({ captured: 1_196, refused: 4, repeated: 0 });
    expect(summary.problems.map(({ line }) => line)).toEqual([8, 308, 608, 908]);
    expect(summary.receipts).toBeUndefined();
  });

  it('are cut the same way again under the same key', async () => {
    const run = async () => {
      const keys: string[] = [];
      const send = async (batch: Line[], key: string | undefined) => {
        keys.push(`${key} ${batch.length}`);
        return resultOf(batch);
      };
      await captureLines(linesOf(Array<string>(1_100).fill('x')), 'k', send, new CaptureTally());
      return keys;
    };
    expect(await run()).toEqual(['k#0 500', 'k#1 500', 'k#2 100']);
    expect(await run()).toEqual(await run());
  });

  it('say what was captured before and beside a batch that failed', async () => {
    let nth = 0;
    const send = async (batch: Line[]) => {
      if (nth++ === 1) throw new Error('disk');
      await sleep(2);
      return resultOf(batch);
    };
    const tally = new CaptureTally();
    const run = captureLines(linesOf(Array<string>(1_500).fill('x')), undefined, send, tally);
    await expect(run).rejects.toThrow('disk');
    expect(tally.summary(LEDGER).captured).toBe(1_000);
  });

  it('are refused all together when there are too many for all or nothing', async () => {
    expect(await collectLines(linesOf(['a', 'b']), 2)).toHaveLength(2);
    const tooMany = collectLines(linesOf(['a', 'b', 'c']), 2);
    await expect(tooMany).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
});
