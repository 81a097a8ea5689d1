import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Stage } from './stage.ts';

/** Runs a program to its end and answers its stdout; its stderr is ours. */
export async function runChild(stage: Stage, command: string, args: string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  stage.watch(child.pid);
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  stage.unwatch(child.pid);
  if (code !== 0) throw new Error(`${command} ended with ${code}`);
  return output;
}
