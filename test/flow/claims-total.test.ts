import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { App } from '../../src/app.js';
import { startApp } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';
import { isShared } from '../support/shared-data.js';

const DATA = resolve('../shared/data/fhir');
const FILES = existsSync(DATA)
  ? ['cms', 'synthea'].flatMap((folder) =>
      readdirSync(join(DATA, folder)).map((name) => join(DATA, folder, name)),
    )
  : [];

interface Money {
  value?: number;
}
interface Adjudicated {
  category?: { coding?: { code?: string }[] };
  amount?: Money;
}
interface Bill {
  resourceType: string;
  id?: string;
  patient?: { reference: string };
  total?: Money | Adjudicated[];
  payment?: { amount?: Money };
  item?: { adjudication?: Adjudicated[]; encounter?: unknown[] }[];
}

/** Resources as they stand in the files; the last of one type and id is the one that counts. */
function billsIn(files: readonly string[]): Bill[] {
  const bills = new Map<string, Bill>();
  for (const file of files) {
    const document = JSON.parse(readFileSync(file, 'utf8')) as Bill & {
      entry?: { resource: Bill }[];
    };
    for (const bill of document.entry?.map(({ resource }) => resource) ?? [document]) {
      bills.set(`${bill.resourceType}/${bill.id ?? file}`, bill);
    }
  }
  return [...bills.values()];
}

/** Ten-thousandths, read from the decimal itself; Synthea leaves traces of its arithmetic behind the fourth digit. */
function exact(value: number | undefined): bigint {
  const [whole = '0', fraction = ''] = String(value ?? 0).split('.');
  const next = Number(fraction[4] ?? 0) >= 5 ? 1n : 0n;
  return BigInt(whole + fraction.slice(0, 4).padEnd(4, '0')) + next;
}

function sum(values: readonly (number | undefined)[]): string {
  const total = values.reduce((all, value) => all + exact(value), 0n);
  return `${total / 10_000n}.${String(total % 10_000n).padStart(4, '0')}`;
}

const coded = (list: Adjudicated[] | undefined, code: RegExp) =>
  list?.find(({ category }) => category?.coding?.some((coding) => code.test(coding.code ?? '')))
    ?.amount?.value;

const whenThere = isShared(DATA) ? describe : describe.skip;

whenThere('totals of the claims of every file', () => {
  const root = tempDirectory();
  const bills = billsIn(FILES);
  const claims = bills.filter(({ resourceType }) => resourceType === 'Claim');
  const answers = bills.filter(({ resourceType }) => resourceType === 'ExplanationOfBenefit');
  let app: App;
  beforeAll(async () => {
    app = await startApp(root);
    for (const file of FILES) {
      const documents = [{ text: readFileSync(file, 'utf8'), mediaType: 'application/fhir+json' }];
      const { refused } = await app.capture.capture({ documents, mode: 'rollback' });
      expect(refused).toBe(0);
    }
    const { size } = app.ledger.head();
    await app.follower.caughtUp(size);
    expect(await app.facts.caughtUp(size)).toBe(size);
  });
  afterAll(() => app.close());

  it('are a plain sum over the files', async () => {
    const [billed] = await app.facts.query(
      `SELECT count(*), CAST(sum(billed) AS DECIMAL(38, 4)) FROM claim WHERE kind = 'CLAIM'`,
    );
    const totals = claims.map(({ total }) => (total as Money | undefined)?.value);
    expect(billed).toEqual([claims.length, sum(totals)]);
    expect(claims.length).toBeGreaterThan(100);
    const [settled] = await app.facts.query(
      `SELECT count(*), CAST(sum(billed) AS DECIMAL(38, 4)), CAST(sum(paid) AS DECIMAL(38, 4))
       FROM claim WHERE kind = 'EOB' AND use_ = 'claim'`,
    );
    // where no payment is told, what the lines say: of one, a pharmacy's
    const paid = answers.flatMap(({ payment, item = [] }) => [
      payment?.amount?.value ?? item.map((line) => coded(line.adjudication, /^benefit$/))[0],
    ]);
    const submitted = answers.map(({ total }) => coded(total as Adjudicated[], /^submitted$/));
    expect(settled).toEqual([
      answers.length - 1, // one is a prior authorisation, and names no amounts
      sum(submitted),
      sum(paid),
    ]);
  });

  it('are in their lines what the adjudications say', async () => {
    const [lines] = await app.facts.query(
      `SELECT count(*), CAST(sum(billed) AS DECIMAL(38, 4)), CAST(sum(allowed) AS DECIMAL(38, 4)),
              CAST(sum(paid) AS DECIMAL(38, 4)) FROM line WHERE kind = 'EOB'`,
    );
    const items = answers.flatMap(({ item }) => item ?? []);
    const each = (code: RegExp) => sum(items.map(({ adjudication }) => coded(adjudication, code)));
    expect(lines).toEqual([
      items.length,
      each(/line_sbmtd_chrg_amt$|^submitted$/),
      each(/line_alowd_chrg_amt$|^eligible$/),
      sum(
        items.map(
          ({ adjudication }) =>
            coded(adjudication, /^benefit$/) ??
            coded(adjudication, /line_prvdr_pmt_amt$|^paidtoprovider$/),
        ),
      ),
    ]);
  });

  it('belong to the patients, providers and encounters of the files', async () => {
    const known = new Set(bills.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const isKnown = ({ patient }: Bill) => {
      const name = patient!.reference.replace('urn:uuid:', 'Patient/');
      return known.has(name);
    };
    const lost = [...claims, ...answers].filter((bill) => !isKnown(bill)).length;
    const patients = bills.filter(({ resourceType }) => resourceType === 'Patient').length;
    const [found] = await app.facts.query(
      `SELECT count(*) FILTER (WHERE patient < 0), count(DISTINCT patient) FILTER (WHERE patient >= 0),
              count(*) FILTER (WHERE claim_ref < 0) FROM claim`,
    );
    expect(found).toEqual([lost, patients, 0]);
    const [encounters] = await app.facts.query(
      `SELECT count(*) FROM line l WHERE l.encounter IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM encounter e WHERE e.encounter = l.encounter)`,
    );
    expect(encounters).toEqual([0]);
  });
});
