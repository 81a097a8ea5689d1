import { captured, type Captured } from './capture.ts';
import { closedLoop, type Client } from './http.ts';
import { percentile } from './measure.ts';
import { Node } from './node.ts';
import { identifierOf, type Visit } from './visit.ts';
import type { Bench, Stage } from './stage.ts';
import { lastVisits } from './workload.ts';

const ROOT = `query Root($filter: RecordFilter!) { records(filter: $filter, first: 2) { nodes { cid } } }`;
const LINEAGE = `query Lineage($input: LineageInput!) {
  lineage(input: $input) {
    nodes { cid depth type }
    edges { from to relation }
    isComplete reason position
  }
}`;
const STATUS = `{ log { index { records edges dangling } } }`;

interface Answer {
  lineage: { nodes: { depth: number }[]; edges: unknown[]; reason: string | null };
}

/** Where a bill came from: all visits that lead up to it, asked for over GraphQL by one caller after another. */
export const lineage: Bench = {
  rows: ['lineage.1k.p95', 'lineage.10k.p95'],
  async run(stage) {
    const { directory, workload } = await captured(stage);
    const node = await Node.start(stage, directory, 1);
    const { log } = await node.client.graphql<{ log: { index: { edges: number } } }>(STATUS, {});
    const graph = `graph of ${log.index.edges} edges`;
    await ask(stage, node.client, workload, { row: 'lineage.1k.p95', cohort: 'medium', graph });
    await ask(stage, node.client, workload, { row: 'lineage.10k.p95', cohort: 'large', graph });
    await node.stop();
  },
};

async function ask(
  stage: Stage,
  client: Client,
  workload: Captured['workload'],
  { row, cohort, graph }: { row: string; cohort: 'medium' | 'large'; graph: string },
): Promise<void> {
  const isLarge = cohort === 'large';
  const each = isLarge ? 17 : 5;
  const nodesMax = isLarge ? 10_000 : 1_000;
  const visits = lastVisits(workload, cohort, each);
  const roots = await Promise.all(visits.map((visit) => findBill(client, visit)));
  const sizes: number[] = [];
  const edges: number[] = [];
  const depths: number[] = [];
  const walk = async (index: number) => {
    const input = { roots: [{ cid: roots[index]! }], depthMax: 1_000, nodesMax };
    const answer = await client.graphql<Answer>(LINEAGE, { input });
    sizes.push(answer.lineage.nodes.length);
    edges.push(answer.lineage.edges.length);
    depths.push(answer.lineage.nodes.at(-1)?.depth ?? 0);
  };
  await closedLoop(Math.min(roots.length, 5), 1, walk);
  const samples = await closedLoop(roots.length, 1, walk);
  const middle = (of: number[]) => percentile(of, 0.5);
  const note = `GraphQL, ${middle(sizes)} nodes and ${middle(edges)} edges answered, depth ${middle(depths)}, ${roots.length} roots, ${graph}`;
  stage.report(row, percentile(samples, 0.95), 'ms', note);
}

async function findBill(client: Client, visit: Visit): Promise<string> {
  const filter = { type: 'ExplanationOfBenefit', identifier: identifierOf(visit) };
  const { records } = await client.graphql<{ records: { nodes: { cid: string }[] } }>(ROOT, {
    filter,
  });
  if (records.nodes.length !== 1) throw new Error(`a visit has ${records.nodes.length} bills`);
  return records.nodes[0]!.cid;
}
