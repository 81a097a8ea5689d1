import type { Command } from 'commander';
import { readConfig } from '../config.js';
import type { Context } from './context.js';
import { dataOption, settingsOf, type NodeFlags } from './option.js';
import { startProgress } from './progress.js';

export function addRebuildCommand(program: Command, context: Context): void {
  program
    .command('rebuild')
    .description('throw the index away and derive it again from the log and the sealed records')
    .addOption(dataOption())
    .action((flags: NodeFlags) => rebuild(context, flags));
}

async function rebuild(context: Context, flags: NodeFlags): Promise<void> {
  const { output } = context;
  const { openNode } = await import('./node.js');
  const app = await openNode(readConfig(settingsOf(context, flags)));
  const progress = startProgress(output, 'rebuilding', 'entries', 0);
  try {
    await app.facts.reset(); // made again from the new index by whoever asks first
    await app.follower.rebuild((done, total) => progress.update(done, total));
    progress.stop();
    const { cursor: entries, records, edges, dangling } = await app.graph.read.status();
    output.result(
      { entries, records, edges, dangling },
      `indexed ${entries} entries: ${records} records, ${edges} links, ${dangling} of them to records not here`,
    );
  } finally {
    progress.stop();
    await app.close();
  }
}
