import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { SUPPLY_CHAIN } from './support/build-supply.js';
import { captureAll, type Captured } from './support/capture-all.js';
import { ANONYMOUS, RESEARCHER, startApi, SUPPLY, type TestApi } from './support/start-api.js';

const VERIFY = `query ($gtin: String, $serial: String, $lot: String, $expiry: Date, $scan: String) {
  verifyProduct(gtin: $gtin, serial: $serial, lot: $lot, expiry: $expiry, scan: $scan) {
    gtin serial lot expiry epc verified verificationFailureReason additionalInfo status verifiedAt
    evidence { seq record { cid inclusionProof { size leafHash } } }
    position
  }
}`;

const GTIN = '10614141073464';

interface Verification {
  verified: boolean;
  evidence: { seq: number; record: { cid: string } }[];
}

describe('verifyProduct over GraphQL', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let records: Captured[];

  beforeAll(async () => {
    api = await startApi(directory);
    records = await captureAll(api, SUPPLY_CHAIN);
  });
  afterAll(() => api.close());

  const verify = async (product: object) =>
    (await api.get<{ verifyProduct: Verification }>(SUPPLY, VERIFY, { ...product })).verifyProduct;

  it('verifies what was commissioned, with the event that says so', async () => {
    const made = records[0]!;
    const answer = await verify({ gtin: GTIN, serial: '4', lot: 'A', expiry: '2099-05-31' });
    expect(answer).toMatchObject({
      ...{ gtin: GTIN, serial: '4', lot: 'A', expiry: '2099-05-31', verified: true },
      epc: `https://id.gs1.org/01/${GTIN}/21/4`,
      verificationFailureReason: null,
      additionalInfo: [],
      status: 'AT_SITE',
      evidence: [{ seq: made.seq, record: { cid: made.cid } }],
    });
    const scanned = await verify({ scan: `(01)${GTIN}(17)990531(10)A(21)4` });
    expect(scanned).toMatchObject({ verified: false });
    expect(await verify({ scan: `(01)${GTIN}(10)A(21)4` })).toMatchObject({ verified: true });
  });

  it('answers in one shape whatever the answer, in the words of the standard', async () => {
    const reasonOf = async (product: object) =>
      (await verify({ gtin: GTIN, serial: '4', ...product })) as unknown;
    const members = Object.keys(await verify({ gtin: GTIN, serial: '4' }));
    for (const [product, reason] of [
      [{ serial: '99' }, 'No_match_GTIN_Serial'],
      [{ gtin: '00614141000005' }, 'No_match_GTIN_Serial'],
      [{ lot: 'B' }, 'No_match_GTIN_Serial_Lot'],
      [{ expiry: '2099-06-01' }, 'No_match_GTIN_Serial_Expiry'],
      [{ lot: 'B', expiry: '2099-06-01' }, 'No_match_GTIN_Serial_Lot_Expiry'],
      [{ serial: '3' }, 'Not_for_re_distribution'],
    ] as const) {
      const answer = await reasonOf(product);
      expect(answer).toMatchObject({ verified: false, verificationFailureReason: reason });
      expect(Object.keys(answer as object)).toEqual(members);
    }
  });

  it('says that a unit is recalled, for its case was', async () => {
    const recalled = await verify({ gtin: GTIN, serial: '1' });
    expect(recalled).toMatchObject({ verified: true, additionalInfo: ['Recalled'] });
    expect(recalled.evidence.map(({ seq }) => seq)).toEqual([records[0]!.seq, records[2]!.seq]);
    expect(await verify({ gtin: GTIN, serial: '3' })).toMatchObject({
      additionalInfo: ['Suspect'],
      status: 'DISPENSED',
    });
  });

  it('points to what is wrong with a question', async () => {
    const { errors } = await api.ask(SUPPLY, VERIFY, { gtin: '10614141073465', serial: '4' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', pointer: '/gtin' });
    for (const wrong of [{}, { gtin: GTIN }, { gtin: GTIN, serial: '4', expiry: '2099-13-01' }]) {
      expect(await api.fail(SUPPLY, VERIFY, wrong)).toBe('BAD_USER_INPUT');
    }
  });

  it('tells nobody anything who may not read what events say', async () => {
    for (const serial of ['4', '99']) {
      const product = { gtin: GTIN, serial };
      expect(await api.fail(ANONYMOUS, VERIFY, product)).toBe('UNAUTHENTICATED');
      expect(await api.fail(RESEARCHER, VERIFY, product)).toBe('FORBIDDEN');
    }
  });
});
