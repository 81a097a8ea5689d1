import type { Readable } from 'node:stream';
import { AppError } from '../../error.js';
import type { ByteBudget } from './byte-budget.js';

/** A caller slower than this, after a first grace, is only holding a place. */
const BYTES_PER_MS_MIN = 8;

export interface BodyBounds {
  sizeMaxBytes: number;
  /** Longest wait for the next piece, and the grace before the slowest allowed rate is asked for. */
  pauseMs: number;
  /** Ends the reading, with its reason. */
  closing?: AbortSignal;
}

/**
 * A request body piece by piece, only as fast as it is taken, never more than its bounds.
 * Time spent by the consumer does not count against the caller.
 *
 * @throws AppError TOO_LARGE, DEADLINE, MALFORMED_JSON (the body broke off or could not be decompressed)
 */
export async function* readBody(stream: Readable, bounds: BodyBounds): AsyncGenerator<Uint8Array> {
  const pieces = stream.iterator({ destroyOnReturn: false });
  let received = 0;
  let waited = 0;
  for (;;) {
    const start = performance.now();
    const { done, value } = await nextPiece(pieces, bounds);
    waited += performance.now() - start;
    if (done) return;
    const piece = value as Uint8Array;
    received += piece.length;
    if (received > bounds.sizeMaxBytes) throw tooLarge(bounds.sizeMaxBytes);
    if (waited > bounds.pauseMs + received / BYTES_PER_MS_MIN) throw tooSlow();
    yield piece;
  }
}

/** Does the work with the whole body, which counts against the budget until the work is done. */
export async function withWholeBody<T>(
  stream: Readable,
  bounds: BodyBounds,
  budget: ByteBudget,
  work: (body: Buffer) => Promise<T>,
): Promise<T> {
  const pieces: Uint8Array[] = [];
  let taken = 0;
  try {
    for await (const piece of readBody(stream, bounds)) {
      budget.take(piece.length);
      taken += piece.length;
      pieces.push(piece);
    }
    return await work(Buffer.concat(pieces));
  } finally {
    budget.giveBack(taken);
  }
}

async function nextPiece(
  pieces: AsyncIterator<unknown>,
  { pauseMs, closing }: BodyBounds,
): Promise<IteratorResult<unknown>> {
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  closing?.throwIfAborted();
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow()), pauseMs);
    stop = () => reject(closing?.reason as Error);
    closing?.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([pieces.next().catch(brokenOff), late]);
  } finally {
    clearTimeout(timer);
    closing?.removeEventListener('abort', stop);
  }
}

function brokenOff(cause: unknown): never {
  throw new AppError(
    'MALFORMED_JSON',
    'the body broke off or is not what its encoding says',
    {},
    { cause },
  );
}

function tooSlow(): AppError {
  return new AppError('DEADLINE', 'the body came too slowly');
}

function tooLarge(limit: number): AppError {
  return new AppError('TOO_LARGE', `the body is larger than ${limit} bytes`, { limit });
}
