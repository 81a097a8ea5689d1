import { Option, type Command } from 'commander';
import type { Role } from '../access/viewer.js';
import { readConfig } from '../config.js';
import { AppError } from '../error.js';
import {
  formatLineage,
  LINEAGE_FORMATS,
  lineageFormat,
  type LineageFormat,
} from '../query/lineage-format/format.js';
import type { Context } from './context.js';
import { writeExportFile } from './export-file.js';
import { mergeAnswers, type LineageAnswer, type LineageSource } from './lineage-answer.js';
import { formatTree, type Direction } from './lineage-tree.js';
import { dataOption, integer, settingsOf, type NodeFlags } from './option.js';
import type { Output } from './output.js';
import { roleOption } from './role.js';

interface LineageFlags extends NodeFlags {
  direction: 'upstream' | 'downstream' | 'both';
  depth: number;
  nodes: number;
  format: 'table' | 'json' | LineageFormat;
  output?: string;
  role: Role;
  url?: string;
  token?: string;
}

/** Both ways is two walks: "everything connected" would also bring siblings. */
const DIRECTIONS: Record<LineageFlags['direction'], Direction[]> = {
  upstream: ['UPSTREAM'],
  downstream: ['DOWNSTREAM'],
  both: ['UPSTREAM', 'DOWNSTREAM'],
};

const TITLES: Record<Direction, string> = {
  UPSTREAM: 'What it came from',
  DOWNSTREAM: 'What came of it',
};

export function addLineageCommand(program: Command, context: Context): void {
  program
    .command('lineage')
    .description('what a record came from, and what came of it')
    .argument('<cid>', 'CID of the record, as receipts and exports show it')
    .addOption(
      new Option('--direction <way>', 'towards its sources, or what came of it')
        .choices(['upstream', 'downstream', 'both'])
        .default('upstream'),
    )
    .option('--depth <n>', 'steps from the record at most', integer(0, 1_000), 100)
    .option('--nodes <n>', 'records at most', integer(1, 10_000), 1_000)
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(['table', 'json', ...LINEAGE_FORMATS])
        .default('table'),
    )
    .option('-o, --output <file>', 'write into this new file (default: stdout)')
    .addOption(roleOption('the answer is what this role may know'))
    .addOption(new Option('--url <url>', 'ask a running node').conflicts('data'))
    .addOption(new Option('--token <token>', 'access token for --url').env('PROVTRAIL_TOKEN'))
    .addOption(dataOption())
    .action((cid: string, flags: LineageFlags) => lineage(context, cid, flags));
}

async function lineage(context: Context, cid: string, flags: LineageFlags): Promise<void> {
  const { output } = context;
  if (output.json && flags.format === 'csv' && flags.output === undefined) {
    throw new AppError('BAD_USER_INPUT', 'CSV is no JSON', {
      hint: 'name a file for it with -o, or leave --json out',
    });
  }
  const bounds = { depthMax: flags.depth, nodesMax: flags.nodes };
  const directions = DIRECTIONS[flags.direction];
  const { answer, organisation } = await withSource(context, flags, async (source) => {
    const found: LineageAnswer[] = [];
    for (const direction of directions) found.push(await source.ask(cid, direction, bounds));
    const isNamed = flags.format === 'fhir' || flags.format === 'prov-json';
    const organisation = isNamed ? await source.organisation() : null;
    return { answer: found.reduce(mergeAnswers), organisation };
  });
  const pieces = formatAnswer(context, { cid, directions, flags, answer, organisation });
  const { output: path } = flags;
  if (path !== undefined) {
    await writeExportFile(path, async (write) => {
      for (const piece of pieces) await write(piece);
    });
    const { nodes, edges, isComplete, reason } = answer;
    const counts = { nodes: nodes.length, edges: edges.length };
    const told = { file: path, format: flags.format, ...counts, isComplete, reason };
    output.result(told, `wrote ${path}; ${describeBounds(answer)}`);
    return;
  }
  for (const piece of pieces) await output.data(piece);
  if (tellsNothing(flags.format) && !answer.isComplete) output.say(describeBounds(answer));
}

interface Asked {
  cid: string;
  directions: Direction[];
  flags: LineageFlags;
  answer: LineageAnswer;
  organisation: string | null;
}

/** With `--json` one JSON object, whatever the form, on a line; in place of a table it is the answer itself. */
function* formatAnswer({ output }: Context, asked: Asked): Generator<string> {
  const { cid, directions, flags, answer, organisation } = asked;
  const { format, direction, output: path } = flags;
  const isOneLine = output.json && path === undefined;
  if (format === 'json' || (format === 'table' && output.json)) {
    const whole = { root: cid, direction, ...answer };
    yield `${JSON.stringify(whole, null, isOneLine || format === 'table' ? 0 : 2)}\n`;
  } else if (format === 'table') {
    yield `${describe(output, cid, directions, answer)}\n`;
  } else {
    const telling = { at: new Date().toISOString(), organisation };
    const pieces = formatLineage(format, answer, telling);
    const isObject = format === 'fhir' || format === 'prov-json';
    if (!isOneLine || !isObject) yield* pieces;
    else yield `${JSON.stringify(JSON.parse([...pieces].join('')))}\n`;
  }
}

function tellsNothing(format: LineageFlags['format']): boolean {
  return format !== 'table' && format !== 'json' && !lineageFormat(format).tellsExtent;
}

async function withSource<Result>(
  context: Context,
  flags: LineageFlags,
  work: (source: LineageSource) => Promise<Result>,
): Promise<Result> {
  if (flags.url !== undefined) {
    const { remoteSource } = await import('./remote-lineage.js');
    return work(remoteSource({ url: flags.url, token: flags.token }));
  }
  const [{ openToAsk }, { localLineage }] = await Promise.all([
    import('./node.js'),
    import('./local-lineage.js'),
  ]);
  const app = await openToAsk(readConfig(settingsOf(context, flags)));
  try {
    const ask = await localLineage(app, flags.role);
    return await work({ ask, organisation: async () => app.description.organisation.name });
  } finally {
    await app.close();
  }
}

function describe(
  output: Output,
  root: string,
  directions: Direction[],
  answer: LineageAnswer,
): string {
  const trees = directions.flatMap((direction) => [
    output.style('bold', TITLES[direction]),
    ...formatTree(answer, root, direction),
  ]);
  return [...trees, output.style('dim', describeBounds(answer))].join('\n');
}

/** How far the answer can be relied upon, always said. */
function describeBounds(answer: LineageAnswer): string {
  const things = answer.nodes.filter(({ kind }) => kind !== 'RECORD').length;
  const others = things === 0 ? '' : ` and ${things} thing(s)`;
  const records = answer.nodes.length - things;
  const count = `${records} record(s)${others}, as of entry ${answer.position}`;
  if (answer.isComplete) return `complete: ${count}`;
  const least = answer.isOmittedExact ? '' : 'at least ';
  return `NOT complete (${answer.reason}): ${count}; ${least}${answer.omitted} more are known of`;
}
