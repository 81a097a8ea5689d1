import { percentile, timed } from './measure.ts';
import type { Bench, Stage } from './stage.ts';
import { supplyIndex, type SupplyIndex } from './supply-index.ts';
import { HUB, LOT } from './supply-plant.ts';
import type { EventFilter, EventPosition } from '../src/graph/event/event-filter.ts';
import { product } from './product.ts';

const NOW = Date.UTC(2026, 0, 1);
const PAGE = 50;

/** Questions about items, lots and events, asked of the index itself; one caller after another. */
export const trace: Bench = {
  rows: [
    'item.history.p95',
    'recall.100k',
    'events.page.p95',
    'events.page.deep.p95',
    'hub.page.p95',
  ],
  async run(stage) {
    const index = await supplyIndex(stage);
    await askItems(stage, index);
    await askRecall(stage, index);
    await askEvents(stage, index);
    await askHub(stage, index);
    await index.graph.close();
  },
};

async function askItems(stage: Stage, { graph, units, events }: SupplyIndex): Promise<void> {
  const { canonicalEpc } = await product<typeof import('../src/record/gs1/identifier.js')>(
    'record/gs1/identifier.js',
  );
  const epcs = units.slice(0, 1_000).map(canonicalEpc);
  const samples: number[] = [];
  const entries: number[] = [];
  for (const epc of epcs.slice(0, 20)) await graph.read.item(epc, { asOf: NOW });
  for (const epc of epcs) {
    const { value, ms } = await timed(() => graph.read.item(epc, { asOf: NOW }));
    samples.push(ms);
    entries.push(value?.history.entries.length ?? 0);
  }
  if (Math.max(...entries) === 0) throw new Error('no unit has a history');
  const note = `state, chain, custody and history of ${epcs.length} units, ${percentile(entries, 0.5)} events each (at most ${Math.max(...entries)}), index of ${events} events`;
  stage.report('item.history.p95', percentile(samples, 0.95), 'ms', note);
}

async function askRecall(stage: Stage, { graph, lotUnits }: SupplyIndex): Promise<void> {
  const samples: number[] = [];
  let buckets = '';
  for (let i = 0; i < 5; i++) {
    const { value, ms } = await timed(() => graph.read.recall({ lot: LOT, asOf: NOW }));
    samples.push(ms);
    const { total, ...counts } = value.counts;
    if (total !== lotUnits) throw new Error(`the recall found ${total} units`);
    buckets = Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  }
  const note = `${lotUnits} units in cases and pallets, slowest of 5; ${buckets}`;
  stage.report('recall.100k', Math.max(...samples), 'ms', note);
}

async function askEvents(stage: Stage, index: SupplyIndex): Promise<void> {
  // how far one listing is paged through
  const pages = stage.quick ? 4 : 400;
  const filters: Record<string, EventFilter> = {
    all: {},
    'one bizStep': { bizStep: ['https://ref.gs1.org/cbv/BizStep-shipping'] },
    'two conditions': {
      bizStep: ['https://ref.gs1.org/cbv/BizStep-receiving'],
      eventType: ['ObjectEvent'],
    },
  };
  const first: number[] = [];
  const deep: number[] = [];
  const depths: number[] = [];
  for (const filter of Object.values(filters)) {
    let after: EventPosition | undefined;
    let depth = 0;
    for (let page = 0; page < pages; page++) {
      const { value, ms } = await timed(() =>
        index.graph.read.listEvents(filter, 'TIME_DESC', PAGE, after),
      );
      (page < pages / 2 ? first : deep).push(ms);
      depth += value.events.length;
      after = value.end;
      if (!value.hasNext || !after) break;
    }
    depths.push(depth);
  }
  const names = Object.keys(filters).join(', ');
  const note = `pages of ${PAGE} of ${index.events} events: ${names}`;
  stage.report('events.page.p95', percentile(first, 0.95), 'ms', `${note}; the first pages`);
  const deepNote = `${note}; pages behind ${depths.map((depth) => depth / 2).join(', ')} events`;
  stage.report('events.page.deep.p95', percentile(deep, 0.95), 'ms', deepNote);
}

async function askHub(stage: Stage, { graph, hubChildren }: SupplyIndex): Promise<void> {
  const { canonicalEpc } = await product<typeof import('../src/record/gs1/identifier.js')>(
    'record/gs1/identifier.js',
  );
  const hub = canonicalEpc(HUB);
  const samples: number[] = [];
  let found = 0;
  for (let after: unknown; ;) {
    const { value, ms } = await timed(() =>
      graph.read.itemChildren(hub, { asOf: NOW }, PAGE, after as never),
    );
    samples.push(ms);
    found += value.children.length;
    after = value.next;
    if (!after) break;
  }
  if (found !== hubChildren) throw new Error(`the hub has ${found} children`);
  const half = samples.length / 2;
  const [early, late] = [samples.slice(0, half), samples.slice(half)];
  const note = `all ${samples.length} pages of ${PAGE} of a container of ${found} children; first half ${percentile(early, 0.95).toFixed(2)}, second half ${percentile(late, 0.95).toFixed(2)}`;
  stage.report('hub.page.p95', percentile(samples, 0.95), 'ms', note);
}
