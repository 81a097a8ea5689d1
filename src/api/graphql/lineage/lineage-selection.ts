import {
  getNamedType,
  isEnumType,
  isObjectType,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type {
  EdgeField,
  NodeField,
  TemplateMember,
} from '../../../graph/lineage/lineage-template.js';

/** What is asked of a lineage answer, as it is asked: response names, fragments and directives followed as graphql-js does. */
export interface LineageSelection {
  facets: boolean;
  /** How its nodes and edges can be written at once; absent when they ask for what only a resolver knows. */
  plain?: PlainSelection;
}

/** The response name of each list that is asked for, and of every object in it the members. */
export interface PlainSelection {
  nodes?: { key: string; members: TemplateMember<NodeField>[] };
  edges?: { key: string; members: TemplateMember<EdgeField>[] };
}

const NODE_FIELDS: Record<NodeField, true> = {
  ...{ id: true, key: true, kind: true, uri: true, cid: true, rid: true, version: true },
  ...{ depth: true, seq: true, capturedAt: true, class: true, type: true, occurredAt: true },
  ...{ isLatest: true, indexState: true, author: true, organisation: true },
};
const EDGE_FIELDS: Record<EdgeField, true> = {
  ...{ from: true, to: true, relation: true, path: true, evidence: true, since: true },
  ...{ until: true, rule: true },
};

/** @param info of the field that answers a LineageGraph */
export function readSelection(info: GraphQLResolveInfo): LineageSelection {
  const graph = getNamedType(info.returnType) as GraphQLObjectType;
  const asked = subfields(info, graph, info.fieldNodes);
  const facets = [...asked.values()].some(([node]) => node!.name.value === 'facets');
  const nodes = readList<NodeField>(info, graph, asked, 'nodes', NODE_FIELDS);
  const edges = readList<EdgeField>(info, graph, asked, 'edges', EDGE_FIELDS);
  if (nodes === 'NOT_PLAIN' || edges === 'NOT_PLAIN') return { facets };
  return { facets, plain: { ...(nodes && { nodes }), ...(edges && { edges }) } };
}

/** Undefined when the list is not asked for. */
function readList<Field extends string>(
  info: GraphQLResolveInfo,
  graph: GraphQLObjectType,
  asked: ReadonlyMap<string, readonly FieldNode[]>,
  name: string,
  fields: Record<Field, true>,
): { key: string; members: TemplateMember<Field>[] } | 'NOT_PLAIN' | undefined {
  const [first, second] = [...asked].filter(([, [node]]) => node!.name.value === name);
  if (!first) return undefined;
  const type = getNamedType(graph.getFields()[name]!.type);
  if (second || !isObjectType(type)) return 'NOT_PLAIN';
  const [key, nodes] = first;
  const members: TemplateMember<Field>[] = [];
  for (const [member, [node]] of subfields(info, type, nodes)) {
    const field = node!.name.value;
    if (field === '__typename') members.push({ key: member, text: JSON.stringify(type.name) });
    else if (field in fields) members.push(memberOf(member, type, field as Field));
    else return 'NOT_PLAIN';
  }
  return { key, members };
}

function memberOf<Field extends string>(
  key: string,
  type: GraphQLObjectType,
  field: Field,
): TemplateMember<Field> {
  const named = getNamedType(type.getFields()[field]!.type);
  if (!isEnumType(named)) return { key, field };
  const words = named.getValues().map(({ name, value }) => [String(value), name]);
  return { key, field, words: Object.fromEntries(words) as Record<string, string> };
}

function subfields(
  { schema, fragments, variableValues }: GraphQLResolveInfo,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  return collectSubfields(schema, fragments, variableValues, type, nodes);
}
