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
  const run = await upload(node, file, workload.records);
  reportRate(stage, run, statSync(file).size);
  const most = lag.stop();
  const lagNote = `${most.entries} entries at most, during that run`;
  stage.report('capture.index.lag.max', most.lagMs, 'ms', lagNote);
  reportMemory(stage, node);
  await node.stop();
  await rm(file);
  return { directory, workload };
}

interface Run {
  count: number;
  durableMs: number;
  indexedMs: number;
  cpuMs?: number;
}

async function upload(node: Node, file: string, expected: number): Promise<Run> {
  const cpuBefore = node.cpuMs();
  const startedAt = performance.now();
  const body = createReadStream(file, { highWaterMark: 256 * 1024 });
  const answer = await node.client.upload('/capture', 'application/fhir+ndjson', body);
  const durableMs = performance.now() - startedAt;
  await untilIndexed(node.client);
  const indexedMs = performance.now() - startedAt;
  const { captured: count, refused } = JSON.parse(answer) as { captured: number; refused: number };
  if (refused > 0 || count !== expected) {
    throw new Error(`captured ${count} of ${expected}, refused ${refused}`);
  }
  const cpuAfter = node.cpuMs();
  const cpuMs = cpuBefore === undefined ? undefined : cpuAfter! - cpuBefore;
  return { count, durableMs, indexedMs, cpuMs };
}

function reportRate(stage: Stage, { count, durableMs, indexedMs, cpuMs }: Run, bytes: number) {
  const parts = [
    `${count} FHIR resources of ${Math.round(bytes / count)} B in one NDJSON upload, durable and indexed`,
    `durable at ${Math.round(perSecond(count, durableMs))}/s`,
  ];
  if (cpuMs !== undefined) parts.push(`${Math.round((cpuMs * 1000) / count)} us of processor each`);
  stage.report('capture.batch.rate', perSecond(count, indexedMs), 'records/s', parts.join('; '));
}

function reportMemory(stage: Stage, node: Node): void {
  const memory = node.memory();
  const note = memory ? `resident, at most; ${Math.round(memory.nowMb)} at the end` : 'needs /proc';
  stage.report('capture.rss', memory?.peakMb ?? null, 'MB', note);
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
  const stop = () => {
    clearInterval(timer);
    return most;
  };
  return { stop };
}
