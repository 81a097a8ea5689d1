import { join } from 'node:path';
import { perSecond } from './measure.ts';
import { product } from './product.ts';
import type { Bench, Stage } from './stage.ts';
import { supplyIndex } from './supply-index.ts';
import { SupplyLog } from './supply-log.ts';

const TABLES =
  `record event event_item quantity unit sensor containment inside stay custody transfer life
  claim line encounter patient term`.split(/\s+/);
/** Claims behind the supply events, and lines of each. */
const CLAIMS = { full: 400_000, quick: 1_000 };
const LINES = 4;

/** How fast the facts follow an index that was there before them: read from it, appended, derived, on disk. */
export const facts: Bench = {
  rows: ['facts.rate'],
  async run(stage) {
    await fill(stage);
  },
};

async function fill(stage: Stage): Promise<void> {
  const { events } = await supplyIndex(stage);
  const index = join(stage.directory, 'supply.sqlite');
  await addClaims(stage, index, events);
  const { Facts } = await product<typeof import('../src/facts/facts.js')>('facts/facts.js');
  const paths = { directory: join(stage.directory, 'facts'), index };
  const filled = Facts.open(paths, { threads: true });
  stage.progress('filling the facts');
  const startedAt = performance.now();
  const position = await filled.caughtUp(Infinity, { deadlineMs: 3_600_000 });
  const ms = performance.now() - startedAt;
  let rows = 0;
  for (const table of TABLES) {
    const [[count] = [0]] = await filled.query<[number]>(`SELECT count(*) FROM ${table}`);
    rows += count;
  }
  const note = `${rows} rows of ${TABLES.length} tables from an index of ${position} entries: read, appended and derived, on disk`;
  stage.report('facts.rate', perSecond(rows, ms), 'rows/s', note);
  await filled.close();
}

/** Claims of synthetic patients, as the follower would hand them to the index. */
async function addClaims(stage: Stage, path: string, events: number): Promise<void> {
  const { Graph } = await product<typeof import('../src/graph/graph.js')>('graph/graph.js');
  const graph = await Graph.open(path, { threads: true });
  const log = await SupplyLog.create();
  log.seq = events;
  const count = stage.quick ? CLAIMS.quick : CLAIMS.full;
  stage.progress(`adding ${count} claims to it`);
  for (let n = 0; n < count; n++) {
    log.add(JSON.stringify(n % 20 === 0 ? patient(n / 20) : claim(n)));
    if (log.waiting >= 4_000) await graph.apply(log.take());
  }
  await graph.apply(log.take());
  await graph.close();
}

function patient(n: number): object {
  return { resourceType: 'Patient', id: `bench-${n}` };
}

function claim(n: number): object {
  const isAnswer = n % 2 === 0;
  const day = new Date(Date.UTC(2024, 0, 1) + (n % 700) * 86_400_000).toISOString().slice(0, 10);
  const amount = (value: number) => ({ value: value / 100, currency: 'USD' });
  const coding = (code: string) => ({ coding: [{ system: 'urn:bench:code', code }] });
  return {
    resourceType: isAnswer ? 'ExplanationOfBenefit' : 'Claim',
    id: `bench-${n}`,
    status: 'active',
    use: 'claim',
    type: coding(`type-${n % 3}`),
    patient: { reference: `Patient/bench-${Math.floor(n / 20)}` },
    provider: { display: `provider ${n % 997}` },
    insurer: { display: `payer ${n % 13}` },
    insurance: [{ focal: true, coverage: { display: 'plan' } }],
    priority: coding('normal'),
    outcome: 'complete',
    created: day,
    billablePeriod: { start: day, end: day },
    ...(isAnswer && { payment: { amount: amount((n % 9_000) + 1) } }),
    item: Array.from({ length: LINES }, (_, i) => ({
      sequence: i + 1,
      productOrService: coding(`service-${(n * 7 + i) % 211}`),
      servicedDate: day,
      ...(isAnswer
        ? { adjudication: [{ category: coding('submitted'), amount: amount((n % 9_000) + i) }] }
        : { net: amount((n % 9_000) + i) }),
    })),
  };
}
