import { join } from 'node:path';
import { captured } from './capture.ts';
import { perSecond, timed } from './measure.ts';
import { provtrail } from './node.ts';
import { product } from './product.ts';
import type { Bench } from './stage.ts';

interface Rebuilt {
  entries: number;
  records: number;
  edges: number;
  dangling: number;
}

/** `provtrail rebuild` on the captured directory: every block opened again, the whole index made anew. */
export const rebuild: Bench = {
  rows: ['rebuild.rate'],
  async run(stage) {
    const { directory } = await captured(stage);
    const { value, ms } = await timed(() =>
      provtrail<Rebuilt>(stage, 'rebuild', '--data', directory),
    );
    const { entries, edges, dangling } = value;
    await checkIndex(join(directory, 'graph.sqlite'), entries);
    const note = `whole command: ${entries} entries, ${edges} links (${dangling} dangling) in ${(ms / 1000).toFixed(1)} s`;
    stage.report('rebuild.rate', perSecond(entries, ms), 'entries/s', note);
  },
};

/** The figure is worth nothing unless the command left a whole index behind. */
async function checkIndex(path: string, entries: number): Promise<void> {
  const { Graph } = await product<typeof import('../src/graph/graph.js')>('graph/graph.js');
  const graph = await Graph.open(path, { threads: false });
  const cursor = await graph.cursor();
  await graph.close();
  if (cursor !== entries) throw new Error(`the index ends at ${cursor} of ${entries} entries`);
}
