import type { Command } from 'commander';
import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Role } from '../access/viewer.js';
import { readConfig } from '../config.js';
import { AppError } from '../error.js';
import type { Context } from './context.js';
import { dataOption, settingsOf, type NodeFlags } from './option.js';
import { startProgress } from './progress.js';
import { roleOption } from './role.js';

interface ExportFlags extends NodeFlags {
  output?: string;
  role: Role;
}

/** Takes a chunk, no faster than it can be written. */
type Write = (chunk: string) => Promise<void>;

export function addExportCommand(program: Command, context: Context): void {
  program
    .command('export')
    .description(
      'write the whole log as JSON lines, each record with its content, then the checkpoint that proves them',
    )
    .option('-o, --output <file>', 'write into this new file (default: stdout)')
    .addOption(roleOption('content is included as far as this role may read it'))
    .addOption(dataOption())
    .action((flags: ExportFlags) => exportLog(context, flags));
}

async function exportLog(context: Context, flags: ExportFlags): Promise<void> {
  if (flags.output !== undefined) await exportToFile(context, flags, flags.output);
  else await writeLog(context, flags, (chunk) => context.output.data(chunk));
}

/** Mode 0600, because content is in the clear here; never overwrites, and leaves no half of an export behind. */
async function exportToFile(context: Context, flags: ExportFlags, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  const stream = file.createWriteStream({ flush: true });
  try {
    const written = await writeLog(context, flags, (chunk) => writeTo(stream, chunk));
    stream.end();
    await finished(stream);
    const words = `exported ${written.records} records to ${path}`;
    context.output.result({ ...written, file: path }, words);
  } catch (error) {
    stream.destroy();
    await rm(path, { force: true });
    throw error;
  }
}

async function writeTo(stream: WriteStream, chunk: string): Promise<void> {
  if (stream.errored) throw stream.errored;
  if (!stream.write(chunk)) await once(stream, 'drain');
}

async function writeLog(
  context: Context,
  flags: ExportFlags,
  write: Write,
): Promise<{ records: number; size: number }> {
  const [{ exportLines }, { localViewer }, { openNode, roomsOf }] = await Promise.all([
    import('./export-line.js'),
    import('./access.js'),
    import('./node.js'),
  ]);
  const app = await openNode(readConfig(settingsOf(context, flags)));
  const { size } = app.ledger.head();
  const progress = startProgress(context.output, 'exporting', 'entries', size);
  let records = 0;
  try {
    const viewer = localViewer(app.description, flags.role);
    for await (const chunk of exportLines(roomsOf(app), viewer)) {
      if (context.signal.aborted) throw new AppError('SHUTTING_DOWN', 'the export is not complete');
      await write(chunk.text);
      records += chunk.records;
      progress.update(chunk.position);
    }
    return { records, size };
  } finally {
    progress.stop();
    await app.close();
  }
}
