import { Option, type Command } from 'commander';
import type { Role } from '../access/viewer.js';
import type { App } from '../app.js';
import { readConfig } from '../config.js';
import { Reader } from '../query/reader.js';
import { localViewer } from './access.js';
import type { RemoteNode } from './ask.js';
import type { Context } from './context.js';
import { dataOption, settingsOf, type NodeFlags } from './option.js';
import { roleOption } from './role.js';

/** Whom a question goes to, and as whom it is asked. */
export interface AskFlags extends NodeFlags {
  role: Role;
  url?: string;
  token?: string;
}

/** The ways to an answer: over the network, or from a data directory of this machine. */
export interface Ways<Answer> {
  remote: (node: RemoteNode) => Promise<Answer>;
  local: (reader: Reader) => Promise<Answer>;
}

export function addAskOptions(command: Command): Command {
  return command
    .addOption(roleOption('the answer is what this role may know'))
    .addOption(new Option('--url <url>', 'ask a running node').conflicts('data'))
    .addOption(new Option('--token <token>', 'access token for --url').env('PROVTRAIL_TOKEN'))
    .addOption(dataOption());
}

/** Asks a running node, or opens a data directory, waits until its index knows all of its log, and asks that. */
export async function askNode<Answer>(
  context: Context,
  flags: AskFlags,
  { remote, local }: Ways<Answer>,
): Promise<Answer> {
  if (flags.url !== undefined) return remote({ url: flags.url, token: flags.token });
  const { openToAsk, roomsOf } = await import('./node.js');
  const app: App = await openToAsk(readConfig(settingsOf(context, flags)));
  try {
    await app.follower.caughtUp(app.ledger.head().size);
    return await local(new Reader(roomsOf(app), localViewer(app.description, flags.role)));
  } finally {
    await app.close();
  }
}
