import type { FactsFile } from '../src/facts/facts-file.js';

/** How many of what; all other sizes follow. */
export interface FactPlan {
  units: number;
  claims: number;
}

export const WHOLE: FactPlan = { units: 800_000, claims: 500_000 };
export const QUICK: FactPlan = { units: 20_000, claims: 10_000 };

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
/** Units of a case, which is packed, shipped, received and opened once. */
const CASE = 50;
const CODES = [
  ...['99211', '99212', '99213', '99214', '99215', '80053', '80048', '80061', '82465', '83718'],
  ...['84478', '85025', '84443', '93000', '71046', '36415', '90471', '97110', '97140', '99285'],
];

/** Facts in the shape and the mixture of a node's own: written by SQL, for at this size only their number counts. */
export async function fillFacts({ writer }: FactsFile, plan: FactPlan): Promise<number> {
  for (const sql of statementsOf(plan)) await writer.run(sql);
  const tables = [
    ...['event', 'event_item', 'unit', 'life', 'stay', 'transfer', 'inside', 'sensor'],
    ...['conflict', 'record', 'claim', 'line', 'encounter', 'patient'],
  ];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table})`).join(' + ');
  const result = await writer.runAndReadAll(`SELECT ${counts}`);
  return Number(result.getRows()[0]![0]);
}

function statementsOf({ units, claims }: FactPlan): string[] {
  const cases = Math.floor(units / CASE);
  const patients = Math.floor(claims / 10);
  // ids: cases from 10^8 on, places 1 to 200, products 1,000 to 1,099, lots 2,000 to 2,999, codes from 3,000 on
  const terms: [number, string][] = [
    ...CODES.map((code, i): [number, string] => [
      3_000 + i,
      `http://www.ama-assn.org/go/cpt|${code}`,
    ]),
    ...['professional', 'institutional', 'pharmacy'].map((code, i): [number, string] => [
      3_100 + i,
      `http://terminology.hl7.org/CodeSystem/claim-type|${code}`,
    ]),
    [3_200, 'https://gs1.org/voc/Temperature'],
    [3_201, 'KEL'],
  ];
  const made = `${START} + (i % 600) * ${DAY} + (i % 1000) * 1000`;
  // a prime: the visits of one patient are spread over four years
  const day = (i: string) => `${START} + ((${i} * 7919) % 1499) * ${DAY}`;
  const columns = (sql: string) => sql.replace(/\s+/g, ' ');
  return [
    `INSERT INTO term VALUES ${terms.map(([id, text]) => `(${id}, '${text}')`).join(', ')}`,
    "INSERT INTO term SELECT i, 'https://id.gs1.org/414/' || i FROM range(1, 2999) t(i)",
    `INSERT INTO term SELECT 10000 + i, 'https://id.gs1.org/01/10614141073464/21/' || i FROM range(${units}) t(i)`,
    'INSERT INTO product SELECT 1000 + i, NULL, 275.15, 281.15, NULL FROM range(100) t(i)',
    "INSERT INTO kind VALUES (1, 'epcis.event', 'ObjectEvent'), (2, 'fhir.resource', 'Claim')",
    // five events a case: made, packed, shipped, received, unpacked
    columns(`INSERT INTO event SELECT i * 5 + s, ${made} + s * ${DAY}, ${made} + s * ${DAY} + 500, ${made} + s * ${DAY} + 1000 + i % 9000,
      2990 + s % 2, 1, 2900 + s, NULL, 1 + i % 200, 1 + i % 200, 1 + i % 200, 1 + i % 200, NULL, 2950 + i % 10,
      CASE s WHEN 0 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 3 ELSE 0 END, ${CASE}, NULL, NULL, NULL, NULL, NULL, NULL
      FROM range(${cases}) t(i), range(5) u(s)`),
    columns(`INSERT INTO event_item (seq, item, role, time, recorded, passage, reaches) SELECT (i // ${CASE}) * 5 + s, 10000 + i,
      CASE s WHEN 0 THEN 0 ELSE 1 END, ${START} + ((i // ${CASE}) % 600) * ${DAY} + s * ${DAY}, 0,
      CASE s WHEN 0 THEN 1 WHEN 3 THEN 3 ELSE 0 END, TRUE
      FROM range(${units}) t(i), (VALUES (0), (1), (3)) u(s)`),
    columns(`INSERT INTO event_item (seq, item, role, time, recorded, passage, reaches) SELECT i * 5 + s, 100000000 + i, 2,
      ${START} + (i % 600) * ${DAY} + s * ${DAY}, 0, CASE s WHEN 2 THEN 2 WHEN 3 THEN 3 ELSE 0 END, TRUE
      FROM range(${cases}) t(i), range(1, 5) u(s)`),
    `INSERT INTO unit SELECT 10000 + i, (i // ${CASE}) * 5, ${START} + ((i // ${CASE}) % 600) * ${DAY}, 1000 + i % 100, 2000 + i % 1000,
      ${START} + (700 + i % 400) * ${DAY} FROM range(${units}) t(i)`,
    `INSERT INTO life SELECT 10000 + i, TRUE, 1000 + i % 100, 2000 + i % 1000, ${START} + (700 + i % 400) * ${DAY},
      i % 3, 1 + i % 200, 1 + i % 200, ${START}, (i // ${CASE}) * 5 + 4 FROM range(${units}) t(i)`,
    `INSERT INTO stay SELECT 10000 + i, TRUE, 1000 + i % 100, 2000 + i % 1000, 1 + (i + s) % 200, 1 + (i + s) % 200,
      ${START} + (i % 600 + s * 5) * ${DAY}, CASE WHEN s = 1 AND i % 3 = 0 THEN NULL
        ELSE ${START} + (i % 600 + s * 5 + 2 + i % 3) * ${DAY} END, (i // ${CASE}) * 5, (i // ${CASE}) * 5 + 3
      FROM range(${units}) t(i), range(2) u(s)`,
    `INSERT INTO transfer SELECT 10000 + i, TRUE, 1000 + i % 100, 2000 + i % 1000, 1 + i % 40, 1 + (i * 7) % 60,
      ${START} + (i % 600) * ${DAY}, ${START} + (i % 600) * ${DAY} + (1 + i % 5) * 3600000, (i // ${CASE}) * 5 + 2,
      (i // ${CASE}) * 5 + 3 FROM range(${units}) t(i)`,
    `INSERT INTO inside SELECT 10000 + i, 100000000 + i // ${CASE}, 1, ${START}, ${START}, 0, NULL, NULL, NULL
      FROM range(${units}) t(i)`,
    // a tenth of the cases is measured, ten times each
    `INSERT INTO sensor SELECT (i * 10) * 5 + 2, n, ${START} + i * 1000 + n * 600000, ${START} + i * 1000 + n * 600000,
      ${START} + i * 1000 + n * 600000, 3200, 3201, 1, 1, TRUE, 274.15 + (i + n * 7) % 12, NULL, NULL, NULL
      FROM range(${Math.floor(cases / 10)}) t(i), range(10) u(n)`,
    `INSERT INTO conflict SELECT i * 50 + 1, 10000 + i * 500, 3, 1, NULL FROM range(${Math.floor(units / 500)}) t(i)`,
    `INSERT INTO record SELECT i, ${START} + i * 100 + 5000, ${START} + i * 100, 1 + i % 2, 2950 + i % 10, i, 900, NULL
      FROM range(${claims}) t(i)`,
    // a claim and its answer, of three lines each
    columns(`INSERT INTO claim SELECT 200000000 + i * 2 + k, CASE k WHEN 0 THEN 'CLAIM' ELSE 'EOB' END, 200000000 + i * 2 + k, 1,
      ${START}, ${START}, 500000000 + i % ${patients}, 600000000 + i % 3000, 700000000 + i % 20, 3100 + i % 3, 'claim', 'active', 'complete',
      ${day('i')} + k * (1 + i % 20) * ${DAY}, ${day('i')}, ${day('i')},
      100 + i % 900, CASE k WHEN 1 THEN 80 + i % 700 END, CASE k WHEN 1 THEN 60 + i % 500 END, CASE k WHEN 1 THEN i % 20 END,
      CASE WHEN i % 10 = 0 THEN 'EUR' ELSE 'USD' END, TRUE, CASE k WHEN 1 THEN 200000000 + i * 2 END, 3, i % 2
      FROM range(${claims}) t(i), range(2) u(k)`),
    columns(`INSERT INTO line SELECT 200000000 + i * 2 + k, n, CASE k WHEN 0 THEN 'CLAIM' ELSE 'EOB' END, 500000000 + i % ${patients},
      600000000 + i % 3000, 700000000 + i % 20, 3000 + (i * 3 + n * 7) % ${CODES.length}, NULL, NULL, 1, NULL,
      ${day('i')}, NULL, 30 + i % 300, CASE k WHEN 1 THEN 20 + i % 200 END, CASE k WHEN 1 THEN 15 + i % 150 END,
      NULL, CASE WHEN i % 10 = 0 THEN 'EUR' ELSE 'USD' END
      FROM range(${claims}) t(i), range(2) u(k), range(3) v(n)`),
    `INSERT INTO encounter SELECT 400000000 + i, 400000000 + i, 500000000 + i % ${patients}, NULL, NULL, NULL, 'finished',
      ${day('i')}, ${day('i')} + 3600000 FROM range(${claims}) t(i)`,
    `INSERT INTO patient SELECT 500000000 + i, 500000000 + i, i % 50 = 0,
      CASE WHEN i % 50 = 0 THEN ${START} + (i % 900) * ${DAY} END FROM range(${patients}) t(i)`,
    'CHECKPOINT',
  ];
}
