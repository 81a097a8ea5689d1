import { captured } from './capture.ts';
import { perSecond, timed } from './measure.ts';
import { provtrail } from './node.ts';
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
    const { directory, workload } = await captured(stage);
    const { value, ms } = await timed(() =>
      provtrail<Rebuilt>(stage, 'rebuild', '--data', directory),
    );
    const { entries, edges, dangling } = value;
    if (value.records !== workload.records) throw new Error(`rebuilt ${value.records} records`);
    const note = `whole command: ${entries} entries, ${edges} links (${dangling} dangling) in ${(ms / 1000).toFixed(1)} s`;
    stage.report('rebuild.rate', perSecond(entries, ms), 'entries/s', note);
  },
};
