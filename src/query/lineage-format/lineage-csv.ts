import { formatCsvLine, type CsvValue } from '../csv.js';
import { ToldNodes, type ToldEdge, type ToldLineage, type ToldNode } from './told-lineage.js';

const EDGE_COLUMNS = ['relation', 'path', 'evidence', 'since', 'until', 'rule'] as const;
const NODE_COLUMNS = [
  'kind',
  'class',
  'type',
  'rid',
  'version',
  'seq',
  'depth',
  'capturedAt',
  'occurredAt',
] as const;

/**
 * A line a relation, with what is known of both its ends; then a line for each node that has none. How complete the answer
 * is has no place in it: whoever sends the table says so beside it.
 */
export function* formatLineageCsv({ nodes, edges }: ToldLineage): Generator<string> {
  const known = new ToldNodes(nodes);
  yield formatCsvLine([...headOf('from'), ...EDGE_COLUMNS, ...headOf('to')]);
  const related = new Set<string>();
  for (const edge of edges) {
    related.add(edge.from).add(edge.to);
    yield formatCsvLine([
      ...cellsOf(edge.from, known.of(edge.from)),
      ...EDGE_COLUMNS.map((column): CsvValue => edge[column]),
      ...cellsOf(edge.to, known.of(edge.to)),
    ]);
  }
  const none: Partial<ToldEdge> = {};
  for (const node of nodes) {
    if (related.has(node.id)) continue;
    const empty = [...EDGE_COLUMNS.map((column) => none[column]), ...cellsOf('', undefined)];
    yield formatCsvLine([...cellsOf(node.id, node), ...empty]);
  }
}

function headOf(end: 'from' | 'to'): string[] {
  return [end, ...NODE_COLUMNS.map((name) => end + name.charAt(0).toUpperCase() + name.slice(1))];
}

function cellsOf(id: string, node: ToldNode | undefined): CsvValue[] {
  return [id, ...NODE_COLUMNS.map((column) => node?.[column])];
}
