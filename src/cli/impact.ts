import type { Command } from 'commander';
import { readConfig } from '../config.js';
import type { ImpactSummary } from '../query/impact.js';
import { addAskOptions, type AskFlags } from './answering-node.js';
import type { Context } from './context.js';
import { writeExportFile, type Write } from './export-file.js';
import type { ImpactSource, ImpactWords } from './impact-source.js';
import { integer, settingsOf } from './option.js';
import { startProgress } from './progress.js';

interface ImpactFlags extends AskFlags {
  output?: string;
  depth?: number;
  type?: string[];
  relation?: string[];
  knownAt?: number;
}

const SHOWN = 20;

export function addImpactCommand(program: Command, context: Context): void {
  const command = program
    .command('impact')
    .description('everything that came of some records, however far downstream')
    .argument('<cid...>', 'CIDs or rids of records; a correction stands for what it corrects too')
    .option('-o, --output <file>', 'write all of it as JSON lines into this new file')
    .option('--depth <n>', 'steps from the nearest record at most', integer(1, 1_000_000))
    .option('--type <type...>', 'go through records of these types only')
    .option('--relation <relation...>', 'follow these relations only')
    .option(
      '--known-at <n>',
      'only what was known when the log ended with that entry',
      integer(0, Number.MAX_SAFE_INTEGER),
    );
  addAskOptions(command).action((cids: string[], flags: ImpactFlags) =>
    impact(context, cids, flags),
  );
}

async function impact(context: Context, roots: string[], flags: ImpactFlags): Promise<void> {
  const { output } = context;
  const words: ImpactWords = {
    roots,
    ...(flags.depth !== undefined && { depthMax: flags.depth }),
    ...(flags.type && { types: flags.type }),
    ...(flags.relation && { relations: flags.relation }),
    ...(flags.knownAt !== undefined && { knownAt: flags.knownAt }),
  };
  const { readSummary } = await import('./impact-source.js');
  const summary = await withSource(context, flags, async (source) => {
    const run = (write: Write) => pass(context, source(words), write);
    const nowhere: Write = () => Promise.resolve();
    const { output: path } = flags;
    return readSummary(path === undefined ? await run(nowhere) : await writeExportFile(path, run));
  });
  const file = flags.output;
  output.result({ ...summary, ...(file !== undefined && { file }) }, describe(summary, file));
}

/** @returns the last line of what was passed: it has a count for each degree, so it may be long */
async function pass(
  { output }: Context,
  lines: AsyncGenerator<string>,
  write: Write,
): Promise<string> {
  const progress = startProgress(output, 'walking', 'nodes');
  let [tail, count] = ['', 0];
  try {
    for await (const text of lines) {
      const end = text.slice(0, -1).lastIndexOf('\n');
      tail = end < 0 && !tail.endsWith('\n') ? tail + text : text.slice(end + 1);
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
      await write(text);
      progress.update(count);
    }
    return tail;
  } finally {
    progress.stop();
  }
}

async function withSource<Result>(
  context: Context,
  flags: ImpactFlags,
  work: (source: ImpactSource) => Promise<Result>,
): Promise<Result> {
  const { localImpact, remoteImpact } = await import('./impact-source.js');
  const { url, token, role } = flags;
  if (url !== undefined) {
    return work(remoteImpact({ url, ...(token !== undefined && { token }) }, context.signal));
  }
  const { openNode } = await import('./node.js');
  const app = await openNode(readConfig(settingsOf(context, flags)));
  try {
    return await work(localImpact(app, role, context.signal));
  } finally {
    await app.close();
  }
}

function describe(summary: ImpactSummary, file: string | undefined): string {
  const { count, byType, byOrganisation, byDegree, isComplete, reason, position } = summary;
  const lines = [
    `${count} node(s) downstream`,
    ...table(
      'by type',
      byType.map(({ class: of, type, count }) => [
        [of, type ?? 'unreadable'].filter(Boolean).join(' '),
        count,
      ]),
    ),
    ...table(
      'by organisation',
      byOrganisation.map(({ organisation, count }) => [organisation ?? '(things)', count]),
    ),
    ...table(
      'by degree',
      byDegree.map(({ degree, count }) => [String(degree), count]),
    ),
    isComplete
      ? `complete: as of entry ${position}`
      : `NOT complete (${reason}): as of entry ${position}`,
  ];
  return [...lines, ...(file === undefined ? [] : [`written to ${file}`])].join('\n');
}

function table(title: string, rows: [name: string, count: number][]): string[] {
  const more = rows.length - SHOWN;
  return [
    title,
    ...rows.slice(0, SHOWN).map(([name, count]) => `  ${String(count).padStart(9)}  ${name}`),
    ...(more > 0 ? [`  and ${more} more; --json lists them`] : []),
  ];
}
