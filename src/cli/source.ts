import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { AppError } from '../error.js';
import { splitLines } from '../record/ndjson.js';

/** Documents of one file that are captured in one call. */
export interface Batch {
  file: string;
  texts: string[];
  /** Line of each text, from 1; absent when the file is one document. */
  lines?: number[];
  /**
   * Made from the file's name, never its content: the node adds the content of each record itself. So the same command
   * run again captures nothing twice, and a mended file adds only what was mended.
   */
  idempotencyKey: string;
}

/** A whole file is read at once only up to this size; larger ones belong in NDJSON. */
const DOCUMENT_MAX_BYTES = 64 * 1024 * 1024;
/** Batches follow one another, so that records keep their order; a large one lets sealing run ahead of writing. */
const BATCH_LINES = 4_096;
const BATCH_CHARACTERS = 8 * 1024 * 1024;

const LINE_EXTENSIONS = ['.ndjson', '.jsonl'];
const EXTENSIONS = ['.json', '.jsonld', '.provjson', '.xml', ...LINE_EXTENSIONS];

/** The files meant by the arguments: a directory stands for the JSON and XML files in it, in order of their names. */
export async function listFiles(paths: string[]): Promise<string[]> {
  const lists = await Promise.all(paths.map((path) => listPath(path)));
  return lists.flat();
}

async function listPath(path: string): Promise<string[]> {
  if (path === '-') return [path];
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => EXTENSIONS.includes(extname(name)));
  if (names.length === 0) {
    throw new AppError('BAD_USER_INPUT', `there is no ${EXTENSIONS.join(', ')} file in ${path}`);
  }
  return names.sort().map((name) => join(path, name));
}

/**
 * @param whole all lines in one batch, because they are captured all or none
 * @throws AppError NOT_FOUND, TOO_LARGE, and what the splitter of lines throws
 */
export async function* readBatches(file: string, whole: boolean): AsyncGenerator<Batch> {
  try {
    if (file === '-') yield* readLines('stdin', process.stdin, whole);
    else if (LINE_EXTENSIONS.includes(extname(file))) {
      yield* readLines(file, createReadStream(file), whole);
    } else yield await readWhole(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function readWhole(file: string): Promise<Batch> {
  const { size } = await stat(file);
  if (size > DOCUMENT_MAX_BYTES) {
    throw new AppError('TOO_LARGE', `a document holds at most ${DOCUMENT_MAX_BYTES} bytes`, {
      hint: 'write it as NDJSON, one record a line, into a file named .ndjson',
    });
  }
  const text = decodeText(await readFile(file));
  return { file, texts: [text], idempotencyKey: `file ${basename(file)}` };
}

/** Batches have keys of their own: a line that stands in two of them is two records. */
async function* readLines(
  file: string,
  bytes: AsyncIterable<Uint8Array>,
  whole: boolean,
): AsyncGenerator<Batch> {
  let number = 0;
  let batch = { texts: [] as string[], lines: [] as number[], characters: 0 };
  const format = (): Batch => ({
    file,
    texts: batch.texts,
    lines: batch.lines,
    idempotencyKey: `lines ${basename(file)} ${number++}`,
  });
  try {
    for await (const { line, text } of splitLines(bytes)) {
      batch.texts.push(text);
      batch.lines.push(line);
      batch.characters += text.length;
      if (whole) checkWhole(batch.characters);
      else if (batch.lines.length >= BATCH_LINES || batch.characters >= BATCH_CHARACTERS) {
        yield format();
        batch = { texts: [], lines: [], characters: 0 };
      }
    }
  } catch (error) {
    // A line that cannot be read ends the file, not what stood before it.
    if (!whole && batch.lines.length > 0) yield format();
    throw error;
  }
  if (batch.lines.length > 0) yield format();
  else if (number === 0) throw new AppError('EMPTY_INPUT', 'there is no line in it');
}

function checkWhole(characters: number): void {
  if (characters <= DOCUMENT_MAX_BYTES) return;
  throw new AppError(
    'TOO_LARGE',
    `an all-or-nothing file holds at most ${DOCUMENT_MAX_BYTES} bytes`,
    {
      hint: 'split it, or use --mode proceed',
    },
  );
}

/** Bytes as they are: what is not UTF-8 must be refused by the reader of documents, not mended here. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new AppError('MALFORMED_JSON', 'the file is not UTF-8');
  }
}

/** A file that is not there, or may not be read, as the failure it is. */
export function unreadable(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new AppError('NOT_FOUND', `there is no file ${basename(file)}`);
  if (code === 'EACCES') return new AppError('NOT_FOUND', `${basename(file)} may not be read`);
  return error;
}
