import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fillGraph } from './graph-fill.ts';
import { diamondOf, layOut, QUICK, rootOf, WHOLE, type GraphPlan } from './graph-plan.ts';
import { Client, closedLoop } from './http.ts';
import { percentile, timed } from './measure.ts';
import { provtrail } from './node.ts';
import { askPostgres } from './postgres.ts';
import { product } from './product.ts';
import type { Bench, Stage } from './stage.ts';
import type { GraphReader } from '../src/graph/graph-reader.js';
import type { LineageRequest } from '../src/graph/lineage/lineage.js';
import type { LineageTemplate } from '../src/graph/lineage/lineage-template.js';
import type { LineageText } from '../src/graph/lineage/lineage-text.js';
import type { PackedLineage } from '../src/graph/lineage/packed-lineage.js';

const NODE = fileURLToPath(new URL('./graph-node.ts', import.meta.url));
const LINEAGE = `query Lineage($input: LineageInput!, $after: String) {
  lineage(input: $input, after: $after) {
    nodes { cid depth type }
    edges { from to relation }
    isComplete reason position
    pageInfo { hasNextPage endCursor }
  }
}`;

const LIST_BEGINS = '['.charCodeAt(0);

/** What that query asks of a node and of an edge. */
const TEMPLATE: LineageTemplate = {
  nodes: [
    { key: 'cid', field: 'cid' },
    { key: 'depth', field: 'depth' },
    { key: 'type', field: 'type' },
  ],
  edges: [
    { key: 'from', field: 'from' },
    { key: 'to', field: 'to' },
    { key: 'relation', field: 'relation' },
  ],
  idPrefix: 'Record ',
  organisation: 'Bench',
};

/** Lineage at ten million edges: asked of the index itself, over GraphQL, and of PostgreSQL with the same graph. */
export const graph: Bench = {
  rows: [
    'lineage.engine.1k.p95',
    'lineage.http.1k.p95',
    'lineage.http.10k.p95',
    'lineage.http.page.p95',
    'lineage.diamond',
    'lineage.cycle',
    'paths.k5.p95',
    'postgres.lineage.1k.p95',
  ],
  async run(stage) {
    const plan = stage.quick ? QUICK : WHOLE;
    const path = join(stage.directory, 'graph.sqlite');
    stage.progress(`filling a graph of ${layOut(plan).size} records`);
    const { value: edges, ms } = await timed(() => fillGraph(path, plan));
    stage.progress(`${edges} edges filled in ${Math.round(ms / 1000)} s`);
    const index = await Index.open(path);
    await askEngine(stage, index, plan, edges);
    await askHttp(stage, path, plan, edges);
    const roots = someRoots(plan, 'medium', 200, 0.5);
    await askPostgres(stage, plan, roots, (root) => index.write(root, 1_000));
    index.close();
  },
};

/**
 * Roots of cohorts, evenly scattered over all of them.
 *
 * @param shift 0 to 1: another one's roots, which nobody has met yet, lie between
 */
function someRoots(plan: GraphPlan, part: 'medium' | 'large', count: number, shift = 0): number[] {
  const { cohorts } = plan[part];
  const taken = Math.min(count, cohorts);
  return Array.from({ length: taken }, (_, i) =>
    rootOf(plan, part, Math.floor(((i + shift) * cohorts) / taken)),
  );
}

/** The index of that graph, asked in this process. */
class Index {
  readonly reader: GraphReader;

  private constructor(reader: GraphReader) {
    this.reader = reader;
  }

  static async open(path: string): Promise<Index> {
    const { GraphReader } =
      await product<typeof import('../src/graph/graph-reader.js')>('graph/graph-reader.js');
    return new Index(GraphReader.open(path));
  }

  cidOf(seq: number): string {
    return this.reader.recordsBySeq([seq])[0]!.recordCid;
  }

  /** All that is upstream of a record. */
  walk(root: number, nodesMax: number): PackedLineage {
    return this.reader.packedLineage(this.request(root, nodesMax));
  }

  /** The same as GraphQL asks for it: what the query above names, written as JSON. */
  write(root: number, nodesMax: number): LineageText {
    const { head, text } = this.reader.lineageText(this.request(root, nodesMax), TEMPLATE);
    // only now are its pieces put together
    if (text.charCodeAt(0) !== LIST_BEGINS) throw new Error('no list of nodes');
    return head;
  }

  private request(root: number, nodesMax: number): LineageRequest {
    return {
      roots: [this.cidOf(root)],
      direction: 'UPSTREAM',
      depthMax: 2_000_000,
      nodesMax,
      deadlineMs: 600_000,
    };
  }

  close(): void {
    this.reader.close();
  }
}

async function askEngine(
  stage: Stage,
  index: Index,
  plan: GraphPlan,
  edges: number,
): Promise<void> {
  const samples: number[] = [];
  const roots = someRoots(plan, 'medium', 200);
  for (const root of [...roots.slice(0, 20), ...roots]) {
    const startedAt = performance.now();
    const { nodeCount } = index.write(root, 1_000);
    samples.push(performance.now() - startedAt);
    if (nodeCount !== plan.medium.size) throw new Error('a cohort is not whole');
  }
  const { nodes: found, edges: codes } = index.walk(roots[0]!, 1_000);
  const note = `${found.length} nodes and ${codes.length / 4} edges as GraphQL asks for them, ${roots.length} roots, graph of ${edges} edges`;
  stage.report('lineage.engine.1k.p95', percentile(samples.slice(20), 0.95), 'ms', note);
  const { root, source } = diamondOf(plan);
  const diamond = await timed(async () => index.walk(root, 1_000));
  stage.report(
    'lineage.diamond',
    diamond.ms,
    'ms',
    `2^${plan.storeys} paths, ${diamond.value.nodes.length} nodes, complete: ${diamond.value.isComplete}`,
  );
  const cycle = await timed(async () => index.walk(layOut(plan).size - 1, plan.cycle));
  const { nodes, isComplete, cycles } = cycle.value;
  stage.report(
    'lineage.cycle',
    cycle.ms,
    'ms',
    `${nodes.length} nodes, complete: ${isComplete}, cycles told: ${cycles.length}`,
  );
  askPaths(stage, index, plan, edges, [root, source]);
}

