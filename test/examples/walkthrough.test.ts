import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { spawnCli, stopCli, waitForLine } from '../cli/run-cli.js';
import { tempDirectory } from '../support/temp-directory.js';

// Each example is a process of its own, and a busy machine starts processes slowly.
jest.setTimeout(180_000);

interface Example {
  name: string;
  command: string[];
  /** Fails where what it needs is not on this machine. */
  needs: string[];
  /** It checks a proof. */
  isProving: boolean;
}

const at = (path: string) => resolve('examples', path);
const EXAMPLES: Example[] = [
  {
    name: 'javascript',
    command: [process.execPath, at('javascript/walkthrough.ts')],
    needs: [process.execPath, '--version'],
    isProving: true,
  },
  {
    name: 'python',
    command: ['python3', '-B', at('python/walkthrough.py')],
    needs: ['python3', '-c', 'import httpx'],
    isProving: true,
  },
  {
    name: 'curl',
    command: ['bash', at('curl/walkthrough.sh')],
    needs: ['bash', '-c', 'command -v curl && command -v jq'],
    isProving: false,
  },
  {
    name: 'r',
    command: ['Rscript', at('r/walkthrough.R')],
    needs: ['Rscript', '-e', 'library(httr2); library(jsonlite)'],
    isProving: false,
  },
];

function isThere({ name, needs: [tool, ...args] }: Example): boolean {
  const { status } = spawnSync(tool!, args, { stdio: 'ignore' });
  if (status === 0) return true;
  console.warn(`the ${name} example is NOT run: "${[tool, ...args].join(' ')}" fails here`);
  return false;
}

const root = tempDirectory();
const present = new Set(EXAMPLES.filter(isThere));
const itIf = (example: Example) => (present.has(example) ? it : it.skip);

let child: ChildProcess;
let node: { url: string; token: string; record: { cid: string } };
let liar: Server;

beforeAll(async () => {
  const data = join(root, 'data');
  child = spawnCli(['demo', '--stay', '--records', '200', '--data', data, '--json']);
  const [line] = await waitForLine(child, /^\{.*\}$/m);
  node = JSON.parse(line) as typeof node;
  liar = createServer((request, response) => void lie(node.url, request, response));
  liar.listen(0, '127.0.0.1');
  await once(liar, 'listening');
});
afterAll(async () => {
  liar?.close();
  if (child) await stopCli(child, 'SIGTERM');
});

/** Passes on what the node says, but for one hash of each proof. */
async function lie(
  url: string,
  request: Parameters<Parameters<typeof createServer>[1] & object>[0],
  response: Parameters<Parameters<typeof createServer>[1] & object>[1],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { authorization = '', 'content-type': type = '' } = request.headers;
  const isPost = request.method === 'POST';
  const answer = await fetch(`${url}${request.url}`, {
    method: request.method,
    headers: { authorization, ...(isPost && { 'content-type': type }) },
    ...(isPost && { body: Buffer.concat(chunks) }),
  });
  const text = await answer.text();
  const changed = text.replace(/("hashes":\[")(.)/, (_, head: string, first: string) =>
    first === 'A' ? `${head}B` : `${head}A`,
  );
  const contentType = answer.headers.get('content-type') ?? '';
  response.writeHead(answer.status, { 'content-type': contentType }).end(changed);
}

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
  directory: string;
}

async function run({ command }: Example, env: Record<string, string> = {}): Promise<Run> {
  const directory = mkdtempSync(join(root, 'out-'));
  const [tool, ...args] = command;
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^NODE_OPTIONS$|_proxy$/i.test(name),
  );
  const settings = { PROVTRAIL_URL: node.url, PROVTRAIL_TOKEN: node.token, ...env };
  const process_ = spawn(tool!, [...args, directory], {
    env: { ...Object.fromEntries(inherited), ...settings },
  });
  let [stdout, stderr] = ['', ''];
  process_.stdout.on('data', (chunk) => (stdout += String(chunk)));
  process_.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const [code] = (await once(process_, 'close')) as [number | null];
  return { code, stdout, stderr, directory };
}

describe.each(EXAMPLES)('the $name example', (example) => {
  itIf(example)('runs, and finds what the demo node holds', async () => {
    const { code, stdout, stderr, directory } = await run(example);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ {3}bagaaiera[a-z2-7]{52}$/m);
    expect(stdout).toMatch(/ExplanationOfBenefit\n.*Claim\n/);
    expect(stdout).toMatch(/\d+ relations as of entry 202: all there is/);
    expect(stdout).toMatch(/\d+ in all: all there is/);
    expect(stdout).toMatch(/billed/);
    const name = readdirSync(directory).find((file) => file.endsWith('.csv'));
    const lines = readFileSync(join(directory, name!), 'utf8').trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^seq,cid,/);
    expect(lines.length).toBeGreaterThan(2);
    if (example.isProving) expect(stdout).toMatch(/leads to the root of the checkpoint over 203/);
  });

  itIf(example)('says what is wrong when it may not ask', async () => {
    const { code, stdout } = await run(example, { PROVTRAIL_TOKEN: 'wrong' });
    expect(code).not.toBe(0);
    expect(stdout).not.toContain('2.');
  });

  if (!example.isProving) return;

  itIf(example)('believes no proof that a node made up', async () => {
    const { port } = liar.address() as AddressInfo;
    const { code, stderr } = await run(example, { PROVTRAIL_URL: `http://127.0.0.1:${port}` });
    expect([code, stderr]).toEqual([1, expect.stringContaining('the proof leads to another root')]);
  });

  itIf(example)('believes no log but the one it was told of', async () => {
    const { code, stderr } = await run(example, { PROVTRAIL_LOG: node.record.cid });
    expect([code, stderr]).toEqual([1, expect.stringContaining('another log')]);
  });
});
