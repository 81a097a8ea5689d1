import { AppError } from '../error.js';
import { generateSample, type SampleDocument } from '../sample/sample.js';
import type { RemoteNode } from './ask.js';
import type { Context } from './context.js';
import { startProgress } from './progress.js';
import { remoteTarget } from './remote-target.js';

export interface CaptureRun {
  records: number;
  documents: number;
  seconds: number;
}

/** As many partners send at the same time; what they send lands in groups. */
const SENDERS = 4;

/** Sends a seeded consortium to a node, document by document, as its members would. */
export async function captureSample(
  { output, signal }: Context,
  node: RemoteNode,
  sample: { records: number; seed: number },
): Promise<CaptureRun> {
  const target = remoteTarget(node.url, node.token);
  const documents = generateSample(sample);
  const progress = startProgress(output, 'capturing', 'records', sample.records);
  const run: CaptureRun = { records: 0, documents: 0, seconds: 0 };
  const send = async (): Promise<void> => {
    for (;;) {
      const next = documents.next();
      if (next.done || signal.aborted) return;
      const captured = await sendOne(target, next.value);
      run.records += captured;
      run.documents++;
      progress.update(run.records);
    }
  };
  const startedAt = performance.now();
  try {
    await Promise.all(Array.from({ length: SENDERS }, send));
  } finally {
    progress.stop();
  }
  if (signal.aborted) throw new AppError('SHUTTING_DOWN', 'the demo was stopped');
  return { ...run, seconds: (performance.now() - startedAt) / 1_000 };
}

async function sendOne(
  target: ReturnType<typeof remoteTarget>,
  { name, text }: SampleDocument,
): Promise<number> {
  const batch = { file: name, texts: [text], idempotencyKey: name };
  const { captured, problems } = await target.capture(batch, { mode: 'rollback', strict: false });
  const [problem] = problems;
  if (problem)
    throw new AppError('INVALID_RECORD', `${name}${problem.pointer}: ${problem.message}`);
  return captured;
}
