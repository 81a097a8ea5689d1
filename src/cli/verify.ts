import type { Command } from 'commander';
import { readConfig } from '../config.js';
import { isAppError } from '../error.js';
import type { Verdict, Verification, VerificationProblem } from '../query/verification.js';
import type { Context } from './context.js';
import { dataOption, settingsOf, type NodeFlags } from './option.js';
import type { Output } from './output.js';
import { startProgress } from './progress.js';

interface VerifyFlags extends NodeFlags {
  log?: string;
}

/** Exit codes of the verdicts (FORMATS, section 8). */
export const VERDICT_EXIT: Record<Verdict, number> = { VALID: 0, INVALID: 3 };

const PROBLEMS_SHOWN = 20;

export function addVerifyCommand(program: Command, context: Context): void {
  program
    .command('verify')
    .description(
      'check a whole data directory offline: entries, signatures, tiles, checkpoint, blocks',
    )
    .option('--log <cid>', "the log's id, if you have it from elsewhere")
    .addOption(dataOption())
    .action((flags: VerifyFlags) => verify(context, flags));
}

async function verify(context: Context, flags: VerifyFlags): Promise<void> {
  const { dataDirectory } = readConfig(settingsOf(context, flags));
  const verification = await verifyDirectory(context.output, dataDirectory, flags.log);
  context.output.result(verification, describeVerification(context.output, verification));
  context.exitCode = VERDICT_EXIT[verification.verdict];
}

/** @param log the log's id; what the directory says of itself when absent */
export async function verifyDirectory(
  output: Output,
  directory: string,
  log?: string,
): Promise<Verification> {
  const described = await describedLog(directory);
  const { verifyDataDirectory } = await import('../query/verification.js');
  const progress = startProgress(output, 'verifying', 'entries', 0);
  try {
    const expected = { log: log ?? described.log };
    const verification = await verifyDataDirectory(directory, expected, (done, total) =>
      progress.update(done, total),
    );
    const problems = [...described.problems, ...verification.problems];
    return { ...verification, verdict: problems.length === 0 ? 'VALID' : 'INVALID', problems };
  } finally {
    progress.stop();
  }
}

/** A description that cannot be read is damage to report, and no reason not to look at the rest. */
async function describedLog(
  directory: string,
): Promise<{ log?: string; problems: VerificationProblem[] }> {
  const { readDescription } = await import('../data-directory.js');
  try {
    return { log: readDescription(directory).log, problems: [] };
  } catch (error) {
    if (!isAppError(error, 'STORE_FAILED')) throw error;
    const { code, message } = error;
    return { problems: [{ place: 'provtrail.json', code, message }] };
  }
}

export function describeVerification(output: Output, verification: Verification): string {
  const { verdict, entries, records, blocks, listBlocks, head, problems } = verification;
  const lists = listBlocks === 0 ? '' : `, ${listBlocks} blocks of lists of sources`;
  const lines = [
    output.style(verdict === 'VALID' ? 'green' : 'red', verdict),
    `  log      ${head.origin}, ${head.size} entries, root ${head.root}`,
    `  checked  ${entries} entries, ${records} records, ${blocks} sealed blocks${lists}`,
  ];
  for (const { place, code, message } of problems.slice(0, PROBLEMS_SHOWN)) {
    lines.push(`  ${output.style('red', place)}  ${message} (${code})`);
  }
  if (problems.length > PROBLEMS_SHOWN) {
    lines.push(`  and ${problems.length - PROBLEMS_SHOWN} more; --json lists them all`);
  }
  return lines.join('\n');
}
