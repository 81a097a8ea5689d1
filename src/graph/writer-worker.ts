import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../error.js';
import { GraphWriter } from './graph-writer.js';
import type { IndexRow } from './row.js';
import type { RowsWire } from './row-wire.js';
import { answerCalls } from './worker-call.js';

if (!parentPort) throw new AppError('INTERNAL', 'writer-worker runs only as a worker thread');

const path = workerData as string;
let writer: GraphWriter | undefined;
let isResting = false;

/** Items whose alerts are worked out before the next call is looked for: some milliseconds. */
const SLICE_ITEMS = 500;
/** Rows that are one caller's: their alerts are worked out before they are said to be applied. */
const BULK_ROWS = 64;

answerCalls(parentPort, {
  head: () => {
    rest();
    return open().head();
  },
  stage: (rows: RowsWire['rows'], extracts: string) => open().stage(rows, extracts),
  apply: (rows: IndexRow[]) => {
    rest();
    return open().apply(rows, BULK_ROWS);
  },
  close: () => {
    writer?.close();
    writer = undefined;
  },
});

/** Opened by the first call, so that what is wrong with the file is that call's error. */
function open(): GraphWriter {
  writer ??= GraphWriter.open(path);
  return writer;
}

/** While nobody calls, alerts that are left over are worked on. */
function rest(): void {
  if (isResting) return;
  isResting = true;
  setImmediate(() => {
    isResting = false;
    try {
      if (writer && writer.settle(SLICE_ITEMS) > 0) rest();
    } catch {
      // a fault of the store meets the next call as well
    }
  });
}
