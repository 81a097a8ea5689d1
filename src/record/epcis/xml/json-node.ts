import { AppError } from '../../../error.js';
import type { XmlElement } from './element.js';
import { formatAttributeStep, formatXPath } from './xpath.js';

/** Where in the XML something came from. */
export interface Origin {
  from: XmlElement;
  /** The attribute of that element, when it was one. */
  attribute?: string;
}

/** A value of JSON that knows where it came from. A scalar is its JSON text, so a number keeps its spelling. */
export type JsonNode = Origin &
  ({ scalar: string } | { items: JsonNode[] } | { members: Map<string, JsonNode> });

/** Below the depth JSON is read to, by the levels a document has around its events. */
const DEPTH_MAX = 56;

export function scalarNode(origin: Origin, value: string | boolean | null): JsonNode {
  return { ...origin, scalar: JSON.stringify(value) };
}

export function listNode(from: XmlElement, items: JsonNode[]): JsonNode {
  return { from, items };
}

/**
 * Members of an object, as they come. What comes twice under a name becomes a list: right for an extension, and for a
 * member of EPCIS that may stand once only, something its reader refuses.
 */
export class Members {
  private readonly nodes = new Map<string, JsonNode[]>();

  constructor(private readonly from: XmlElement) {}

  add(name: string, node: JsonNode): void {
    const nodes = this.nodes.get(name);
    if (nodes) nodes.push(node);
    else this.nodes.set(name, [node]);
  }

  /** @param lists names whose value is a list even of one */
  build(lists?: ReadonlySet<string>): JsonNode {
    const members = new Map<string, JsonNode>();
    for (const [name, nodes] of this.nodes) {
      const isList = nodes.length > 1 || lists?.has(name);
      members.set(name, isList ? { from: nodes[0]!.from, items: nodes } : nodes[0]!);
    }
    return { from: this.from, members };
  }
}

/** @throws AppError TOO_DEEP */
export function writeNode(node: JsonNode, depth = 1): string {
  if ('scalar' in node) return node.scalar;
  if (depth > DEPTH_MAX) {
    const pointer = formatXPath(node.from);
    throw new AppError('TOO_DEEP', `nested deeper than ${DEPTH_MAX} levels as JSON`, { pointer });
  }
  if ('items' in node) return `[${node.items.map((item) => writeNode(item, depth + 1)).join(',')}]`;
  const members: string[] = [];
  for (const [name, member] of node.members) {
    members.push(`${JSON.stringify(name)}:${writeNode(member, depth + 1)}`);
  }
  return `{${members.join(',')}}`;
}

/** The XPath, below the XML a node came from, of what the steps of a JSON pointer lead to, as far as they lead. */
export function traceNode(root: JsonNode, steps: readonly string[]): string {
  let node = root;
  for (const step of steps) {
    const next = childOf(node, step);
    if (!next) break;
    node = next;
  }
  const path = formatXPath(node.from, root.from);
  return node.attribute === undefined ? path : path + formatAttributeStep(node.attribute);
}

function childOf(node: JsonNode, step: string): JsonNode | undefined {
  if ('items' in node) return node.items[Number(step)];
  return 'members' in node ? node.members.get(step) : undefined;
}
