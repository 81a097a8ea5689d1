import { describe, expect, it } from '@jest/globals';
import type { ItemState } from '../../../src/graph/trace/item-state.js';
import {
  judgeProduct,
  type Commissioning,
  type ProductIdentifier,
} from '../../../src/graph/trace/verify-product.js';
import { DISPOSITION } from '../../../src/record/cbv/known-term.js';

const NOW = Date.UTC(2027, 0, 1);
const MADE: Commissioning = { seq: 3, lot: 'A', expiry: Date.UTC(2027, 5, 1) - 1 };
const PRODUCT = { gtin: '10614141073464', serial: '1' };

function judge(
  product: Partial<ProductIdentifier>,
  commissionings: Commissioning[] = [MADE],
  state: Partial<ItemState> = {},
) {
  const whole: ItemState = { status: 'AT_SITE', persistent: [], lastSeq: 9, ...state };
  const evidence = { commissionings, state: whole, knownAt: 10 };
  return judgeProduct({ ...PRODUCT, ...product }, evidence, NOW);
}

describe('a product identifier', () => {
  it('is verified when all that is given was captured with one commissioning', () => {
    const right = { verified: true, info: [], status: 'AT_SITE', evidence: [3] };
    for (const given of [{}, { lot: 'A' }, { expiry: '2027-05-31' }]) {
      expect(judge(given)).toEqual(right);
    }
    expect(judge({ lot: 'A', expiry: '2027-05-31' })).toEqual(right);
  });

  it('is refused with the code of the standard for what does not match', () => {
    const reason = (product: Partial<ProductIdentifier>, made: Commissioning[] = [MADE]) =>
      judge(product, made).reason;
    expect(reason({}, [])).toBe('No_match_GTIN_Serial');
    expect(reason({ lot: 'A' }, [])).toBe('No_match_GTIN_Serial');
    expect(reason({ lot: 'B', expiry: '2027-05-31' })).toBe('No_match_GTIN_Serial_Lot');
    expect(reason({ lot: 'a' })).toBe('No_match_GTIN_Serial_Lot');
    expect(reason({ lot: 'A', expiry: '2027-06-01' })).toBe('No_match_GTIN_Serial_Expiry');
    expect(reason({ lot: 'B', expiry: '2027-06-01' })).toBe('No_match_GTIN_Serial_Lot_Expiry');
    expect(reason({ lot: 'A' }, [{ seq: 3 }])).toBe('No_match_GTIN_Serial_Lot');
    expect(reason({ expiry: '2027-05-31' }, [{ seq: 3, lot: 'A' }])).toBe(
      'No_match_GTIN_Serial_Expiry',
    );
  });

  it('matches no two commissionings by half', () => {
    const other = { seq: 5, lot: 'B', expiry: Date.UTC(2028, 0, 1) - 1 };
    const mixed = judge({ lot: 'A', expiry: '2027-12-31' }, [MADE, other]);
    expect(mixed).toMatchObject({ verified: false, info: [], evidence: [3, 5] });
    expect(judge({ lot: 'B', expiry: '2027-12-31' }, [MADE, other])).toMatchObject({
      verified: true,
      info: ['Suspect'],
    });
  });

  it('tells nothing more of a unit that it does not match', () => {
    const recalled = { persistent: [{ disposition: DISPOSITION.recalled, seq: 7 }] };
    expect(judge({ lot: 'B' }, [MADE], recalled).info).toEqual([]);
  });

  it('is verified and yet recalled, expired or suspect', () => {
    const recalled = { persistent: [{ disposition: DISPOSITION.recalled, seq: 7 }] };
    expect(judge({}, [MADE], recalled)).toEqual({
      ...{ verified: true, info: ['Recalled'], status: 'AT_SITE', evidence: [3, 7, 9] },
    });
    expect(judge({}, [MADE], { disposition: DISPOSITION.recalled }).info).toEqual(['Recalled']);
    expect(judge({}, [{ ...MADE, expiry: NOW - 1 }])).toMatchObject({
      verified: true,
      info: ['Expired'],
    });
    expect(judge({}, [{ ...MADE, expiry: NOW }]).info).toEqual([]);
    expect(judge({}, [MADE], { disposition: DISPOSITION.stolen })).toMatchObject({
      verified: true,
      info: ['Suspect'],
      evidence: [3, 9],
    });
  });

  it('may not be traded again when the life of the unit is over', () => {
    for (const status of ['DISPENSED', 'DESTROYED', 'DECOMMISSIONED', 'CONSUMED'] as const) {
      expect(judge({}, [MADE], { status })).toEqual({
        verified: false,
        reason: 'Not_for_re-distribution',
        info: ['Suspect'],
        status,
        evidence: [3, 9],
      });
    }
    expect(judge({}, [MADE], { status: 'IN_TRANSIT' }).verified).toBe(true);
  });
});
