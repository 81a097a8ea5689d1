import { once } from 'node:events';
import type { Command } from 'commander';
import { readConfig, type Config } from '../config.js';
import type { Context } from './context.js';
import { dataOption, integer, settingsOf, type NodeFlags } from './option.js';

interface StartFlags extends NodeFlags {
  host?: string;
  port?: number;
}

export function addStartCommand(program: Command, context: Context): void {
  program
    .command('start')
    .description('run the node: GraphQL, capture and the log over HTTP, until SIGTERM or SIGINT')
    .option('--host <address>', 'address to listen on (PROVTRAIL_HOST, default 127.0.0.1)')
    .option(
      '--port <n>',
      'port, 0 for any free one (PROVTRAIL_PORT, default 4000)',
      integer(0, 65_535),
    )
    .addOption(dataOption())
    .action((flags: StartFlags) => start(context, flags));
}

async function start(context: Context, flags: StartFlags): Promise<void> {
  const { host, port } = flags;
  const config = readConfig({ ...settingsOf(context, flags), host, port });
  const [{ App }, { serve }] = await Promise.all([import('../app.js'), import('./serve.js')]);
  const app = await App.open(config);
  try {
    const service = await serve(app, config);
    announce(context, app.organisation.name, service.url, config);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    context.output.say(
      'stopping: what is under way is finished first; press again to stop at once',
    );
    await service.close();
  } finally {
    await app.close();
  }
}

/** The URL is data: whoever starts a node from a script reads it from stdout. */
function announce({ output }: Context, organisation: string, url: string, config: Config): void {
  const { dataDirectory } = config;
  output.result(
    { url, graphql: `${url}/graphql`, graphiql: `${url}/graphiql`, dataDirectory },
    `${output.style('bold', organisation)} answers at ${output.style('cyan', url)}`,
  );
  output.say(`  explorer  ${url}/graphiql`);
  output.say(`  token     provtrail token --data ${dataDirectory} --role service`);
  output.say(`  capture   provtrail capture FILE... --url ${url} --token TOKEN`);
  output.say('  stop      Ctrl-C');
}
