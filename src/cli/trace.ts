import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Role } from '../access/viewer.js';
import { readConfig } from '../config.js';
import { AppError } from '../error.js';
import { formatTraceCsv } from '../query/trace-csv.js';
import { collectTrace } from '../query/trace-prov.js';
import type { TraceReport } from '../query/trace-report.js';
import { parseFhirDate } from '../record/instant.js';
import { formatProvJson } from '../record/prov/format.js';
import type { Context } from './context.js';
import { writeNewFile } from '../new-file.js';
import { dataOption, integer, settingsOf, type NodeFlags } from './option.js';
import { roleOption } from './role.js';
import type { TraceAsker } from './trace-answer.js';
import { formatTraceTable } from './trace-table.js';

type Format = 'table' | 'prov-json' | 'csv';

interface TraceFlags extends NodeFlags {
  asOf?: string;
  knownAt?: number;
  format: Format;
  output?: string;
  role: Role;
  url?: string;
  token?: string;
}

export function addTraceCommand(program: Command, context: Context): void {
  program
    .command('trace')
    .description('where a thing is, what it is in, and what has happened to it')
    .argument('<epc>', 'its EPC: URN, Digital Link, element string, or as scanned')
    .option('--as-of <time>', 'what was true then: a day, or RFC 3339', parseTime)
    .option(
      '--known-at <n>',
      'only what was known when the log ended with that entry',
      integer(0, Number.MAX_SAFE_INTEGER),
    )
    .addOption(
      new Option('--format <format>', 'how it is written')
        .choices(['table', 'prov-json', 'csv'])
        .default('table'),
    )
    .option('-o, --output <file>', 'write into this new file (default: stdout)')
    .addOption(roleOption('the answer is what this role may know'))
    .addOption(new Option('--url <url>', 'ask a running node').conflicts('data'))
    .addOption(new Option('--token <token>', 'access token for --url').env('PROVTRAIL_TOKEN'))
    .addOption(dataOption())
    .action((epc: string, flags: TraceFlags) => trace(context, epc, flags));
}

async function trace(context: Context, epc: string, flags: TraceFlags): Promise<void> {
  const { asOf, knownAt, format, output: path } = flags;
  const { output } = context;
  if (output.json && format === 'csv' && path === undefined) {
    throw new AppError('BAD_USER_INPUT', 'CSV is no JSON', {
      hint: 'name a file for it with -o, or leave --json out',
    });
  }
  const report = await withAsker(context, flags, (ask) => ask({ epc, asOf, knownAt }));
  if (!report) {
    throw new AppError('NOT_FOUND', 'nothing is known of this item', {
      hint: 'look for other forms of its identifier, or a later --as-of or --known-at',
    });
  }
  if (path !== undefined) {
    await writeNewFile(path, formatFile(report, format, output.json));
    const { history, isComplete } = report;
    const told = { file: path, format, entries: history.length, isComplete };
    output.result(told, `wrote ${history.length} event(s) to ${path}${boundsOf(report)}`);
  } else if (format === 'csv') {
    await output.data(formatTraceCsv(report));
    if (!report.isComplete) output.say(boundsOf(report).trim());
  } else if (format === 'prov-json') {
    const text = formatProv(report);
    output.result(JSON.parse(text) as object, text.trimEnd());
  } else {
    const bounds = output.style('dim', describeBounds(report));
    output.result(report, [...formatTraceTable(report), '', bounds].join('\n'));
  }
}

/** With `--json` the report itself is written in place of a table. */
function formatFile(report: TraceReport, format: Format, isJson: boolean): string {
  if (format === 'csv') return formatTraceCsv(report);
  if (format === 'prov-json') return formatProv(report);
  if (isJson) return `${JSON.stringify(report)}\n`;
  return `${[...formatTraceTable(report), '', describeBounds(report)].join('\n')}\n`;
}

function formatProv(report: TraceReport): string {
  return [...formatProvJson(collectTrace(report))].join('');
}

/** How far the answer can be relied upon, always said. */
function describeBounds({ history, isComplete, reason, position }: TraceReport): string {
  const count = `${history.length} event(s), as of entry ${position}`;
  return isComplete ? `complete: ${count}` : `NOT complete (${reason}): ${count}`;
}

function boundsOf({ isComplete, reason }: TraceReport): string {
  return isComplete ? '' : `; NOT complete (${reason})`;
}

async function withAsker<Result>(
  context: Context,
  flags: TraceFlags,
  work: (ask: TraceAsker) => Promise<Result>,
): Promise<Result> {
  if (flags.url !== undefined) {
    const { remoteTrace } = await import('./remote-trace.js');
    return work(remoteTrace({ url: flags.url, token: flags.token }));
  }
  const [{ openToAsk }, { localTrace }] = await Promise.all([
    import('./node.js'),
    import('./local-trace.js'),
  ]);
  const app = await openToAsk(readConfig(settingsOf(context, flags)));
  try {
    return await work(await localTrace(app, flags.role));
  } finally {
    await app.close();
  }
}

/** A day is meant to its end. */
export function parseTime(text: string): string {
  const interval = parseFhirDate(text);
  if (interval) return new Date(interval.to).toISOString();
  throw new InvalidArgumentError('It must be a day (2026-01-31) or a time with zone (RFC 3339).');
}