/** Five ways from a bill to a record some storeys below it; and through the diamond. */
function askPaths(
  stage: Stage,
  index: Index,
  plan: GraphPlan,
  edges: number,
  diamond: [number, number],
): void {
  const { cohorts, size } = plan.medium;
  const pairs = someRoots(plan, 'medium', 100).map((root): [number, number] => [
    root,
    root - Math.floor(size * 0.9) * cohorts,
  ]);
  const lengths: number[] = [];
  const samples = [diamond, ...pairs, ...pairs.slice(0, 5)].map(([from, to]) => {
    const startedAt = performance.now();
    const request = { k: 5, maxLength: 50, deadlineMs: 60_000 };
    const ends = { from: index.cidOf(from), to: index.cidOf(to) };
    const { paths } = index.reader.paths({ ...ends, ...request });
    lengths.push(paths.length);
    return performance.now() - startedAt;
  });
  const note = `${Math.min(...lengths)} to ${Math.max(...lengths)} paths found, the diamond among ${samples.length} pairs (${samples[0]!.toFixed(1)} ms), graph of ${edges} edges`;
  stage.report('paths.k5.p95', percentile(samples, 0.95), 'ms', note);
}

async function askHttp(stage: Stage, path: string, plan: GraphPlan, edges: number): Promise<void> {
  const directory = join(stage.directory, 'graph-node');
  await provtrail(stage, 'init', '--data', directory, '--org', 'Bench');
  const { token } = await provtrail<{ token: string }>(
    ...([stage, 'token', '--data', directory, '--role', 'service', '--ttl', '7200'] as const),
  );
  const { child, url } = await startNode(stage, directory, path);
  const client = new Client(url, token, 1);
  const graph = `graph of ${edges} edges`;
  await askLineage(stage, client, someRoots(plan, 'medium', 100), {
    row: 'lineage.http.1k.p95',
    nodesMax: 1_000,
    graph,
  });
  await askLineage(stage, client, someRoots(plan, 'large', 10), {
    row: 'lineage.http.10k.p95',
    nodesMax: 10_000,
    graph,
  });
  await askPages(stage, client, someRoots(plan, 'large', 10), graph);
  client.close();
  child.stdin!.end();
  await once(child, 'exit');
  stage.unwatch(child.pid);
}

async function startNode(
  stage: Stage,
  directory: string,
  index: string,
): Promise<{ child: ChildProcess; url: string }> {
  const env = { ...process.env, PROVTRAIL_RATE_LIMIT_PER_MINUTE: '100000000' };
  const child = spawn(process.execPath, ['--max-semi-space-size=8', NODE, directory, index], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  });
  stage.watch(child.pid);
  for await (const url of createInterface({ input: child.stdout })) return { child, url };
  throw new Error('the node ended before it listened');
}

interface Page {
  lineage: {
    nodes: unknown[];
    edges: unknown[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

async function askLineage(
  stage: Stage,
  client: Client,
  roots: number[],
  { row, nodesMax, graph }: { row: string; nodesMax: number; graph: string },
): Promise<void> {
  let counted = '';
  const walk = async (index: number) => {
    const input = { roots: [{ seq: roots[index % roots.length]! }], depthMax: 1_000, nodesMax };
    const { lineage } = await client.graphql<Page>(LINEAGE, { input });
    if (lineage.nodes.length !== nodesMax) throw new Error('a cohort is not whole');
    counted = `${lineage.nodes.length} nodes and ${lineage.edges.length} edges`;
  };
  await closedLoop(10, 1, walk);
  const samples = await closedLoop(Math.max(roots.length, 60), 1, walk);
  const middle = percentile(samples, 0.5).toFixed(1);
  const note = `GraphQL over HTTP, ${counted}, p50 ${middle}, ${graph}`;
  stage.report(row, percentile(samples, 0.95), 'ms', note);
}

/** Ten pages of a thousand: the later ones against the first. */
async function askPages(
  stage: Stage,
  client: Client,
  roots: number[],
  graph: string,
): Promise<void> {
  const first: number[] = [];
  const next: number[] = [];
  for (const root of roots) {
    const input = { roots: [{ seq: root }], depthMax: 1_000, nodesMax: 1_000 };
    for (let after: string | null = null, page = 0; page < 10; page++) {
      const { value, ms } = await timed(() => client.graphql<Page>(LINEAGE, { input, after }));
      (page === 0 ? first : next).push(ms);
      after = value.lineage.pageInfo.endCursor;
      if (!value.lineage.pageInfo.hasNextPage) break;
    }
  }
  const note = `pages of 1,000 nodes behind the first, whose p95 is ${percentile(first, 0.95).toFixed(1)}; ${next.length} pages, ${graph}`;
  stage.report('lineage.http.page.p95', percentile(next, 0.95), 'ms', note);
}
