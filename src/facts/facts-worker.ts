import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../error.js';
import { FactsEngine, type FactsPaths } from './facts-engine.js';

if (!parentPort) throw new AppError('INTERNAL', 'facts-worker runs only as a worker thread');

const port = parentPort;
const engine = new FactsEngine(workerData as FactsPaths);

interface Call {
  id: number;
  method: string;
  args: string;
}

port.on('message', (call: Call) => void answer(call));

/** Calls are answered as they are done: a question need not wait for a step, nor for another question. */
async function answer({ id, method, args }: Call): Promise<void> {
  try {
    const methods = engine as unknown as Record<string, (...args: unknown[]) => unknown>;
    const given = (JSON.parse(args) as unknown[]).map((arg) => arg ?? undefined);
    const result = JSON.stringify(await methods[method]!(...given));
    port.postMessage({ id, result });
  } catch (error) {
    port.postMessage({ id, error: encodeError(error) });
  }
}

/** Only our own errors may show what they say; of any other just its name crosses. */
function encodeError(error: unknown) {
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, data: error.data };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return { code: 'INTERNAL', message: `unexpected ${name} in the facts`, data: {} };
}
