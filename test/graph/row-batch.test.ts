import { describe, expect, it } from '@jest/globals';
import { cutBatches } from '../../src/graph/row-batch.js';
import { LogBuilder } from './log-builder.js';
import fc from '../support/fast-check.js';

describe('cutBatches', () => {
  it('leaves nothing out and keeps to its bounds, but for a row that breaks them alone', () => {
    const sizes = fc.array(fc.option(fc.nat(100), { nil: undefined }), { maxLength: 40 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 9 }), fc.nat(150), (all, rowsMax, bytesMax) => {
        const log = new LogBuilder();
        for (const sizeBytes of all) log.add('', { sizeBytes });
        const batches = [...cutBatches(log.rows, { rowsMax, bytesMax })];
        expect(batches.flat()).toEqual(log.rows);
        for (const batch of batches) {
          const bytes = batch.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(rowsMax);
          if (batch.length > 1) expect(bytes).toBeLessThanOrEqual(bytesMax);
        }
      }),
    );
  });
});
