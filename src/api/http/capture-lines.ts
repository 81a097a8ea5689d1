import type { CaptureResult } from '../../capture/capture.js';
import { AppError } from '../../error.js';
import type { Line } from '../../record/ndjson.js';
import type { CaptureTally } from './capture-tally.js';

/** Captures one batch, under a key of its own when the upload has one. */
export type SendBatch = (batch: Line[], key: string | undefined) => Promise<CaptureResult>;

/** A batch is sent off when it holds this much; with the batches in flight that bounds what one upload holds in memory. */
const BATCH_LINES_MAX = 500;
const BATCH_CHARACTERS_MAX = 1_048_576;
const BATCHES_IN_FLIGHT_MAX = 6;

interface Flight {
  lines: number[];
  result: Promise<CaptureResult>;
}

/**
 * Captures lines as they come in: each batch stands for itself, a bad line costs only itself.
 * While the batches in flight are many enough nothing more is read, so the caller's socket waits.
 * Batches are cut by the lines alone, so the same body under the same key is cut the same way again.
 */
export async function captureLines(
  lines: AsyncIterable<Line>,
  key: string | undefined,
  send: SendBatch,
  tally: CaptureTally,
): Promise<void> {
  const flights: Flight[] = [];
  let index = 0;
  try {
    for await (const batch of cutBatches(lines)) {
      const result = send(batch, key === undefined ? undefined : `${key}#${index++}`);
      // Looked at in its turn; until then a failure must not count as unhandled.
      result.catch(() => undefined);
      flights.push({ lines: batch.map(({ line }) => line), result });
      if (flights.length >= BATCHES_IN_FLIGHT_MAX) await landFirst(flights, tally);
    }
  } finally {
    await landAll(flights, tally);
  }
}

/** Collects the lines of an all-or-nothing upload. @throws AppError TOO_LARGE */
export async function collectLines(lines: AsyncIterable<Line>, countMax: number): Promise<Line[]> {
  const all: Line[] = [];
  for await (const line of lines) {
    if (all.push(line) <= countMax) continue;
    throw new AppError('TOO_LARGE', `an all-or-nothing upload holds at most ${countMax} lines`, {
      hint: 'send fewer at a time, or ask for proceed',
    });
  }
  return all;
}

async function* cutBatches(lines: AsyncIterable<Line>): AsyncGenerator<Line[]> {
  let batch: Line[] = [];
  let characters = 0;
  for await (const line of lines) {
    batch.push(line);
    characters += line.text.length;
    if (batch.length < BATCH_LINES_MAX && characters < BATCH_CHARACTERS_MAX) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}

async function landFirst(flights: Flight[], tally: CaptureTally): Promise<void> {
  const { lines, result } = flights.shift()!;
  tally.add(await result, lines);
}

/** What is in flight lands whatever happened to the others: the tally must say all that was captured. */
async function landAll(flights: Flight[], tally: CaptureTally): Promise<void> {
  let failure: unknown;
  while (flights.length > 0) {
    await landFirst(flights, tally).catch((error: unknown) => (failure ??= error));
  }
  if (failure !== undefined) throw failure as Error;
}
