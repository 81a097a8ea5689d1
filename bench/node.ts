import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.ts';
import { Client } from './http.ts';
import type { Stage } from './stage.ts';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

// as npx does: the file is run, so that its first line counts, by the Node that runs this
process.env['PATH'] = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`;

/** One tick of /proc/PID/stat on Linux. */
const TICK_MS = 10;

/** Runs one command of the product to its end and answers the object it prints last. */
export async function provtrail<T>(stage: Stage, ...args: string[]): Promise<T> {
  const output = await runChild(stage, MAIN, [...args, '--json']);
  return JSON.parse(output.trim().split('\n').at(-1)!) as T;
}

/** A node of the product as it is deployed: a process of its own, spoken to over loopback. */
export class Node {
  readonly pid: number;
  /** From the start of the process until it listened, and until its index had caught up. */
  readonly took: { listenMs: number; readyMs: number };
  readonly client: Client;
  private readonly child: ChildProcess;
  private readonly stage: Stage;

  private constructor(stage: Stage, child: ChildProcess, client: Client, took: Node['took']) {
    this.stage = stage;
    this.child = child;
    this.pid = child.pid!;
    this.client = client;
    this.took = took;
  }

  static async start(stage: Stage, directory: string, connections = 32): Promise<Node> {
    const { token } = await provtrail<{ token: string }>(
      stage,
      'token',
      ...['--data', directory, '--role', 'service', '--ttl', '7200'],
    );
    const args = ['start', '--data', directory, '--port', '0', '--json'];
    const env = {
      ...process.env,
      PROVTRAIL_LOG_LEVEL: 'warn',
      // One caller stands for many here.
      PROVTRAIL_RATE_LIMIT_PER_MINUTE: '100000000',
    };
    const startedAt = performance.now();
    const child = spawn(MAIN, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    stage.watch(child.pid);
    forward(child.stderr);
    const { url } = await announcement(child.stdout);
    const listenMs = performance.now() - startedAt;
    const client = new Client(url, token, connections);
    await untilIndexed(client);
    const readyMs = performance.now() - startedAt;
    return new Node(stage, child, client, { listenMs, readyMs });
  }

  /** Resident memory, MB: the most there was, and now. Undefined where there is no /proc. */
  memory(): { peakMb: number; nowMb: number } | undefined {
    const status = this.readProc('status');
    if (status === undefined) return undefined;
    const read = (name: string) =>
      Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
    return { peakMb: read('VmHWM'), nowMb: read('VmRSS') };
  }

  /** Processor time of all its threads until now, ms: tells cost apart from what else the machine does. */
  cpuMs(): number | undefined {
    const [, fields] = this.readProc('stat')?.split(') ') ?? [];
    if (fields === undefined) return undefined;
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    return (user! + system!) * TICK_MS;
  }

  private readProc(file: string): string | undefined {
    const path = `/proc/${this.pid}/${file}`;
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  async stop(): Promise<void> {
    this.client.close();
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    this.stage.unwatch(this.pid);
  }
}

/** What `/readyz` says. */
export interface Readiness {
  size: number;
  indexed: number;
  lagMs: number;
}

export async function readiness(client: Client): Promise<Readiness> {
  return JSON.parse((await client.get('/readyz')).body) as Readiness;
}

/** Passes on what the node logs (JSON lines), not what it says to people. */
function forward(stderr: Readable): void {
  createInterface({ input: stderr }).on('line', (line) => {
    if (line.startsWith('{')) process.stderr.write(`${line}\n`);
  });
}

async function announcement(stdout: Readable): Promise<{ url: string }> {
  for await (const line of createInterface({ input: stdout })) {
    return JSON.parse(line) as { url: string };
  }
  throw new Error('the node ended before it listened');
}

/** Resolves when the index has applied all that the log holds. */
export async function untilIndexed(client: Client): Promise<void> {
  for (;;) {
    const { size, indexed } = await readiness(client);
    if (indexed === size) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
