import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { readConfig } from '../config.js';
import { checkFormat, formatText, type ExportFormat } from '../query/export/export-format.js';
import { ExportRows } from '../query/export/export-rows.js';
import {
  checkLineageFormat,
  LINEAGE_EXPORT,
  openLineageText,
} from '../query/export/lineage-text.js';
import { openParquet } from '../query/export/parquet.js';
import { localViewer } from './access.js';
import type { Context } from './context.js';
import type { Write } from './export-file.js';
import type { Exporter } from './export-question.js';
import { openNode, roomsOf } from './node.js';
import { settingsOf } from './option.js';

/** From a data directory of this machine, once its index knows all of its log. */
export function exportLocal(context: Context): Exporter {
  return async (flags, write, progress, signal) => {
    const app = await openNode(readConfig(settingsOf(context, flags)));
    try {
      await app.follower.caughtUp(app.ledger.head().size);
      const rooms = roomsOf(app);
      const viewer = localViewer(app.description, flags.role);
      const parameters = gather(flags.filter);
      const asking = { rooms, viewer, signal };
      if (flags.what === LINEAGE_EXPORT) {
        const told = await openLineageText(asking, checkLineageFormat(flags.format), parameters);
        for (const text of told.text) await write(text);
        return told.end;
      }
      const format = checkFormat(flags.format);
      const rows = await ExportRows.open(asking, { what: flags.what, parameters });
      if (format === 'parquet') await writeParquet(rows, rooms.exportDirectory, write);
      else await writeText(rows, format, write, progress);
      return rows.end;
    } finally {
      await app.close();
    }
  };
}

async function writeText(
  rows: ExportRows,
  format: Exclude<ExportFormat, 'parquet'>,
  write: Write,
  progress: (done: number) => void,
): Promise<void> {
  for await (const text of formatText(rows, format)) {
    await write(text);
    progress(rows.end.rows);
  }
}

async function writeParquet(rows: ExportRows, directory: string, write: Write): Promise<void> {
  try {
    const { path } = await openParquet(rows, directory);
    for await (const chunk of createReadStream(path)) await write(chunk as Uint8Array);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function gather(filter: readonly [string, string][]): Record<string, string[]> {
  const parameters: Record<string, string[]> = {};
  for (const [name, value] of filter) (parameters[name] ??= []).push(value);
  return parameters;
}
