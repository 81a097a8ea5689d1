import { join } from 'node:path';
import { fillFacts, QUICK, WHOLE } from './analytics-fill.ts';
import { timed } from './measure.ts';
import { product } from './product.ts';
import type { Bench } from './stage.ts';
import type { FigureQuestion } from '../src/query/analytics/figure-plan.js';
import type { FactValue } from '../src/facts/facts-reader.js';

/** Each figure as a dashboard asks for it. */
const DASHBOARD: FigureQuestion[] = [
  { name: 'THROUGHPUT', bucket: 'MONTH', measures: ['events', 'lagP50Ms', 'lagP95Ms'] },
  { name: 'THROUGHPUT', by: ['SITE'], measures: ['events', 'units'] },
  { name: 'CAPTURE', by: ['TYPE'], measures: ['versions', 'lagP50Ms'] },
  { name: 'DWELL', by: ['SITE'], measures: ['stays', 'open', 'p50Ms', 'p90Ms', 'p95Ms'] },
  { name: 'FLOW', by: ['SENDER', 'RECEIVER'], measures: ['units', 'shipments', 'transitP50Ms'] },
  { name: 'COLD_CHAIN', by: ['PRODUCT'], measures: ['units', 'minutesOut', 'meanKineticCelsius'] },
  { name: 'EXPIRY', by: ['PRODUCT'], measures: ['units', 'expired'] },
  { name: 'VERIFICATION', by: ['REASON'], measures: ['serials'] },
  { name: 'AGGREGATION', by: ['SITE'], measures: ['children', 'conflicts', 'accuracy'] },
  { name: 'CLAIM_TOTALS', by: ['PAYER'], measures: ['claims', 'billed', 'allowed', 'paid'] },
  { name: 'SERVICES', by: ['SERVICE'], measures: ['lines', 'billed', 'paid'] },
  { name: 'TURNAROUND', bucket: 'MONTH', measures: ['claims', 'p50Ms', 'p90Ms'] },
  { name: 'DUPLICATES', measures: ['claims', 'billed'] },
  { name: 'SAME_SERVICE_TWICE', measures: ['findings', 'claims'] },
  { name: 'CLAIM_WITHOUT_ENCOUNTER', measures: ['findings', 'claims'] },
  { name: 'SERVICE_AFTER_DEATH', measures: ['findings', 'claims'] },
  { name: 'IMPOSSIBLE_DAY', measures: ['findings', 'claims'] },
  { name: 'UNBUNDLING', measures: ['findings', 'claims'] },
  { name: 'LEVEL_MIX_OUTLIER', by: ['PROVIDER'], measures: ['findings', 'claims'] },
];

/** By two columns, over the largest table of claims and that of events. */
const BY_TWO: FigureQuestion[] = [
  { name: 'THROUGHPUT', by: ['ORGANISATION', 'BIZ_STEP'], measures: ['events'] },
  { name: 'CLAIM_TOTALS', by: ['PAYER'], measures: ['billed', 'paid'] },
];

const ROUNDS = 3;

/** Figures over ten million facts: statements as the API makes them, run on the engine that answers it. */
export const analytics: Bench = {
  rows: ['analytics.groupby', 'analytics.slowest'],
  async run(stage) {
    const { openFactsFile, closeFactsFile } =
      await product<typeof import('../src/facts/facts-file.js')>('facts/facts-file.js');
    const file = await openFactsFile(join(stage.directory, 'facts'));
    const facts = await fillFacts(file, stage.quick ? QUICK : WHOLE);
    stage.progress(`${facts} facts filled`);
    const time = await stopwatch(file);
    const byTwo = [];
    for (const question of BY_TWO) byTwo.push(await time(question));
    const slowest = Math.max(...byTwo.map(({ ms }) => ms));
    const note = `${facts} facts; slower of ${byTwo.map(nameOf).join(' and ')}; median of ${ROUNDS}`;
    stage.report('analytics.groupby', slowest, 'ms', note);
    const figures = [];
    for (const question of DASHBOARD) figures.push(await time(question));
    figures.sort((a, b) => b.ms - a.ms);
    const listed = figures.map((each) => `${nameOf(each)} ${Math.round(each.ms)}`).join(', ');
    stage.report('analytics.slowest', figures[0]!.ms, 'ms', `of ${facts} facts: ${listed}`);
    closeFactsFile(file);
  },
};

interface Timed {
  question: FigureQuestion;
  ms: number;
}

const nameOf = ({ question: { name, by = [], bucket } }: Timed) =>
  [name, bucket, ...by].filter(Boolean).join('/');

/** Asks as `askFigure` does for whoever may read: ids first, then the groups. */
async function stopwatch(
  file: Awaited<ReturnType<typeof import('../src/facts/facts-file.js').openFactsFile>>,
): Promise<(question: FigureQuestion) => Promise<Timed>> {
  const [{ Questions }, { FigurePlanner }, { groupsSql }, { resolveIds }] = await Promise.all([
    product<typeof import('../src/facts/question.js')>('facts/question.js'),
    product<typeof import('../src/query/analytics/figure-plan.js')>(
      'query/analytics/figure-plan.js',
    ),
    product<typeof import('../src/query/analytics/group-sql.js')>('query/analytics/group-sql.js'),
    product<typeof import('../src/query/analytics/resolve.js')>('query/analytics/resolve.js'),
  ]);
  const questions = new Questions(file);
  let id = 1;
  const ask = <Row extends unknown[]>(sql: string, parameters: readonly FactValue[]) =>
    questions.ask(id++, sql, parameters) as Promise<Row[]>;
  const setting = { classes: ['epcis.event', 'fhir.resource'], now: Date.UTC(2026, 0, 1) };
  const once = async (question: FigureQuestion) => {
    const ids = await resolveIds(ask, async () => undefined, question.name, {}, {});
    const plan = new FigurePlanner(setting, question, {}, ids, true).plan({});
    return ask(groupsSql(plan, 101), plan.statement.parameters);
  };
  return async (question) => {
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      samples.push((await timed(() => once(question))).ms);
    }
    samples.sort((a, b) => a - b);
    return { question, ms: samples[Math.floor(ROUNDS / 2)]! };
  };
}
