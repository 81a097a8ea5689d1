import type { Command } from 'commander';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSample, sampleNdjson, type SampleOptions } from '../sample/sample.js';
import type { Context } from './context.js';
import { integer } from './option.js';
import type { Output } from './output.js';
import { startProgress } from './progress.js';

interface GenerateFlags {
  records: number;
  seed: number;
  output?: string;
}

const CHUNK_CHARACTERS = 65_536;

export function addGenerateCommand(program: Command, context: Context): void {
  program
    .command('generate')
    .description('write a made-up consortium: FHIR R4 patients and claims, EPCIS 2.0 supply events')
    .option('--records <n>', 'how many records in all', integer(1, 100_000_000), 1_000)
    .option(
      '--seed <n>',
      'the same seed gives the same bytes',
      integer(0, Number.MAX_SAFE_INTEGER),
      1,
    )
    .option('-o, --output <dir>', 'write documents into this directory (default: NDJSON on stdout)')
    .action(({ output: directory, ...options }: GenerateFlags) =>
      directory === undefined
        ? writeLines(context, options)
        : writeDocuments(context, options, directory),
    );
}

async function writeLines({ output, signal }: Context, options: SampleOptions): Promise<void> {
  let chunk = '';
  for (const line of sampleNdjson(options)) {
    chunk += `${line}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    await output.data(chunk);
    chunk = '';
    if (signal.aborted) return;
  }
  await output.data(chunk);
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
