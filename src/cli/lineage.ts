import { Option, type Command } from 'commander';
import type { Role } from '../access/viewer.js';
import { readConfig } from '../config.js';
import type { Context } from './context.js';
import { mergeAnswers, type LineageAnswer, type LineageAsker } from './lineage-answer.js';
import { formatTree, type Direction } from './lineage-tree.js';
import { dataOption, integer, settingsOf, type NodeFlags } from './option.js';
import type { Output } from './output.js';
import { roleOption } from './role.js';

interface LineageFlags extends NodeFlags {
  direction: 'upstream' | 'downstream' | 'both';
  depth: number;
  nodes: number;
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
    .addOption(roleOption('the answer is what this role may know'))
    .addOption(new Option('--url <url>', 'ask a running node').conflicts('data'))
    .addOption(new Option('--token <token>', 'access token for --url').env('PROVTRAIL_TOKEN'))
    .addOption(dataOption())
    .action((cid: string, flags: LineageFlags) => lineage(context, cid, flags));
}

async function lineage(context: Context, cid: string, flags: LineageFlags): Promise<void> {
  const bounds = { depthMax: flags.depth, nodesMax: flags.nodes };
  const directions = DIRECTIONS[flags.direction];
  const answers = await withAsker(context, flags, async (ask) => {
    const found: LineageAnswer[] = [];
    for (const direction of directions) found.push(await ask(cid, direction, bounds));
    return found;
  });
  const answer = answers.reduce(mergeAnswers);
  context.output.result(
    { root: cid, direction: flags.direction, ...answer },
    describe(context.output, cid, directions, answer),
  );
}

async function withAsker<Result>(
  context: Context,
  flags: LineageFlags,
  work: (ask: LineageAsker) => Promise<Result>,
): Promise<Result> {
  if (flags.url !== undefined) {
    const { remoteLineage } = await import('./remote-lineage.js');
    return work(remoteLineage({ url: flags.url, token: flags.token }));
  }
  const [{ openNode }, { localLineage }] = await Promise.all([
    import('./node.js'),
    import('./local-lineage.js'),
  ]);
  const app = await openNode(readConfig(settingsOf(context, flags)));
  try {
    return await work(await localLineage(app, flags.role));
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
  const count = `${answer.nodes.length} record(s), as of entry ${answer.position}`;
  if (answer.isComplete) return `complete: ${count}`;
  const least = answer.isOmittedExact ? '' : 'at least ';
  return `NOT complete (${answer.reason}): ${count}; ${least}${answer.omitted} more are known of`;
}
