import { captured } from './capture.ts';
import { perSecond, timed } from './measure.ts';
import { provtrail } from './node.ts';
import type { Bench } from './stage.ts';

interface Verification {
  verdict: string;
  entries: number;
  blocks: number;
}

/** `provtrail verify` on the captured directory: every entry, signature, tile and block. */
export const verify: Bench = {
  rows: ['verify.rate'],
  async run(stage) {
    const { directory } = await captured(stage);
    const { value, ms } = await timed(() =>
      provtrail<Verification>(stage, 'verify', '--data', directory),
    );
    if (value.verdict !== 'VALID') throw new Error(`the verdict is ${value.verdict}`);
    const note = `whole command: ${value.entries} entries and ${value.blocks} blocks in ${(ms / 1000).toFixed(1)} s`;
    stage.report('verify.rate', perSecond(value.entries, ms), 'entries/s', note);
  },
};
