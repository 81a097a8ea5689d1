import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../error.js';
import { GraphWriter } from './graph-writer.js';
import type { IndexRow } from './row.js';
import type { RowsWire } from './row-wire.js';
import { answerCalls } from './worker-call.js';

if (!parentPort) throw new AppError('INTERNAL', 'writer-worker runs only as a worker thread');

const path = workerData as string;
let writer: GraphWriter | undefined;

answerCalls(parentPort, {
  head: () => open().head(),
  stage: (rows: RowsWire['rows'], extracts: string) => open().stage(rows, extracts),
  apply: (rows: IndexRow[]) => open().apply(rows),
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
