import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../error.js';
import { GraphWriter } from './graph-writer.js';
import type { IndexRow } from './row.js';
import type { RowsWire } from './row-wire.js';
import { answerCalls } from './worker-call.js';

if (!parentPort) throw new AppError('INTERNAL', 'writer-worker runs only as a worker thread');

const path = workerData as string;
let writer: GraphWriter | undefined;
let timer: NodeJS.Timeout | undefined;

/** Items whose alerts are worked out before the next call is looked for: some milliseconds. */
const SLICE_ITEMS = 500;
/** Rows that are one caller's: their alerts are worked out before they are said to be applied. */
const BULK_ROWS = 64;
/** Rows come first: alerts wait until none have come for so long. */
const QUIET_MS = 200;

answerCalls(parentPort, {
  head: () => thenRest(open().head()),
  stage: (rows: RowsWire['rows'], extracts: string) => thenRest(open().stage(rows, extracts)),
  apply: (rows: IndexRow[]) => thenRest(open().apply(rows, BULK_ROWS)),
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

function thenRest<T>(result: T): T {
  rest();
  return result;
}

/** Once nobody has called for a while, alerts that are left over are worked on, until somebody calls. */
function rest(afterMs = QUIET_MS): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    try {
      if (writer && writer.settle(SLICE_ITEMS) > 0) rest(0);
    } catch {
      // a fault of the store meets the next call as well
    }
  }, afterMs);
}
