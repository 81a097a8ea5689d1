import type { Command } from 'commander';
import { AppError } from '../error.js';
import type { EventInContext } from '../record/epcis/hash/event-hash.js';
import type { Context } from './context.js';
import { EXIT } from './failure.js';
import { listFiles, readBatches } from './source.js';

interface EventHashFlags {
  preHash?: true;
}

interface HashedEvent {
  file: string;
  hash: string;
  preHash?: string;
}

interface UnreadFile {
  file: string;
  code: string;
  message: string;
  pointer?: string;
}

export function addEventHashCommand(program: Command, context: Context): void {
  program
    .command('event-hash')
    .description('print the event hash id (CBV 2.0) of each EPCIS event, in the order of the files')
    .argument(
      '<file...>',
      'EPCIS documents or events, directories of these, or - for NDJSON on stdin',
    )
    .option('--pre-hash', 'print the string that is hashed instead; it holds the content')
    .action((paths: string[], flags: EventHashFlags) => hashFiles(context, paths, flags));
}

async function hashFiles(context: Context, paths: string[], flags: EventHashFlags): Promise<void> {
  const { output } = context;
  const events: HashedEvent[] = [];
  const unread: UnreadFile[] = [];
  for (const file of await listFiles(paths)) {
    try {
      for await (const event of hashFile(file, flags)) {
        if (output.json) events.push(event);
        else await output.data(`${event.preHash ?? event.hash}\n`);
      }
    } catch (error) {
      unread.push(describeUnread(file, error));
    }
    if (context.signal.aborted) break;
  }
  for (const { file, code, message, pointer = '' } of unread) {
    output.say(`provtrail: ${file}${pointer}: ${message} (${code})`);
  }
  if (output.json) output.result({ events, unread }, '');
  context.exitCode = unread.length === 0 && !context.signal.aborted ? EXIT.ok : EXIT.failure;
}

/** @throws AppError what reading throws, and EMPTY_INPUT for a file without an event */
async function* hashFile(file: string, flags: EventHashFlags): AsyncGenerator<HashedEvent> {
  const { formatHash, preHash } = await import('../record/epcis/hash/event-hash.js');
  let count = 0;
  for await (const { texts } of readBatches(file, false)) {
    for (const text of texts) {
      for (const { event, context } of await readText(text)) {
        const string = preHash(event, context);
        yield { file, hash: formatHash(string), ...(flags.preHash && { preHash: string }) };
        count++;
      }
    }
  }
  if (count === 0) throw new AppError('EMPTY_INPUT', 'there is no event in it');
}

async function readText(text: string): Promise<Iterable<EventInContext>> {
  if (/^\uFEFF?\s*</.test(text)) {
    const { readXmlEvents } = await import('../record/epcis/hash/xml-event.js');
    return readXmlEvents(text);
  }
  const [{ readEvents }, { readJson }] = await Promise.all([
    import('../record/epcis/hash/event-hash.js'),
    import('../record/json-text.js'),
  ]);
  return readEvents(readJson(text).value);
}

function describeUnread(file: string, error: unknown): UnreadFile {
  if (!(error instanceof AppError)) throw error;
  const { code, message, data } = error;
  return { file, code, message, ...(data.pointer !== undefined && { pointer: data.pointer }) };
}
