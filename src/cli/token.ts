import type { Command } from 'commander';
import type { Role } from '../access/viewer.js';
import { readConfig } from '../config.js';
import type { Context } from './context.js';
import { dataOption, integer, settingsOf, type NodeFlags } from './option.js';
import { roleOption } from './role.js';

interface TokenFlags extends NodeFlags {
  role: Role;
  subject: string;
  ttl: number;
  scope: string;
}

const DAY_SECONDS = 86_400;

export function addTokenCommand(program: Command, context: Context): void {
  program
    .command('token')
    .description('issue an access token for the node; it may be running meanwhile')
    .addOption(roleOption('what the caller may do follows from its role'))
    .option('--subject <name>', 'who the caller is', 'developer')
    .option('--ttl <seconds>', 'how long it is honoured', integer(1, DAY_SECONDS), 600)
    .option('--scope <words>', 'read, write or both; a role may still forbid it', 'read write')
    .addOption(dataOption())
    .action((flags: TokenFlags) => token(context, flags));
}

async function token(context: Context, flags: TokenFlags): Promise<void> {
  const { role, subject, ttl: ttlSeconds } = flags;
  const { dataDirectory, passphrase } = readConfig(settingsOf(context, flags));
  const [{ openDataDirectory }, { formatToken }] = await Promise.all([
    import('../data-directory.js'),
    import('./access.js'),
  ]);
  const scopes = flags.scope.split(/[\s,]+/).filter((word) => word !== '');
  const identity = await openDataDirectory(dataDirectory, passphrase);
  const text = await formatToken(identity, { role, subject, scopes, ttlSeconds });
  context.output.result({ token: text, role, subject, scopes, ttlSeconds }, text);
}
