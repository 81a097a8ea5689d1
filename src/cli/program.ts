import { Command, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { addCaptureCommand } from './capture.js';
import type { Context } from './context.js';
import { addDatasetCommand } from './dataset.js';
import { addDemoCommand } from './demo.js';
import { reportFailure } from './failure.js';
import { addEventHashCommand } from './event-hash.js';
import { addExportCommand } from './export.js';
import { addGenerateCommand } from './generate.js';
import { addImpactCommand } from './impact.js';
import { addInitCommand } from './init.js';
import { Output } from './output.js';
import { addLineageCommand } from './lineage.js';
import { addProvCommand } from './prov.js';
import { addRebuildCommand } from './rebuild.js';
import { addRecallCommand } from './recall.js';
import { addStartCommand } from './start.js';
import { addTokenCommand } from './token.js';
import { addTraceCommand } from './trace.js';
import { addVerifyCommand } from './verify.js';
import { addVerifyProductCommand } from './verify-product.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Runs the command that the arguments name, as this process. @returns its exit code, as `runCommand` says */
export async function runProgram(argv: string[]): Promise<number> {
  const output = new Output();
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    // Once is a request; twice is an order, and what is durable stays durable.
    if (stop.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
    stop.abort();
  };
  process.on('uncaughtException', (error) => process.exit(reportFailure(output, error)));
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await runCommand(argv, output, stop.signal);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/**
 * Runs the command that the arguments name; nothing of the process is touched.
 *
 * @param argv two words that are passed over, then the command
 * @returns the exit code: 0 done, 1 failed, 2 used wrongly, or the verdict of a verification
 */
export async function runCommand(
  argv: string[],
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const context: Context = { output, signal, exitCode: 0 };
  try {
    await buildProgram(context).parseAsync(argv);
    return context.exitCode;
  } catch (error) {
    return reportFailure(output, error);
  }
}

function buildProgram(context: Context): Command {
  const { output } = context;
  const program = new Command('provtrail')
    .description(
      'Provenance for healthcare: sealed records in IPFS, a signed log, lineage over GraphQL',
    )
    .version(readVersion())
    .option('--json', 'one JSON object as the last line of stdout')
    .addOption(new Option('--log-level <level>', 'what is logged on stderr').choices(LOG_LEVELS))
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what can be asked)')
    .configureOutput({
      writeOut: (text) => output.stdout.write(text),
      writeErr: (text) => output.stderr.write(text),
    })
    .exitOverride();
  program.on('option:json', () => {
    output.json = true;
  });
  program.on('option:log-level', (level: string) => {
    context.logLevel = level;
  });
  addInitCommand(program, context);
  addStartCommand(program, context);
  addDemoCommand(program, context);
  addCaptureCommand(program, context);
  addDatasetCommand(program, context);
  addVerifyCommand(program, context);
  addLineageCommand(program, context);
  addImpactCommand(program, context);
  addTraceCommand(program, context);
  addRecallCommand(program, context);
  addVerifyProductCommand(program, context);
  addRebuildCommand(program, context);
  addEventHashCommand(program, context);
  addProvCommand(program, context);
  addExportCommand(program, context);
  addTokenCommand(program, context);
  addGenerateCommand(program, context);
  return program;
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
