import { join } from 'node:path';
import { captured } from './capture.ts';
import { closedLoop } from './http.ts';
import { percentile, timed } from './measure.ts';
import { Node } from './node.ts';
import { product } from './product.ts';
import type { Bench } from './stage.ts';

const QUERY = `query Proof($seq: Seq!) {
  log { inclusionProof(seq: $seq) { seq size leafHash hashes root } }
}`;

/** Proof that one entry stands in the log: by the ledger itself, and asked for over GraphQL. */
export const proof: Bench = {
  rows: ['proof.inclusion.p95'],
  async run(stage) {
    const { directory } = await captured(stage);
    const count = stage.quick ? 200 : 2_000;
    const { samples, size } = await proveInLedger(directory, count);
    const node = await Node.start(stage, directory, 1);
    const ask = (index: number) => node.client.graphql(QUERY, { seq: position(index, size) });
    await closedLoop(100, 1, ask);
    const asked = await closedLoop(Math.min(count, 500), 1, ask);
    await node.stop();
    const p95 = percentile(asked, 0.95).toFixed(1);
    const note = `ledger, ${size} entries, ${count} positions; over GraphQL ${p95} ms, one caller`;
    stage.report('proof.inclusion.p95', percentile(samples, 0.95), 'ms', note);
  },
};

async function proveInLedger(directory: string, count: number) {
  const { openDataDirectory } =
    await product<typeof import('../src/data-directory.js')>('data-directory.js');
  const { signerFromJwk } =
    await product<typeof import('../src/crypto/signing-key.js')>('crypto/signing-key.js');
  const { Ledger } = await product<typeof import('../src/ledger/ledger.js')>('ledger/ledger.js');
  const { keys } = await openDataDirectory(directory);
  const logSigner = signerFromJwk(keys.log);
  const ledger = await Ledger.open(join(directory, 'ledger'), { logSigner, now: Date.now });
  try {
    const { size } = ledger.head();
    const samples: number[] = [];
    for (let i = 0; i < count; i++) {
      samples.push((await timed(() => ledger.inclusionProof(position(i, size)))).ms);
    }
    return { samples, size };
  } finally {
    await ledger.close();
  }
}

/** Positions all over the log, the same in every run. */
function position(index: number, size: number): number {
  return (index * 7_919_317) % size;
}
