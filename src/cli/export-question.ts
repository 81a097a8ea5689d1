import type { ExportEnd } from '../query/export/export-rows.js';
import { AppError, ERROR_CODES, type ErrorCode } from '../error.js';
import type { AskFlags } from './answering-node.js';
import type { Context } from './context.js';
import { writeExportFile, type Write } from './export-file.js';
import { startProgress } from './progress.js';

export interface QuestionFlags extends AskFlags {
  what: string;
  format: string;
  output?: string;
  filter: [name: string, value: string][];
}

/** What is known of an export when it is through; all of it but of a CSV or Parquet file from another node. */
export type Exported = Partial<ExportEnd> & Pick<ExportEnd, 'what' | 'position'>;

/** A way to the rows: writes them down and says how it ended. */
export type Exporter = (
  flags: QuestionFlags,
  write: Write,
  progress: (done: number) => void,
  signal: AbortSignal,
) => Promise<Exported>;

/** Rows of one question, from a running node or a data directory. */
export async function exportQuestion(context: Context, flags: QuestionFlags): Promise<void> {
  const { output: path, format } = flags;
  if (path === undefined) {
    if (format === 'parquet') throw needsFile();
    await writeRows(context, flags, (chunk) => context.output.data(chunk as string));
    return;
  }
  const written = await writeExportFile(path, (write) => writeRows(context, flags, write));
  context.output.result({ ...written, format, file: path }, describe(written, path));
}

async function writeRows(context: Context, flags: QuestionFlags, write: Write): Promise<Exported> {
  const exporter = await exporterOf(context, flags);
  const unit = flags.url !== undefined ? 'bytes' : 'rows';
  const progress = startProgress(context.output, 'exporting', unit);
  const stop = new AbortController();
  const onSignal = () => stop.abort(new AppError('SHUTTING_DOWN', 'the export is not complete'));
  context.signal.addEventListener('abort', onSignal, { once: true });
  try {
    const written = await exporter(flags, write, (done) => progress.update(done), stop.signal);
    if (written.cursor) throw cut(written);
    return written;
  } finally {
    context.signal.removeEventListener('abort', onSignal);
    progress.stop();
  }
}

async function exporterOf(context: Context, { url }: QuestionFlags): Promise<Exporter> {
  if (url !== undefined) return (await import('./export-remote.js')).exportRemote;
  const { exportLocal } = await import('./export-local.js');
  return exportLocal(context);
}

function describe({ rows, position, isComplete, reason, what }: Exported, path: string): string {
  const count = rows === undefined ? what : `${rows} ${what}`;
  const bounds = isComplete === false ? `; NOT complete (${reason})` : '';
  return `exported ${count} as of entry ${position} to ${path}${bounds}`;
}

function cut({ reason, rows }: Exported): AppError {
  const code = reason && reason in ERROR_CODES ? (reason as ErrorCode) : 'UNAVAILABLE';
  return new AppError(code, `the export was cut after ${rows} rows`);
}

function needsFile(): AppError {
  return new AppError('BAD_USER_INPUT', 'Parquet is not text', { hint: 'name a file: -o FILE' });
}
