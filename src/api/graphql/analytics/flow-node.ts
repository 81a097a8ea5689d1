import type { FlowGroup, FlowNode } from './supply-figure.type.js';

/** Everybody at an end of a link that is told, with what its links send, in the order of the links. */
export function flowNodes(links: readonly FlowGroup[]): FlowNode[] {
  const nodes = new Map<string | null, FlowNode>();
  for (const { keys, units, isWithheld } of links) {
    const sender = keys.find(({ dimension }) => dimension === 'SENDER');
    const receiver = keys.find(({ dimension }) => dimension === 'RECEIVER');
    if (!sender || !receiver || isWithheld) continue;
    nodeOf(nodes, sender).unitsOut += units ?? 0;
    nodeOf(nodes, receiver).unitsIn += units ?? 0;
  }
  return [...nodes.values()];
}

function nodeOf(
  nodes: Map<string | null, FlowNode>,
  { id, name }: Pick<FlowNode, 'id' | 'name'>,
): FlowNode {
  const node = nodes.get(id) ?? { id, name, unitsOut: 0, unitsIn: 0 };
  nodes.set(id, node);
  return node;
}
