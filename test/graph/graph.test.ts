import { existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/error.js';
import { Graph } from '../../src/graph/graph.js';
import { fakeCid, LogBuilder } from './log-builder.js';

/** Threads run JavaScript only: the built files. */
const BUILT = join(process.cwd(), 'dist', 'graph', 'graph.js');
const isBuilt = existsSync(BUILT);
if (!isBuilt && process.env['CI']) throw new Error('dist/ is missing: build before testing');
if (!isBuilt) console.warn('SKIPPED: the threads of the graph need dist/, run npm run build');

let directory: string;
let path: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'provtrail-graph-'));
  path = join(directory, 'graph.sqlite');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function sampleLog(): LogBuilder {
  const log = new LogBuilder();
  log.add('encounter');
  log.add('claim', { from: ['encounter'] });
  log.add('eob', { from: ['claim'] });
  return log;
}

const WAYS = isBuilt ? ['on the calling thread', 'on threads'] : ['on the calling thread'];

describe.each(WAYS)('a graph %s', (way) => {
  const threads = way === 'on threads';
  let graph: Graph;

  async function openGraph(): Promise<Graph> {
    if (!threads) return Graph.open(path, { threads });
    const built = (await import(pathToFileURL(BUILT).href)) as { Graph: typeof Graph };
    return built.Graph.open(path, { threads });
  }

  beforeEach(async () => {
    graph = await openGraph();
  });

  afterEach(() => graph.close());

  it('answers what it was told, and remembers it', async () => {
    expect(await graph.cursor()).toBe(0);
    const { rows } = sampleLog();
    expect(await graph.apply(rows)).toBe(3);
    const answer = await graph.read.lineage({
      roots: [fakeCid('r', 2)],
      direction: 'UPSTREAM',
      depthMax: 9,
      nodesMax: 9,
      deadlineMs: 5_000,
    });
    expect(answer.nodes.map((node) => node.kind === 'RECORD' && node.seq)).toEqual([2, 1, 0]);
    expect(await graph.read.recordsByCid([fakeCid('r', 1), 'nothing'])).toMatchObject([
      { seq: 1, type: 'Claim' },
      null,
    ]);
    expect(await graph.read.recordByRid('nobody')).toBeNull();
    await graph.close();
    graph = await openGraph();
    expect(await graph.head()).toEqual({ cursor: 3, entryCid: fakeCid('e', 2) });
  });

  it('sees at once what has been applied', async () => {
    const { rows } = sampleLog();
    for (const row of rows) {
      await graph.apply([row]);
      const all = await Promise.all(Array.from({ length: 8 }, () => graph.read.status()));
      expect(all.map(({ cursor }) => cursor)).toEqual(Array(8).fill(row.seq + 1));
    }
  });

  it('passes refusals on with code, message and data', async () => {
    const request = { from: 'a', to: 'b', k: 1, maxLength: 1, deadlineMs: 1_000 };
    const refusal = await graph.read.paths(request).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      name: 'AppError',
      code: 'NOT_FOUND',
      message: 'an end of the path is not in the index',
      data: { position: -1 },
      retryable: false,
    });
    await expect(graph.apply(sampleLog().rows.slice(1))).rejects.toMatchObject({
      code: 'INTERNAL',
    });
    if (!threads) expect(refusal).toBeInstanceOf(AppError);
  });

  it('is empty after a reset, and can be filled again', async () => {
    const { rows } = sampleLog();
    await graph.apply(rows);
    const [, during] = await Promise.all([graph.reset(), graph.read.status()]);
    expect(graph.generation).toBe(1);
    expect(during.cursor).toBe(0);
    expect(await graph.read.recordsBySeq([0])).toEqual([null]);
    expect(await graph.apply(rows)).toBe(3);
    expect((await graph.read.status()).records).toBe(3);
  });

  it('answers no more once it is closed', async () => {
    await graph.close();
    await expect(graph.read.status()).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('tells when its file is damaged, and is sound again after a reset', async () => {
    const log = new LogBuilder();
    for (let i = 0; i < 3_000; i++) log.add(`${i}`);
    await graph.apply(log.rows);
    await graph.close();
    graph = await openGraph();
    let told = 0;
    graph.onDamage(() => told++);
    truncateSync(path, 40_960);
    const filter = { latestOnly: true };
    await expect(graph.read.countRecords(filter)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(told).toBe(1);
    await graph.reset();
    await graph.apply(log.rows);
    expect(await graph.read.countRecords(filter)).toBe(3_000);
  });

  it('reports a place where no file can be', async () => {
    const nowhere = join(directory, 'no', 'such', 'place.sqlite');
    const open = async () => {
      const { Graph: Any } = threads
        ? ((await import(pathToFileURL(BUILT).href)) as { Graph: typeof Graph })
        : { Graph };
      return Any.open(nowhere, { threads });
    };
    await expect(open()).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});
