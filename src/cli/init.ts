import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readConfig } from '../config.js';
import type { Context } from './context.js';
import { dataOption, settingsOf, type NodeFlags } from './option.js';

interface InitFlags extends NodeFlags {
  org: string;
  slug?: string;
}

export function addInitCommand(program: Command, context: Context): void {
  program
    .command('init')
    .description('make a new organisation: its keys, its log and the first entry; never overwrites')
    .requiredOption('--org <name>', 'name of the organisation')
    .option('--slug <name>', 'short name for the log (default: made from the name)')
    .addOption(dataOption())
    .action((flags: InitFlags) => init(context, flags));
}

async function init(context: Context, flags: InitFlags): Promise<void> {
  const { output } = context;
  const { dataDirectory, passphrase } = readConfig(settingsOf(context, flags));
  const { createDataDirectory } = await import('../data-directory.js');
  const { organisation, origin, log } = await createDataDirectory(dataDirectory, {
    organisation: flags.org,
    slug: flags.slug,
    passphrase,
  });
  output.result(
    { dataDirectory, organisation, origin, log },
    [
      `${output.style('bold', organisation.name)} has a log of its own: ${origin}`,
      `  log id          ${log}`,
      `  data directory  ${dataDirectory}`,
    ].join('\n'),
  );
  if (existsSync(join(dataDirectory, 'passphrase'))) {
    output.say('A passphrase for the keys was made and kept in the data directory (mode 0600).');
    output.say('To keep it elsewhere, set PROVTRAIL_PASSPHRASE before init.');
  }
  const data = relative('', dataDirectory) || '.';
  output.say(`Next: provtrail capture FILE... --data ${data}, or provtrail start --data ${data}`);
}
