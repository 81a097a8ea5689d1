import type { Command } from 'commander';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Role } from '../access/viewer.js';
import type { App } from '../app.js';
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

/** Where the lines go, no faster than they can be taken. */
interface Sink {
  write(chunk: string): Promise<void>;
  end(): Promise<void>;
}

export function addExportCommand(program: Command, context: Context): void {
  program
    .command('export')
    .description(
      'write the whole log as JSON lines, each record with its content, then the checkpoint that proves them',
    )
    .option('-o, --output <file>', 'write into this new file (default: stdout)')
    .addOption(roleOption('content is included as far as this role may read it'))
    .addOption(dataOption())
    .action((flags: ExportFlags) => exportRecords(context, flags));
}

async function exportRecords(context: Context, flags: ExportFlags): Promise<void> {
  const { openNode } = await import('./node.js');
  const app = await openNode(readConfig(settingsOf(context, flags)));
  try {
    const sink = flags.output === undefined ? stdoutSink(context) : fileSink(flags.output);
    const records = await writeAll(context, app, flags.role, sink);
    if (flags.output === undefined) return;
    const { size } = app.ledger.head();
    context.output.result(
      { records, file: flags.output, size },
      `exported ${records} records to ${flags.output}`,
    );
  } finally {
    await app.close();
  }
}

async function writeAll(context: Context, app: App, role: Role, sink: Sink): Promise<number> {
  const [{ exportLines }, { localViewer }, { roomsOf }] = await Promise.all([
    import('./export-line.js'),
    import('./access.js'),
    import('./node.js'),
  ]);
  const viewer = localViewer(app.description, role);
  const progress = startProgress(context.output, 'exporting', 'entries', app.ledger.head().size);
  let records = 0;
  try {
    for await (const { text, records: count, position } of exportLines(roomsOf(app), viewer)) {
      if (context.signal.aborted) throw new AppError('SHUTTING_DOWN', 'the export is not complete');
      await sink.write(text);
      records += count;
      progress.update(position);
    }
    await sink.end();
    return records;
  } finally {
    progress.stop();
  }
}

function stdoutSink({ output }: Context): Sink {
  return { write: (chunk) => output.data(chunk), end: async () => {} };
}

/** Mode 0600, because content is in the clear here; never overwrites. */
function fileSink(path: string): Sink {
  const stream = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => {});
  return {
    async write(chunk) {
      if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), failed]);
    },
    async end() {
      stream.end();
      await finished(stream);
    },
  };
}
