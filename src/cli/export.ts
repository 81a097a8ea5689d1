import { InvalidArgumentError, Option, type Command } from 'commander';
import { AppError } from '../error.js';
import { addAskOptions } from './answering-node.js';
import type { Context } from './context.js';
import { exportLog } from './export-log.js';
import { exportQuestion, type QuestionFlags } from './export-question.js';

type ExportFlags = Omit<QuestionFlags, 'what'> & { what?: string };

/** The last two for lineage. */
const FORMATS = ['jsonl', 'csv', 'parquet', 'prov-json', 'fhir'];

export function addExportCommand(program: Command, context: Context): void {
  const command = program
    .command('export')
    .description(
      'write the whole log as JSON lines, each record with its content, then the checkpoint that proves them; with --what, the rows of one question',
    )
    .option('-o, --output <file>', 'write into this new file (default: stdout)')
    .option('--what <name>', 'records, events, alerts, entries ...: as GET /export names them')
    .addOption(
      new Option('--format <format>', 'how rows are written').choices(FORMATS).default('jsonl'),
    )
    .addOption(
      new Option('--filter <name=value>', 'a parameter of GET /export; may be repeated')
        .argParser(collect)
        .default([], 'none'),
    );
  addAskOptions(command).action((flags: ExportFlags) => run(context, flags));
}

async function run(context: Context, { what, ...flags }: ExportFlags): Promise<void> {
  if (what !== undefined) return exportQuestion(context, { ...flags, what });
  if (flags.url === undefined && flags.format === 'jsonl' && flags.filter.length === 0) {
    return exportLog(context, flags);
  }
  throw new AppError('BAD_USER_INPUT', 'the whole log is written as JSON lines from --data only', {
    hint: 'say what is to be exported: --what records',
  });
}

function collect(text: string, former: [string, string][]): [string, string][] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [...former, [name, value]];
  throw new InvalidArgumentError('It is a name and a value: class=fhir.resource.');
}
