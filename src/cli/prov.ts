import type { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { writeNewFile } from '../new-file.js';
import { formatProvJson } from '../record/prov/format.js';
import { checkProvSize, readProvJson } from '../record/prov/read.js';
import type { Context } from './context.js';
import { unreadable } from './source.js';

export function addProvCommand(program: Command, context: Context): void {
  const prov = program.command('prov').description('documents of W3C PROV');
  prov
    .command('convert')
    .description('read PROV-JSON, and write it again in our own form, which means the same')
    .argument('<file>', 'a PROV-JSON document, or - for stdin')
    .option('-o, --output <file>', 'write into this new file (default: stdout)')
    .action((file: string, flags: { output?: string }) => convert(context, file, flags.output));
}

async function convert({ output }: Context, file: string, path?: string): Promise<void> {
  const document = readProvJson(await readBounded(file));
  const text = [...formatProvJson(document)].join('');
  if (path !== undefined) {
    await writeNewFile(path, text);
    const { records, bundles } = document;
    const count = bundles.reduce((sum, bundle) => sum + bundle.records.length, records.length);
    const told = { file: path, records: count, bundles: bundles.length };
    output.result(told, `wrote ${count} record(s) to ${path}`);
  } else if (output.json) {
    output.result(JSON.parse(text) as object, '');
  } else {
    await output.data(text);
  }
}

/** @throws AppError NOT_FOUND, TOO_LARGE before more than that is held */
async function readBounded(file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const bytes: AsyncIterable<Uint8Array> = file === '-' ? process.stdin : createReadStream(file);
    for await (const chunk of bytes) {
      size += chunk.length;
      checkProvSize(size);
      chunks.push(chunk);
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  return Buffer.concat(chunks);
}
