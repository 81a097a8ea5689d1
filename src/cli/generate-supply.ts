import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SUPPLY_SIZES, type SupplySize } from '../sample/supply/size.js';
import { formatLines, generateSupply, type Supply } from '../sample/supply/supply.js';
import type { Context } from './context.js';
import { streamLines } from './line-stream.js';
import { startProgress } from './progress.js';

export interface SupplyFlags {
  seed: number;
  size?: SupplySize;
  events?: number;
  output?: string;
}

export const SUPPLY_HELP = `
With --supply: twenty organisations, their products and lots, packing, shipping, repackaging, dispensing and sensors as
EPCIS 2.0, some events late, some taken back, and planted anomalies. With -o DIR three files: master-data.jsonld,
events.ndjson, and truth.json, which says what was planted; without it master data and events go to stdout and the truth
nowhere. To capture them:

  provtrail generate --supply --size S -o DIR
  provtrail capture --strict DIR/master-data.jsonld DIR/events.ndjson`;

/** The supply chain: into a directory, with the truth beside it, or as lines on stdout. */
export async function generateSupplyFiles(context: Context, flags: SupplyFlags): Promise<void> {
  const { seed, events, size = 'S', output: directory } = flags;
  const options = events === undefined ? { seed, size } : { seed, events };
  const supply = generateSupply(options);
  if (directory === undefined) return writeToStdout(context, supply);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'master-data.jsonld'), `${formatJson(supply.masterData)}\n`);
  const total = events ?? SUPPLY_SIZES[size];
  const written = await writeEvents(context, supply, join(directory, 'events.ndjson'), total);
  // of half a story the truth cannot be told
  if (written < total) return context.output.say('stopped; truth.json was not written');
  const truth = supply.truth();
  await writeFile(join(directory, 'truth.json'), `${formatJson(truth)}\n`);
  const anomalies = truth.anomalies.length;
  context.output.result(
    { events: written, anomalies, ...options, directory },
    `${written} events with ${anomalies} anomalies, in ${directory}`,
  );
}

async function writeToStdout({ output, signal }: Context, supply: Supply): Promise<void> {
  await output.data(`${JSON.stringify(supply.masterData)}\n`);
  await streamLines(formatLines(supply.events), (chunk) => output.data(chunk), signal);
}

async function writeEvents(
  { output, signal }: Context,
  { events }: Supply,
  path: string,
  total: number,
): Promise<number> {
  const progress = startProgress(output, 'generating', 'events', total);
  const file = await open(path, 'w');
  try {
    return await streamLines(
      formatLines(events),
      (chunk) => file.appendFile(chunk),
      signal,
      (count) => progress.update(count),
    );
  } finally {
    progress.stop();
    await file.close();
  }
}

function formatJson(value: object): string {
  return JSON.stringify(value, undefined, 2);
}
