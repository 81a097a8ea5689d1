import type { Role } from '../access/viewer.js';
import { readConfig } from '../config.js';
import { AppError } from '../error.js';
import type { Context } from './context.js';
import { writeExportFile, type Write } from './export-file.js';
import { settingsOf, type NodeFlags } from './option.js';
import { startProgress } from './progress.js';

export interface LogFlags extends NodeFlags {
  output?: string;
  role: Role;
}

/** The whole log of a data directory as JSON lines that prove themselves: `export-line.ts`. */
export async function exportLog(context: Context, flags: LogFlags): Promise<void> {
  const { output: path } = flags;
  if (path === undefined) {
    await writeLog(context, flags, (chunk) => context.output.data(chunk as string));
    return;
  }
  const written = await writeExportFile(path, (write) => writeLog(context, flags, write));
  const words = `exported ${written.records} records to ${path}`;
  context.output.result({ ...written, file: path }, words);
}

async function writeLog(
  context: Context,
  flags: LogFlags,
  write: Write,
): Promise<{ records: number; size: number }> {
  const [{ exportLines }, { localViewer }, { openToAsk, roomsOf }] = await Promise.all([
    import('./export-line.js'),
    import('./access.js'),
    import('./node.js'),
  ]);
  const app = await openToAsk(readConfig(settingsOf(context, flags)));
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
