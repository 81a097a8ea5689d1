import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../error.js';
import { GraphReader, READ_METHODS } from './graph-reader.js';
import { answerCalls, type Methods } from './worker-call.js';

if (!parentPort) throw new AppError('INTERNAL', 'reader-worker runs only as a worker thread');

const path = workerData as string;
let reader: GraphReader | undefined;

const methods: Methods = {
  close: () => {
    reader?.close();
    reader = undefined;
  },
};
for (const name of READ_METHODS) {
  methods[name] = (...args: never[]) => {
    reader ??= GraphReader.open(path);
    return (reader[name] as (...args: never[]) => unknown)(...args);
  };
}

answerCalls(parentPort, methods);
