import type { PressJob, PressedChunk } from './press.js';
import type { Presser } from './presser.js';

/**
 * Holds up the thread that answers requests for less than 20 ms, also when it is a Bundle of as many of the smallest
 * resources as fit: eighty, each sealed and signed.
 */
const SMALL_JOB = { documents: 8, characters: 4_096 };

/**
 * Presses small jobs here and large ones on a thread. A record that comes alone would spend more on its way to the
 * thread and back than on being pressed, and would wait there for the bulk uploads before it.
 */
export class SplitPresser implements Presser {
  constructor(
    private readonly here: Presser,
    private readonly thread: Presser,
  ) {}

  press(job: PressJob): AsyncIterable<PressedChunk> {
    return (isSmall(job) ? this.here : this.thread).press(job);
  }

  async close(): Promise<void> {
    await this.here.close();
    await this.thread.close();
  }
}

function isSmall({ documents }: PressJob): boolean {
  if (documents.length > SMALL_JOB.documents) return false;
  return documents.reduce((sum, { text }) => sum + text.length, 0) <= SMALL_JOB.characters;
}
