import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLINICIAN, startApi, type TestApi } from '../../api/graphql/support/start-api.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { isShared } from '../../support/shared-data.js';

const ROOT = '../shared/data/fhir';
const FILES = ['cms', 'synthea'].flatMap((name) => {
  const directory = join(ROOT, name);
  if (!existsSync(directory)) return [];
  return readdirSync(directory).map((file) => join(directory, file));
});
const when = isShared(ROOT) ? describe : describe.skip;

interface Money {
  value: number;
  currency: string;
}
interface Resource {
  resourceType: string;
  use?: string;
  claim?: { reference: string };
  total?: Money | { category: Concept; amount: Money }[];
  item?: { net?: Money; adjudication?: { category: Concept; amount?: Money }[] }[];
  payment?: { amount?: Money };
}
interface Concept {
  coding?: { code: string }[];
}

when('totals of real claims', () => {
  const directory = tempDirectory();
  let api: TestApi;
  let resources: Resource[];

  beforeAll(async () => {
    api = await startApi(directory, { limits: { deadlineMs: 120_000 } });
    const texts = FILES.map((file) => readFileSync(file, 'utf8'));
    for (const text of texts) {
      const { problems } = await api.rooms.capture.capture({
        documents: [{ text }],
        mode: 'rollback',
      });
      expect(problems).toEqual([]);
    }
    resources = texts.flatMap((text) => {
      const file = JSON.parse(text) as Resource & { entry?: { resource: Resource }[] };
      return file.entry ? file.entry.map(({ resource }) => resource) : [file];
    });
  }, 240_000);
  afterAll(() => api.close());

  it('equal a plain sum over the files, to the cent', async () => {
    const { analytics } = await api.get<{
      analytics: { claims: { totals: { isComplete: boolean; groups: Record<string, unknown>[] } } };
    }>(
      CLINICIAN,
      '{ analytics { claims { totals { isComplete reason groups { claims answers billed paid keys { id } } } } } }',
    );
    const claims = resources.filter(({ resourceType }) => resourceType === 'Claim');
    const answers = resources.filter(
      ({ resourceType, use }) => resourceType === 'ExplanationOfBenefit' && use === 'claim',
    );
    const alone = answers.filter(({ claim }) => claim === undefined);
    const { isComplete, groups } = analytics.claims.totals;
    expect(isComplete).toBe(true);
    expect(groups).toEqual([
      {
        keys: [{ id: 'USD' }],
        claims: claims.length + alone.length,
        answers: answers.length,
        billed: sumOf([...claims, ...alone].map(billedOf)),
        paid: sumOf(answers.map(paidOf)),
      },
    ]);
  }, 240_000);
});

/** In ten-thousandths, which are whole. */
const units = (money?: Money) => BigInt(Math.round((money?.value ?? 0) * 10_000));

function billedOf({ total, item = [] }: Resource): bigint {
  if (total && !Array.isArray(total)) return units(total);
  const submitted = total?.find(({ category }) => isOf(category, 'submitted'));
  if (submitted) return units(submitted.amount);
  return item
    .map(({ net, adjudication }) => {
      const line = adjudication?.find(({ category }) => isOf(category, 'submitted'));
      return units(line?.amount ?? net);
    })
    .reduce((sum, value) => sum + value, 0n);
}

/** Where the payment has no amount, what the totals say was paid to provider or patient, else what the lines say. */
function paidOf({ payment, total, item = [] }: Resource): bigint {
  if (payment?.amount) return units(payment.amount);
  const totals = Array.isArray(total) ? total : [];
  const lines = item.flatMap(({ adjudication = [] }) => adjudication);
  for (const list of [totals, lines]) {
    for (const words of [['benefit'], ['paidtoprovider', 'paidtopatient']]) {
      const paid = list.filter(({ category }) => words.some((word) => isOf(category, word)));
      if (paid.length > 0) return paid.reduce((sum, { amount }) => sum + units(amount), 0n);
    }
  }
  return 0n;
}

function isOf({ coding = [] }: Concept, word: string): boolean {
  return coding.some(({ code }) => code === word);
}

function sumOf(amounts: bigint[]): string {
  const sum = amounts.reduce((total, amount) => total + amount, 0n);
  const fraction = String(sum % 10_000n).padStart(4, '0');
  return `${sum / 10_000n}.${fraction.replace(/0{1,2}$/, '')}`;
}
