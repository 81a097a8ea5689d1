import { AppError, isAppError } from '../error.js';
import type { ExportEnd } from '../query/export/export-rows.js';
import { toError } from './ask.js';
import type { Write } from './export-file.js';
import type { Exporter } from './export-question.js';

/** Of the last line, which says how it ended. */
const TAIL_CHARACTERS = 65_536;

/** From a running node; a transfer that breaks off fails, whatever the format. */
export const exportRemote: Exporter = async (flags, write, progress, signal) => {
  const { what, format } = flags;
  const answer = await open(flags, signal);
  const position = Number(answer.headers.get('provtrail-export-position'));
  const lack = answer.headers.get('provtrail-export-incomplete');
  const tail = await pass(answer, format !== 'parquet', write, progress, signal);
  if (format === 'jsonl') return readEnd(tail);
  return { what, position, ...(lack !== null && { isComplete: false, reason: lack }) };
};

async function open(
  { url = '', token, what, format, filter }: Parameters<Exporter>[0],
  signal: AbortSignal,
): Promise<Response> {
  const address = new URL('export', url.endsWith('/') ? url : `${url}/`);
  address.search = new URLSearchParams([['what', what], ['format', format], ...filter]).toString();
  const headers: Record<string, string> =
    token === undefined ? {} : { authorization: `Bearer ${token}` };
  try {
    const answer = await fetch(address, { headers, signal });
    if (answer.ok) return answer;
    throw toError((await answer.json()) as { code?: string });
  } catch (error) {
    throw isAppError(error) ? error : noAnswer(address.origin, error);
  }
}

/** @returns the end of a text */
async function pass(
  answer: Response,
  isText: boolean,
  write: Write,
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const decoder = new TextDecoder();
  let tail = '';
  let sizeBytes = 0;
  for await (const bytes of chunksOf(answer, signal)) {
    const chunk = isText ? decoder.decode(bytes, { stream: true }) : bytes;
    if (typeof chunk === 'string') tail = (tail + chunk).slice(-TAIL_CHARACTERS);
    await write(chunk);
    sizeBytes += bytes.length;
    progress(sizeBytes);
  }
  return tail;
}

async function* chunksOf(answer: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    if (answer.body) yield* answer.body;
  } catch (error) {
    throw signal.aborted ? signal.reason : brokenOff(error);
  }
}

function readEnd(tail: string): ExportEnd {
  const line = tail.trimEnd().split('\n').at(-1) ?? '';
  try {
    const { export: end } = JSON.parse(line) as { export?: ExportEnd };
    if (end) return end;
  } catch (error) {
    throw brokenOff(error);
  }
  throw brokenOff();
}

function brokenOff(cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', 'the export broke off', {}, { cause });
}

function noAnswer(origin: string, cause: unknown): AppError {
  return new AppError(
    'UNAVAILABLE',
    `there is no answer of a node from ${origin}`,
    { hint: 'is the node running? start one with: provtrail start --data DIR' },
    { cause },
  );
}
