import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tempDirectory } from '../../support/temp-directory.js';
import { FactsWorld } from './facts-world.js';

describe('r3 probe', () => {
  const directory = tempDirectory();
  let world: FactsWorld;
  beforeAll(async () => {
    world = await FactsWorld.open(directory);
    let seq = 0;
    let patient = 1;
    const rows = [];
    for (const [payer, n] of [[1, 100], [2, 5], [3, 25], [4, 60]] as const) {
      await world.insert('term', [{ id: payer, text: `payer ${payer}` }]);
      for (let i = 0; i < n; i++, seq++, patient++)
        rows.push({ seq, kind: 'CLAIM', origin: seq, author: 1, captured: seq, time: 0, patient, payer: -payer, provider: 1, type: 1,
          created: Date.UTC(2024, payer, 2), currency: 'USD', exact: true, billed: '1.00', lines: 0, encounters: 0 });
    }
    await world.insert('claim', rows);
  });
  afterAll(() => world.close());
  it('payer', async () => {
    console.log(await world.withheld({ name: 'CLAIM_TOTALS', by: ['PAYER'] }));
    for (const p of [[1], [2], [3], [4], [1, 2], [1,3], [1, 2, 3]])
      console.log(p, await world.withheld({ name: 'CLAIM_TOTALS', filter: { payers: p.map((x) => `payer ${x}`) } }));
    console.log(await world.withheld({ name: 'CLAIM_TOTALS', bucket: 'MONTH' }));
    for (let m = 1; m < 6; m++)
    console.log(m, await world.withheld({ name: 'CLAIM_TOTALS', window: { from: Date.UTC(2024, m, 1), to: Date.UTC(2024, m + 1, 1) }}));
    expect(1).toBe(1);
  });
});
