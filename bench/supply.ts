import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { perSecond } from './measure.ts';
import { Node, provtrail, untilIndexed } from './node.ts';
import { product } from './product.ts';
import type { Bench, Stage } from './stage.ts';
import type { Client } from './http.ts';
import type { SupplyTruth } from '../src/sample/supply/supply.ts';

const ALERTS = `query Alerts($after: String) {
  alerts(first: 500, after: $after) {
    nodes { type item }
    pending
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Answer {
  alerts: {
    nodes: { type: string; item: string }[];
    pending: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/** A supply chain captured through a node, and what its alerts say beside what was planted. */
export const supply: Bench = {
  rows: ['epcis.capture.rate', 'alerts.precision', 'alerts.recall'],
  async run(stage) {
    const directory = join(stage.directory, 'supply');
    const { count, truth, master, file } = await write(stage);
    await provtrail(stage, 'init', '--data', directory, '--org', 'Bench Supply');
    const node = await Node.start(stage, directory);
    await node.client.upload('/capture', 'application/ld+json', createReadStream(master));
    stage.progress(`capturing ${count} EPCIS events`);
    const startedAt = performance.now();
    const body = createReadStream(file, { highWaterMark: 256 * 1024 });
    const answer = await node.client.upload('/capture', 'application/x-ndjson', body);
    const durableMs = performance.now() - startedAt;
    await untilIndexed(node.client);
    const ms = performance.now() - startedAt;
    const { captured, refused } = JSON.parse(answer) as { captured: number; refused: number };
    if (refused > 0 || captured !== count) throw new Error(`captured ${captured} of ${count}`);
    const settled = await listAlerts(node.client);
    const settledMs = performance.now() - startedAt;
    const note = `${count} events in one NDJSON upload, validated, durable (${Math.round(perSecond(count, durableMs))}/s) and indexed with containment; alerts settled at ${Math.round(perSecond(count, settledMs))}/s`;
    stage.report('epcis.capture.rate', perSecond(count, ms), 'events/s', note);
    await reportAlerts(stage, settled, truth);
    await node.stop();
    await Promise.all([file, master].map((path) => rm(path)));
  },
};

async function write(stage: Stage) {
  const { generateSupply, formatLine } =
    await product<typeof import('../src/sample/supply/supply.js')>('sample/supply/supply.js');
  const count = stage.quick ? 5_000 : 100_000;
  const { masterData, events, truth } = generateSupply({ seed: 3, events: count });
  const master = join(stage.directory, 'master-data.jsonld');
  const file = join(stage.directory, 'events.ndjson');
  await writeLines(master, [JSON.stringify(masterData)]);
  await writeLines(
    file,
    (function* () {
      for (const event of events) yield formatLine(event);
    })(),
  );
  return { count, truth: truth(), master, file };
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(path);
  for (const line of lines) if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

/** All alerts, once none is left to be worked out. */
async function listAlerts(client: Client): Promise<Answer['alerts']['nodes']> {
  for (;;) {
    const { alerts } = await client.graphql<Answer>(ALERTS, {});
    if (alerts.pending === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const all: Answer['alerts']['nodes'] = [];
  for (let after: string | null = null; ;) {
    const { alerts }: Answer = await client.graphql<Answer>(ALERTS, { after });
    all.push(...alerts.nodes);
    if (!alerts.pageInfo.hasNextPage) return all;
    after = alerts.pageInfo.endCursor;
  }
}

async function reportAlerts(
  stage: Stage,
  raised: Answer['alerts']['nodes'],
  { anomalies }: SupplyTruth,
): Promise<void> {
  const { canonicalEpc } = await product<typeof import('../src/record/gs1/identifier.js')>(
    'record/gs1/identifier.js',
  );
  const told = new Set(raised.map(({ type, item }) => `${type} ${item}`));
  const planted = new Set(anomalies.map(({ type, epc }) => `${type} ${canonicalEpc(epc)}`));
  const types = [...new Set([...told, ...planted].map((key) => key.split(' ')[0]!))].sort();
  const share = (of: Set<string>, among: Set<string>, type?: string) => {
    const keys = [...of].filter((key) => type === undefined || key.startsWith(`${type} `));
    return keys.length === 0 ? 1 : keys.filter((key) => among.has(key)).length / keys.length;
  };
  const each = (of: Set<string>, among: Set<string>) =>
    types.map((type) => `${type} ${share(of, among, type).toFixed(3)}`).join(', ');
  const numbers = `${told.size} raised, ${planted.size} planted`;
  const precision = `${each(told, planted)}; ${numbers}`;
  stage.report('alerts.precision', share(told, planted), '', precision);
  stage.report('alerts.recall', share(planted, told), '', `${each(planted, told)}; ${numbers}`);
}
