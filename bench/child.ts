import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Stage } from './stage.ts';

/** Runs a program to its end and answers its stdout; what it says on stderr is told only when it fails. */
export async function runChild(stage: Stage, command: string, args: string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  stage.watch(child.pid);
  const [output, words, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  stage.unwatch(child.pid);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${words.trim().slice(-500)}`);
  return output;
}
