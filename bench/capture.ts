import { createReadStream, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from './http.ts';
import { perSecond } from './measure.ts';
import { Node, provtrail, readiness, untilIndexed } from './node.ts';
import type { Bench, Stage } from './stage.ts';
import { planWorkload, writeWorkload, type Workload } from './workload.ts';

/** A stopped node's data directory and what was captured into it. */
export interface Captured {
  directory: string;
  workload: Workload;
}

const SAMPLE_MS = 50;

/** Bulk capture, as a hospital would do it on the first day: everything it has, in one upload. */
export const capture: Bench = {
  rows: ['capture.batch.rate', 'capture.index.lag.max', 'capture.rss'],
  async run(stage) {
    await captured(stage);
  },
};

const done = new WeakMap<Stage, Promise<Captured>>();

/** The directory every later bench reads; captured, and its rows reported, when it is first asked for. */
export function captured(stage: Stage): Promise<Captured> {
  const under = done.get(stage) ?? captureAll(stage);
  done.set(stage, under);
  return under;
}

async function captureAll(stage: Stage): Promise<Captured> {
  const workload = planWorkload(stage.quick);
  const file = join(stage.directory, 'workload.ndjson');
  const directory = join(stage.directory, 'node');
  stage.progress(`writing ${workload.records} resources`);
  await writeWorkload(file, workload);
  await provtrail(stage, 'init', '--data', directory, '--org', 'Bench Hospital');
  const node = await Node.start(stage, directory);
  stage.progress(`capturing ${workload.records} resources`);
  const lag = watchLag(node.client);
  const startedAt = performance.now();
  const body = createReadStream(file, { highWaterMark: 256 * 1024 });
  const summary = await node.client.upload('/capture', 'application/fhir+ndjson', body);
  const durableMs = performance.now() - startedAt;
  await untilIndexed(node.client);
  const indexedMs = performance.now() - startedAt;
  const lags = await lag.stop();
  const { captured: count, refused } = JSON.parse(summary) as { captured: number; refused: number };
  if (refused > 0 || count !== workload.records) {
    throw new Error(`captured ${count} of ${workload.records}, refused ${refused}`);
  }
  const size = Math.round(statSync(file).size / count);
  const rate = (ms: number) => Math.round(perSecond(count, ms));
  stage.report(
    'capture.batch.rate',
    perSecond(count, indexedMs),
    'records/s',
    `${count} FHIR resources of ${size} B, one NDJSON upload, durable and indexed; durable ${rate(durableMs)}/s`,
  );
  const { lagMs, entries } = lags;
  stage.report('capture.index.lag.max', lagMs, 'ms', `${entries} entries at most, during that run`);
  const { peakMb, nowMb } = node.memory();
  stage.report('capture.rss', peakMb, 'MB', `resident, at most; ${Math.round(nowMb)} at the end`);
  await node.stop();
  await rm(file);
  return { directory, workload };
}

/** Asks the node every SAMPLE_MS how far its index is behind. */
function watchLag(client: Client) {
  const most = { lagMs: 0, entries: 0 };
  const timer = setInterval(() => {
    readiness(client).then(
      ({ size, indexed, lagMs }) => {
        most.lagMs = Math.max(most.lagMs, lagMs);
        most.entries = Math.max(most.entries, size - indexed);
      },
      () => undefined,
    );
  }, SAMPLE_MS);
  const stop = async () => {
    clearInterval(timer);
    return most;
  };
  return { stop };
}
