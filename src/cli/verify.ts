import type { Command } from 'commander';
import { readConfig } from '../config.js';
import { readDescription } from '../data-directory.js';
import { verifyDataDirectory, type Verification, type Verdict } from '../query/verification.js';
import type { Context } from './context.js';
import { dataOption, settingsOf, type NodeFlags } from './option.js';
import type { Output } from './output.js';
import { startProgress } from './progress.js';

interface VerifyFlags extends NodeFlags {
  log?: string;
}

/** Exit codes of the verdicts (FORMATS, section 8). */
const VERDICT_EXIT: Record<Verdict, number> = { VALID: 0, INVALID: 3 };

const PROBLEMS_SHOWN = 20;

export function addVerifyCommand(program: Command, context: Context): void {
  program
    .command('verify')
    .description(
      'check a whole data directory offline: every entry, signature, tile, checkpoint and block',
    )
    .option('--log <cid>', "the log's id, if you have it from elsewhere")
    .addOption(dataOption())
    .action((flags: VerifyFlags) => verify(context, flags));
}

async function verify(context: Context, flags: VerifyFlags): Promise<void> {
  const { output } = context;
  const { dataDirectory } = readConfig(settingsOf(context, flags));
  const log = flags.log ?? readDescription(dataDirectory).log;
  const progress = startProgress(output, 'verifying', 'entries', 0);
  let verification: Verification;
  try {
    verification = await verifyDataDirectory(dataDirectory, { log }, (done, total) =>
      progress.update(done, total),
    );
  } finally {
    progress.stop();
  }
  output.result(verification, describe(output, verification));
  context.exitCode = VERDICT_EXIT[verification.verdict];
}

function describe(output: Output, verification: Verification): string {
  const { verdict, entries, records, blocks, head, problems } = verification;
  const lines = [
    output.style(verdict === 'VALID' ? 'green' : 'red', verdict),
    `  log      ${head.origin}, ${head.size} entries, root ${head.root}`,
    `  checked  ${entries} entries, ${records} records, ${blocks} sealed blocks`,
  ];
  for (const { place, code, message } of problems.slice(0, PROBLEMS_SHOWN)) {
    lines.push(`  ${output.style('red', place)}  ${message} (${code})`);
  }
  if (problems.length > PROBLEMS_SHOWN) {
    lines.push(`  and ${problems.length - PROBLEMS_SHOWN} more; --json lists them all`);
  }
  return lines.join('\n');
}
