import { join } from 'node:path';
import { perSecond } from './measure.ts';
import { product } from './product.ts';
import type { Stage } from './stage.ts';
import { SupplyLog } from './supply-log.ts';
import { plantHub, plantLot } from './supply-plant.ts';
import type { Graph } from '../src/graph/graph.js';

/** An index filled with a supply chain. */
export interface SupplyIndex {
  graph: Graph;
  events: number;
  /** EPCs of units, as in the events. */
  units: string[];
  hubChildren: number;
  lotUnits: number;
}

const ROWS_AT_ONCE = 4_000;
/** One unit of so many is asked about. */
const SAMPLE_EVERY = 97;

const made = new WeakMap<Stage, Promise<SupplyIndex>>();

/** Made when it is first asked for. */
export function supplyIndex(stage: Stage): Promise<SupplyIndex> {
  const under = made.get(stage) ?? fill(stage);
  made.set(stage, under);
  return under;
}

async function fill(stage: Stage): Promise<SupplyIndex> {
  const { Graph } = await product<typeof import('../src/graph/graph.js')>('graph/graph.js');
  const supply =
    await product<typeof import('../src/sample/supply/supply.js')>('sample/supply/supply.js');
  const count = stage.quick ? 5_000 : 1_000_000;
  const [hubChildren, lotUnits] = stage.quick ? [2_000, 5_000] : [100_000, 100_000];
  stage.progress(`filling an index of ${count} events`);
  const path = join(stage.directory, 'supply.sqlite');
  const filling = await Graph.open(path, { threads: true });
  const log = await SupplyLog.create();
  const { masterData, events } = supply.generateSupply({ seed: 1, events: count });
  const units: string[] = [];
  const startedAt = performance.now();
  let applying: Promise<unknown> = Promise.resolve();
  // while the index thread applies, this one reads the next
  const flush = async () => {
    await applying;
    applying = filling.apply(log.take());
  };
  const add = async (text: string) => {
    log.add(text);
    if (log.waiting >= ROWS_AT_ONCE) await flush();
  };
  await add(JSON.stringify(masterData));
  let commissioned = 0;
  for (const event of events) {
    const { epcList, bizStep } = event as { epcList?: string[]; bizStep?: string };
    if (bizStep === 'commissioning') {
      for (const epc of epcList ?? []) if (commissioned++ % SAMPLE_EVERY === 0) units.push(epc);
    }
    await add(supply.formatLine(event));
  }
  for (const text of plantHub(hubChildren)) await add(text);
  for (const text of plantLot(lotUnits)) await add(text);
  await flush();
  await applying;
  const rate = Math.round(perSecond(log.seq, performance.now() - startedAt));
  stage.progress(`${log.seq} events indexed, ${rate}/s`);
  await filling.close();
  // on this thread: beside the questions nothing works on, above all not on the alerts of a million events
  const graph = await Graph.open(path, { threads: false });
  return { graph, events: log.seq, units, hubChildren, lotUnits };
}
