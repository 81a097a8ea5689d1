import type { ToldLineage } from './told-lineage.js';

/**
 * A line a node, `{"node": ...}`, then a line an edge, `{"edge": ...}`; the last line, `{"answer": ...}`, says how complete it
 * is, and that nothing is missing behind it.
 */
export function* formatLineageJsonl(lineage: ToldLineage): Generator<string> {
  const { nodes, edges, ...extent } = lineage;
  for (const node of nodes) yield `${JSON.stringify({ node })}\n`;
  for (const edge of edges) yield `${JSON.stringify({ edge })}\n`;
  const answer = { nodes: nodes.length, edges: edges.length, ...extent };
  yield `${JSON.stringify({ answer })}\n`;
}
