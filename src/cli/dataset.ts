import { Option, type Command } from 'commander';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { readConfig } from '../config.js';
import { AppError } from '../error.js';
import { SOURCES_MAX } from '../ledger/source-list.js';
import type { Context } from './context.js';
import type { DatasetOutcome, DatasetTarget } from './dataset-target.js';
import { EXIT } from './failure.js';
import { hintFor } from './hint.js';
import { dataOption, settingsOf, type NodeFlags } from './option.js';
import { startProgress } from './progress.js';

interface DatasetFlags extends NodeFlags {
  sources: string;
  url?: string;
  token?: string;
}

/** A source as it was named, and on which line. */
interface NamedSource {
  name: string;
  line: number;
}

export function addDatasetCommand(program: Command, context: Context): void {
  program
    .command('dataset')
    .description('seal, sign and record a dataset with what it was made of as signed links')
    .argument('<file>', 'its description: {"type": "Dataset", "id": ..., "name": ...}')
    .requiredOption(
      '--sources <file>',
      'the records it was made of, one a line: CID, rid or position; - for stdin',
    )
    .addOption(new Option('--url <url>', 'capture through a running node').conflicts('data'))
    .addOption(new Option('--token <token>', 'access token for --url').env('PROVTRAIL_TOKEN'))
    .addOption(dataOption())
    .action((file: string, flags: DatasetFlags) => dataset(context, file, flags));
}

async function dataset(context: Context, file: string, flags: DatasetFlags): Promise<void> {
  const { output } = context;
  const content = await readText(file);
  const progress = startProgress(output, 'reading sources', 'lines');
  let sources: NamedSource[];
  try {
    sources = await readSources(flags.sources, (lines) => progress.update(lines));
  } finally {
    progress.stop();
  }
  const names = sources.map(({ name }) => name);
  const outcome = await withTarget(context, flags, (capture) => capture(content, names));
  const problems = outcome.problems.map(({ source, ...problem }) => {
    const line = source === undefined ? undefined : sources[source]?.line;
    return { file: line === undefined ? file : flags.sources, line, ...problem };
  });
  for (const { file: of, line, code, pointer, message } of problems) {
    const place = line === undefined ? `${of} ${pointer}`.trimEnd() : `${of}:${line}`;
    output.say(`refused ${place}: ${message} (${code})`);
  }
  const [first] = problems;
  const hint = first && hintFor(first.code);
  if (hint !== undefined) output.say(`  ${hint}`);
  output.result({ ...outcome, problems }, describe(outcome));
  context.exitCode = outcome.receipt ? EXIT.ok : EXIT.failure;
}

async function withTarget(
  context: Context,
  flags: DatasetFlags,
  work: (capture: DatasetTarget) => Promise<DatasetOutcome>,
): Promise<DatasetOutcome> {
  const { localDataset, remoteDataset } = await import('./dataset-target.js');
  const { url, token } = flags;
  if (url !== undefined) return work(remoteDataset({ url, ...(token !== undefined && { token }) }));
  const { openNode } = await import('./node.js');
  const app = await openNode(readConfig(settingsOf(context, flags)));
  try {
    return await work(localDataset(app));
  } finally {
    await app.close();
  }
}

async function readSources(path: string, onLine: (count: number) => void): Promise<NamedSource[]> {
  const input = path === '-' ? process.stdin : createReadStream(path, 'utf8');
  const sources: NamedSource[] = [];
  let line = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      line++;
      const name = text.trim();
      if (name !== '') sources.push({ name, line });
      if (sources.length > SOURCES_MAX) throw tooMany();
      onLine(line);
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  if (sources.length === 0) {
    throw new AppError('EMPTY_INPUT', 'a dataset has one source at least', {
      hint: 'name the records it was made of, one a line',
    });
  }
  return sources;
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw new AppError('MALFORMED_JSON', 'the file is not UTF-8');
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new AppError('NOT_FOUND', `there is no file ${basename(path)}`);
  if (code === 'EACCES') return new AppError('NOT_FOUND', `${basename(path)} may not be read`);
  return error;
}

function tooMany(): AppError {
  return new AppError('TOO_LARGE', `a dataset has at most ${SOURCES_MAX} sources`, {
    limit: SOURCES_MAX,
    hint: 'capture parts of it as datasets of their own, and name those as its sources',
  });
}

function describe({ receipt, sourceCount }: DatasetOutcome): string {
  if (!receipt) return 'the dataset was not captured';
  const { cid, version, seq, repeated } = receipt;
  const what = repeated ? 'was there already' : `captured as version ${version}`;
  return `dataset ${what}, made of ${sourceCount} record(s)\n  entry ${seq}, ${cid}`;
}
