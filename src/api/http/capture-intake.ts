import { Readable } from 'node:stream';
import { Procession } from '../../capture/procession.js';
import { ROLLBACK_RECORDS_MAX } from '../../capture/whole-chunk.js';
import { AppError } from '../../error.js';
import { Gate } from '../../gate.js';
import { splitLines, type Line } from '../../record/ndjson.js';
import type { Rooms } from '../rooms.js';
import { readBody, withWholeBody, type BodyBounds } from './body-stream.js';
import { ByteBudget } from './byte-budget.js';
import { captureLines, collectLines } from './capture-lines.js';
import type { CaptureOrder } from './capture-order.js';
import type { CaptureTally } from './capture-tally.js';
import type { ServerLimits } from './option.js';

/** Batches captured at a time by all uploads together: fewer than would make the log push back. */
const BATCHES_MAX = 8;
/** What all bodies that must be held whole may take together. */
const WHOLE_BODIES_MAX_BYTES = 268_435_456;
/** Each upload holds some batches in memory. */
const UPLOADS_MAX = 64;

/** Takes bulk bodies in, within what the node can hold, and adds what becomes of them to a tally. */
export class CaptureIntake {
  private readonly gate = new Gate(BATCHES_MAX);
  private readonly budget = new ByteBudget(WHOLE_BODIES_MAX_BYTES);
  private uploads = 0;

  constructor(
    private readonly rooms: Rooms,
    private readonly limits: ServerLimits,
    private readonly closing: AbortSignal,
    private readonly observe: (seconds: number) => void,
  ) {}

  /** @throws AppError whatever ended the upload; the tally says what was captured before */
  async take(body: Readable, order: CaptureOrder, tally: CaptureTally): Promise<void> {
    if (this.uploads >= UPLOADS_MAX) throw new AppError('LOG_BUSY', 'too many uploads at a time');
    this.uploads++;
    try {
      if (!order.isLines) await this.takeDocument(body, order, tally);
      else if (order.mode === 'proceed') await this.takeEachLine(body, order, tally);
      else await this.takeAllLines(body, order, tally);
    } finally {
      this.uploads--;
    }
  }

  private async takeDocument(body: Readable, order: CaptureOrder, tally: CaptureTally) {
    await this.withWhole(body, async (bytes) => {
      if (bytes.length === 0) return;
      tally.add(await this.capture([decodeUtf8(bytes)], order));
    });
  }

  private async takeEachLine(body: Readable, order: CaptureOrder, tally: CaptureTally) {
    const lines = splitLines(readBody(body, this.bounds(this.limits.captureMaxBytes)));
    // a resource may stand in several lines: the last of them is its newest version
    const procession = new Procession();
    const send = (batch: Line[], idempotencyKey: string | undefined) =>
      this.capture(textsOf(batch), { ...order, idempotencyKey }, procession);
    await captureLines(lines, order.idempotencyKey, send, tally);
  }

  private async takeAllLines(body: Readable, order: CaptureOrder, tally: CaptureTally) {
    await this.withWhole(body, async (bytes) => {
      const lines = await collectLines(splitLines(Readable.from([bytes])), ROLLBACK_RECORDS_MAX);
      if (lines.length === 0) return;
      const result = await this.capture(textsOf(lines), order);
      tally.add(
        result,
        lines.map(({ line }) => line),
      );
    });
  }

  private capture(
    texts: string[],
    { mediaType, mode, idempotencyKey, waitFor, classes, strict, source }: CaptureOrder,
    procession?: Procession,
  ) {
    const documents = texts.map((text) => ({ text, mediaType }));
    const input = { documents, mode, idempotencyKey, waitFor, classes, strict, source, procession };
    return this.gate.run(async () => {
      const start = performance.now();
      const result = await this.rooms.capture.capture(input);
      this.observe((performance.now() - start) / 1000);
      return result;
    });
  }

  private withWhole(body: Readable, work: (bytes: Buffer) => Promise<void>): Promise<void> {
    return withWholeBody(body, this.bounds(this.limits.documentMaxBytes), this.budget, work);
  }

  private bounds(sizeMaxBytes: number): BodyBounds {
    return { sizeMaxBytes, pauseMs: this.limits.bodyTimeoutMs, closing: this.closing };
  }
}

function textsOf(lines: Line[]): string[] {
  return lines.map(({ text }) => text);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AppError('MALFORMED_JSON', 'the body is not UTF-8');
  }
}
