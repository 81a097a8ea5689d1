import { formatProvenance, type Told } from './fhir-provenance.js';
import { ToldNodes, type Telling, type ToldEdge, type ToldLineage } from './told-lineage.js';

const ANSWER = 'urn:provtrail:answer';

/**
 * An answer as a FHIR R4 collection Bundle of Provenance resources, a line each: one for each record, one for each thing that came from
 * something, and one for each relation that held for a time. What they refer to is not in it. The Bundle's tag says how
 * complete the answer is.
 */
export function* formatLineageFhir(lineage: ToldLineage, telling: Telling): Generator<string> {
  const known = new ToldNodes(lineage.nodes);
  const meta = { tag: [formatTag(lineage)] };
  const head = { resourceType: 'Bundle', meta, type: 'collection', timestamp: telling.at };
  yield JSON.stringify(head).slice(0, -1);
  let separator = ',"entry":[\n';
  const seen = new Set<string>();
  for (const told of eachTold(lineage)) {
    const resource = formatProvenance(told, known, telling);
    if (seen.has(resource.id)) continue;
    seen.add(resource.id);
    yield separator + JSON.stringify({ fullUrl: `urn:uuid:${resource.id}`, resource });
    separator = ',\n';
  }
  // a list that would be empty is left out
  yield seen.size > 0 ? '\n]}\n' : '}\n';
}

function formatTag({ isComplete, reason }: ToldLineage): object {
  const code = isComplete ? 'complete' : 'incomplete';
  return { system: ANSWER, code, ...(reason !== null && { display: reason }) };
}

/** Records first, whether or not anything is known of where they came from. */
function* eachTold({ nodes, edges }: ToldLineage): Generator<Told> {
  const byTarget = new Map<string, ToldEdge[]>();
  const lasting: Told[] = [];
  for (const node of nodes) if (node.kind === 'RECORD') byTarget.set(node.id, []);
  for (const edge of edges) {
    const target = edge.relation === 'wasInvalidatedBy' ? edge.to : edge.from;
    const list = byTarget.get(target);
    if (edge.since !== null || edge.until !== null) lasting.push({ target, edges: [edge] });
    else if (list) list.push(edge);
    else byTarget.set(target, [edge]);
  }
  for (const [target, list] of byTarget) yield { target, edges: list };
  yield* lasting;
}
