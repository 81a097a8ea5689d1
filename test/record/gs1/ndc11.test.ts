import { describe, expect, it } from '@jest/globals';
import { ndc11sOf, ndc11sOfGtin, ndcsOfNdc11 } from '../../../src/record/gs1/ndc11.js';

describe('the eleven digits of a drug code', () => {
  it('are read from every way of writing it', () => {
    for (const text of ['0591-0369-01', '00591-0369-01', '00591036901']) {
      expect(ndc11sOf(text)).toEqual(['00591036901']);
    }
    expect(ndc11sOf('0591036901')).toEqual(['00591036901', '05910036901', '05910369001']);
    expect(['', '0591-369-1', '123456789012', 'NDC'].flatMap(ndc11sOf)).toEqual([]);
  });

  it('are among those a GTIN may stand for', () => {
    expect(ndc11sOfGtin('00305910369019')).toContain('00591036901');
    expect(ndc11sOfGtin('10614141073464')).toEqual([]);
  });

  it('stand for the codes of ten digits that fill up to them', () => {
    expect(ndcsOfNdc11('00591036901')).toEqual(['0591-0369-01', '00591-369-01', '00591-0369-1']);
    expect(ndcsOfNdc11('12345678912')).toEqual([]);
  });
});
