import { parseArgs } from 'node:util';
import { analytics } from './analytics.ts';
import { capture } from './capture.ts';
import { ceiling } from './ceiling.ts';
import { containment } from './containment.ts';
import { facts } from './facts.ts';
import { graph } from './graph.ts';
import { lineage } from './lineage.ts';
import { orbitdb } from './orbitdb.ts';
import { proof } from './proof.ts';
import { rebuild } from './rebuild.ts';
import { restart } from './restart.ts';
import { single } from './single.ts';
import { Stage, type Bench } from './stage.ts';
import { supply } from './supply.ts';
import { formatTable, type Row } from './table.ts';
import { trace } from './trace.ts';
import { verify } from './verify.ts';

/** In the order they run. `single` comes after what counts the captured entries: it adds some. */
const BENCHES: Bench[] = [
  ceiling,
  capture,
  verify,
  proof,
  lineage,
  restart,
  rebuild,
  single,
  supply,
  containment,
  trace,
  facts,
  analytics,
  graph,
  orbitdb,
];

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

const wanted = flags.only?.split(',').map((name) => name.trim());
const isWanted = (row: string) =>
  !wanted || wanted.some((name) => row === name || row.startsWith(`${name}.`));

const rows: Row[] = [];
const stage = new Stage(flags.quick, (row) => {
  if (!isWanted(row.row)) return;
  rows.push(row);
  if (flags.json) console.log(JSON.stringify(row));
});

for (const bench of BENCHES.filter(({ rows }) => rows.some(isWanted))) {
  stage.progress(`measuring ${bench.rows.join(', ')}`);
  try {
    await bench.run(stage);
  } catch (error) {
    process.exitCode = 1;
    const note = `failed: ${error instanceof Error ? error.message : String(error)}`;
    const missing = bench.rows.filter((name) => !rows.some(({ row }) => row === name));
    for (const row of missing) stage.report(row, null, '', note);
  }
}
if (!flags.json) console.log(formatTable(rows));
