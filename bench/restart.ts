import { captured } from './capture.ts';
import { percentile, timed } from './measure.ts';
import { Node } from './node.ts';
import { product } from './product.ts';
import type { Bench } from './stage.ts';

const STARTS = 3;

/** How long a node is away: process start to listening with its index caught up, on all that was captured. */
export const restart: Bench = {
  rows: ['restart'],
  async run(stage) {
    const { directory, workload } = await captured(stage);
    const took: Node['took'][] = [];
    for (let i = 0; i < STARTS; i++) {
      const node = await Node.start(stage, directory);
      took.push(node.took);
      await node.stop();
    }
    const median = (samples: number[]) => percentile(samples, 0.5);
    const ready = median(took.map(({ readyMs }) => readyMs));
    const listen = Math.round(median(took.map(({ listenMs }) => listenMs)));
    const key = Math.round(await keyFileMs(directory));
    const note = `${workload.records} entries, process start to ready, median of ${STARTS}; listening after ${listen}, key file (PBES2) ${key} of it`;
    stage.report('restart', ready, 'ms', note);
  },
};

async function keyFileMs(directory: string): Promise<number> {
  const { openDataDirectory } =
    await product<typeof import('../src/data-directory.js')>('data-directory.js');
  return (await timed(() => openDataDirectory(directory))).ms;
}
