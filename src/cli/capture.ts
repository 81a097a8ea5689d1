import { Option, type Command } from 'commander';
import { readConfig } from '../config.js';
import { AppError } from '../error.js';
import { parseSource } from '../record/fhir/source.js';
import type { CaptureHow, CaptureMode, CaptureTarget } from './capture-target.js';
import type { Context } from './context.js';
import { EXIT } from './failure.js';
import { dataOption, settingsOf, type NodeFlags } from './option.js';
import { startProgress, type Progress } from './progress.js';
import { listFiles, readBatches, type Batch } from './source.js';
import { Tally } from './tally.js';

interface CaptureFlags extends NodeFlags {
  url?: string;
  token?: string;
  mode: CaptureMode;
  strict?: boolean;
  source?: string;
}

/** After these nothing else of the run can succeed. */
const FATAL = new Set([
  'STORE_FULL',
  'STORE_FAILED',
  'LOG_DIVERGED',
  'UNAUTHENTICATED',
  'SHUTTING_DOWN',
  'UNAVAILABLE',
  'INTERNAL',
]);

export function addCaptureCommand(program: Command, context: Context): void {
  program
    .command('capture')
    .description('seal, sign and record files: FHIR R4 JSON, EPCIS JSON-LD and XML, NDJSON')
    .argument('<file...>', 'files, directories of files, or - for NDJSON on stdin')
    .addOption(
      new Option('--mode <mode>', 'per file: all or nothing, or whatever is good')
        .choices(['rollback', 'proceed'])
        .default('proceed'),
    )
    .option('--strict', 'refuse what would otherwise only be warned of, like a wrong check digit')
    .option(
      '--source <url>',
      'whose FHIR resources these are: a URL or URN their names begin with where no fullUrl tells',
      parseSource,
    )
    .addOption(new Option('--url <url>', 'capture through a running node').conflicts('data'))
    .addOption(new Option('--token <token>', 'access token for --url').env('PROVTRAIL_TOKEN'))
    .addOption(dataOption())
    .action((paths: string[], flags: CaptureFlags) => capture(context, paths, flags));
}

async function capture(context: Context, paths: string[], flags: CaptureFlags): Promise<void> {
  const { output } = context;
  const files = await listFiles(paths);
  const target = await openTarget(context, flags);
  try {
    const { mode, strict = false, source } = flags;
    const run = new Run(context, target, { mode, strict, source }, files.length);
    const { tally } = await run.capture(files);
    const head = await target.head().catch(() => undefined);
    tally.sayProblems(output);
    output.result(tally.format(head), tally.describe(output, head));
    context.exitCode = tally.refused === 0 && !context.signal.aborted ? EXIT.ok : EXIT.failure;
  } finally {
    await target.close();
  }
}

async function openTarget(context: Context, flags: CaptureFlags): Promise<CaptureTarget> {
  if (flags.url !== undefined) {
    const { remoteTarget } = await import('./remote-target.js');
    return remoteTarget(flags.url, flags.token);
  }
  const [{ openNode }, { localTarget }] = await Promise.all([
    import('./node.js'),
    import('./local-target.js'),
  ]);
  return localTarget(await openNode(readConfig(settingsOf(context, flags))));
}

/** One run of the command over all its files. */
class Run {
  readonly tally = new Tally();
  private readonly progress: Progress;
  private isOver = false;

  constructor(
    private readonly context: Context,
    private readonly target: CaptureTarget,
    private readonly how: CaptureHow,
    private readonly fileCount: number,
  ) {
    const { output } = context;
    this.progress =
      fileCount > 1
        ? startProgress(output, 'capturing', 'files', fileCount)
        : startProgress(output, 'capturing', 'records');
  }

  async capture(files: string[]): Promise<this> {
    try {
      for (const file of files) {
        await this.captureFile(file);
        this.tally.files++;
        if (this.fileCount > 1) this.progress.update(this.tally.files);
        if (this.isOver || this.context.signal.aborted) break;
      }
    } finally {
      this.progress.stop();
    }
    if (this.context.signal.aborted) {
      this.context.output.say('stopped; the same command again goes on where this one ended');
    }
    return this;
  }

  private async captureFile(file: string): Promise<void> {
    try {
      for await (const batch of readBatches(file, this.how.mode === 'rollback')) {
        await this.captureBatch(batch);
        if (this.context.signal.aborted) return;
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, message, data } = error;
      const line = data['line'] as number | undefined;
      this.tally.refused++;
      this.tally.keep({ file, line, code, pointer: data.pointer ?? '', message, hint: data.hint });
      this.isOver = FATAL.has(code);
    }
  }

  private async captureBatch(batch: Batch): Promise<void> {
    const outcome = await this.target.capture(batch, this.how);
    const { captured, repeated, revised, refused, warnings, problems } = outcome;
    this.tally.captured += captured;
    this.tally.repeated += repeated;
    this.tally.revised += revised;
    this.tally.refused += refused;
    this.tally.warnings += warnings;
    for (const { document, ...problem } of problems) {
      const line = batch.lines?.[document];
      this.tally.keep({ file: batch.file, line, ...problem });
    }
    if (this.fileCount === 1) this.progress.update(this.tally.captured + this.tally.refused);
  }
}
