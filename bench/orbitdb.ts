import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.ts';
import { installPeer } from './peer.ts';
import type { Bench } from './stage.ts';

const PEER = fileURLToPath(new URL('./orbitdb-peer.ts', import.meta.url));

/** What bench/orbitdb-peer.ts prints: records a second for each way of adding. */
export interface PeerFigures {
  versions: string;
  ways: { way: string; rate: number }[];
  beyond: { way: string; rate: number }[];
}

/** The nearest other thing: OrbitDB 4 on Helia, the same records, the same disk. Its best way counts. */
export const orbitdb: Bench = {
  rows: ['orbitdb.rate'],
  async run(stage) {
    await installPeer(stage, '@orbitdb/core');
    const count = stage.quick ? '200' : '2000';
    const peer = [PEER, join(stage.directory, 'orbitdb'), count];
    const figures = JSON.parse(await runChild(stage, process.execPath, peer)) as PeerFigures;
    const best = figures.ways.reduce((a, b) => (b.rate > a.rate ? b : a));
    stage.report('orbitdb.rate', best.rate, 'records/s', formatNote(figures, best.way));
  },
};

function formatNote({ versions, ways, beyond }: PeerFigures, best: string): string {
  const list = (of: PeerFigures['ways']) =>
    of.map(({ way, rate }) => `${way} ${Math.round(rate)}`).join(', ');
  return `${versions}, not fsynced; best of one database: ${best} (${list(ways)}); beside it: ${list(beyond)}`;
}
