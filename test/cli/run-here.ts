import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { Output } from '../../src/cli/output.js';
import { runCommand } from '../../src/cli/program.js';
import { toResult, type CliResult } from './run-cli.js';

/** Runs a command in this process and on its thread: the program whole, but for the start of a process and its stdin. */
export async function runHere(
  args: string[],
  { env = {} }: { env?: Record<string, string> } = {},
): Promise<CliResult> {
  const [stdout, stderr] = [new Gathered(), new Gathered()];
  const output = new Output(stdout as unknown as WriteStream, stderr as unknown as WriteStream);
  const { signal } = new AbortController();
  const before = { ...process.env };
  Object.assign(process.env, { PROVTRAIL_THREADS: 'false' }, env);
  try {
    const code = await runCommand(['node', 'provtrail', ...args], output, signal);
    return toResult(code, stdout.text, stderr.text);
  } finally {
    process.env = before;
  }
}

class Gathered extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
