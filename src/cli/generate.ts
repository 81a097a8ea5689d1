import { Option, type Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSample, sampleNdjson, type SampleOptions } from '../sample/sample.js';
import { AppError } from '../error.js';
import { SUPPLY_SIZES } from '../sample/supply/size.js';
import type { Context } from './context.js';
import { generateSupplyFiles, SUPPLY_HELP, type SupplyFlags } from './generate-supply.js';
import { streamLines } from './line-stream.js';
import { integer } from './option.js';
import type { Output } from './output.js';
import { startProgress } from './progress.js';

interface GenerateFlags extends SupplyFlags {
  records: number;
  supply?: boolean;
}

const RECORDS = 1_000;
const COUNT_MAX = 100_000_000;
/** Fewer events have no room for a lot's life and its anomalies. */
const EVENTS_MIN = 200;

export function addGenerateCommand(program: Command, context: Context): void {
  program
    .command('generate')
    .description('write a made-up consortium: FHIR R4 patients and claims, EPCIS 2.0 supply events')
    .addOption(
      new Option('--records <n>', 'how many records in all')
        .argParser(integer(1, COUNT_MAX))
        .default(RECORDS)
        .conflicts('supply'),
    )
    .option('--supply', 'a supply chain of twenty organisations instead, with planted anomalies')
    .addOption(
      new Option('--size <size>', 'of the supply chain: 10,000, 100,000 or 1,000,000 events')
        .choices(Object.keys(SUPPLY_SIZES))
        .conflicts('events'),
    )
    .addOption(
      new Option('--events <n>', 'of the supply chain, instead of a size').argParser(
        integer(EVENTS_MIN, COUNT_MAX),
      ),
    )
    .option(
      '--seed <n>',
      'the same seed gives the same bytes',
      integer(0, Number.MAX_SAFE_INTEGER),
      1,
    )
    .option('-o, --output <dir>', 'write documents into this directory (default: NDJSON on stdout)')
    .addHelpText('after', SUPPLY_HELP)
    .action((flags: GenerateFlags) => generate(context, flags));
}

function generate(context: Context, { records, supply, ...flags }: GenerateFlags): Promise<void> {
  if (supply) return generateSupplyFiles(context, flags);
  if (flags.size !== undefined || flags.events !== undefined) {
    throw new AppError('BAD_USER_INPUT', '--size and --events are of --supply', {
      hint: 'without it, --records says how much',
    });
  }
  const { seed, output: directory } = flags;
  return directory === undefined
    ? writeLines(context, { records, seed })
    : writeDocuments(context, { records, seed }, directory);
}

async function writeLines({ output, signal }: Context, options: SampleOptions): Promise<void> {
  await streamLines(sampleNdjson(options), (chunk) => output.data(chunk), signal);
}

async function writeDocuments(
  { output, signal }: Context,
  options: SampleOptions,
  directory: string,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const progress = startProgress(output, 'generating', 'records', options.records);
  const written = { records: 0, documents: 0 };
  try {
    for (const { name, text, records } of generateSample(options)) {
      await writeFile(join(directory, name), `${text}\n`);
      written.records += records;
      written.documents++;
      progress.update(written.records);
      if (signal.aborted) break;
    }
  } finally {
    progress.stop();
  }
  report(output, written, options.seed, directory);
}

function report(
  output: Output,
  written: { records: number; documents: number },
  seed: number,
  directory: string,
): void {
  output.result(
    { ...written, seed, directory },
    `${written.records} records in ${written.documents} documents, in ${directory}`,
  );
}
