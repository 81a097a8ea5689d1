import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';

const MAIN = resolve('dist/main.js');

export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The last line of stdout as JSON; throws when it is none. */
  json: <T = Record<string, unknown>>() => T;
}

export interface CliOptions {
  stdin?: string;
  env?: Record<string, string>;
  cwd?: string;
}

/** Starts the built program as a user would; nothing of this process's settings reaches it. */
export function spawnCli(args: string[], options: CliOptions = {}): ChildProcess {
  if (!existsSync(MAIN)) throw new Error('dist/main.js is missing: run "npm run build" first');
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PROVTRAIL_') && name !== 'NODE_OPTIONS',
  );
  return spawn(process.execPath, [MAIN, ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: { ...Object.fromEntries(inherited), ...options.env },
  });
}

export async function runCli(args: string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawnCli(args, options);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.stdin ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return toResult(code, stdout(), stderr());
}

export function toResult(code: number | null, stdout: string, stderr: string): CliResult {
  const json = () => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  return { code, stdout, stderr, json };
}

/** Waits until the child has said something on stdout that the pattern matches. */
export function waitForLine(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = pattern.exec(text);
      if (found) resolve(found);
    });
    child.once('close', (code) => reject(new Error(`ended with ${code} before that: ${errors}`)));
  });
}

/** Ends a child by signal and gives its exit code. */
export async function stopCli(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  child.kill(signal);
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
