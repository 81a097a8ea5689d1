import { toHex, utf8 } from '../../crypto/bytes.js';
import { sha256 } from '../../crypto/digest.js';
import { formatRecordName } from '../../record/prov/record-name.js';
import type { Telling, ToldEdge, ToldNode, ToldNodes } from './told-lineage.js';

const OPERATION = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation';
const PARTICIPANT = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';
/** The system of identifiers that are URIs. */
const URI_SYSTEM = 'urn:ietf:rfc:3986';
const KEY_SYSTEM = 'urn:provtrail:key';

/** How a source stands to what came of it (ValueSet provenance-entity-role); any other relation is a source. */
const ROLES: Record<string, string> = {
  wasDerivedFrom: 'derivation',
  wasRevisionOf: 'revision',
  wasQuotedFrom: 'quotation',
  wasInvalidatedBy: 'removal',
};

/** Whose part in it is that of an agent, and which. */
const AGENTS: Record<string, string> = {
  wasAttributedTo: 'custodian',
  wasAssociatedWith: 'performer',
};

export interface FhirReference {
  reference?: string;
  type?: string;
  identifier?: { system: string; value: string };
  display?: string;
}

interface FhirAgent {
  type: object;
  who: FhirReference;
  onBehalfOf?: FhirReference;
}

/** Resource of FHIR R4 (http://hl7.org/fhir/R4/provenance.html), as far as lineage has something to say in it. */
export interface FhirProvenance {
  resourceType: 'Provenance';
  id: string;
  target: FhirReference[];
  occurredDateTime?: string;
  occurredPeriod?: { start?: string; end?: string };
  recorded: string;
  activity?: object;
  agent: FhirAgent[];
  entity?: { role: string; what: FhirReference }[];
}

/** What is told of one node: what it came from, and how long that holds. */
export interface Told {
  target: string;
  edges: ToldEdge[];
}

/**
 * The Provenance of a node. A removal is told of what removed it: its edge is turned. Its id is made of what it
 * says, so that whoever captures the same answer twice has captured it once.
 */
export function formatProvenance(
  { target, edges }: Told,
  known: ToldNodes,
  telling: Telling,
): FhirProvenance {
  const node = known.of(target);
  const others = edges.filter(({ relation }) => !(relation in AGENTS));
  const refer = (id: string) => formatReference(id, known.of(id));
  const evidence = edges.map((edge) => edge.evidence).find((cid) => cid !== null);
  const teller = node?.capturedAt ? node : known.of(evidence ?? '');
  const entity = others.map((edge) => ({
    role: ROLES[edge.relation] ?? 'source',
    what: refer(edge.from === target ? edge.to : edge.from),
  }));
  const body = {
    target: [refer(target)],
    ...formatOccurrence(node, edges[0]),
    recorded: teller?.capturedAt ?? telling.at,
    ...(node?.version && { activity: formatActivity(node.version) }),
    agent: [
      formatAuthor(teller?.author ?? null, telling.organisation),
      ...edges
        .filter(({ relation }) => relation in AGENTS)
        .map(({ to, relation }) => formatAgent(AGENTS[relation]!, refer(to))),
    ],
    ...(entity.length > 0 && { entity }),
  };
  return { resourceType: 'Provenance', id: idOf(body), ...body };
}

/** A record by its own name, under which it is found again; a thing by its identifier. */
function formatReference(id: string, node: ToldNode | undefined): FhirReference {
  if (node !== undefined && node.kind !== 'RECORD') {
    return { identifier: { system: URI_SYSTEM, value: id } };
  }
  if (node === undefined && id.includes(':')) {
    return { identifier: { system: URI_SYSTEM, value: id } };
  }
  const isResource = node?.class === 'fhir.resource' && node.type !== null;
  return { reference: formatRecordName(id), ...(isResource && { type: node.type! }) };
}

function formatOccurrence(
  node: ToldNode | undefined,
  edge: ToldEdge | undefined,
): Pick<FhirProvenance, 'occurredDateTime' | 'occurredPeriod'> {
  const { since = null, until = null } = edge ?? {};
  if (since !== null || until !== null) {
    return {
      occurredPeriod: {
        ...(since !== null && { start: since }),
        ...(until !== null && { end: until }),
      },
    };
  }
  return node?.occurredAt ? { occurredDateTime: node.occurredAt } : {};
}

function formatActivity(version: number): object {
  const code = version === 1 ? 'CREATE' : 'UPDATE';
  return { coding: [{ system: OPERATION, code }] };
}

function formatAuthor(author: string | null, organisation: string | null): FhirAgent {
  const whole = { display: organisation ?? 'the organisation of this log' };
  const who = author === null ? whole : { identifier: { system: KEY_SYSTEM, value: author } };
  return {
    ...formatAgent('author', who),
    ...(author !== null && { onBehalfOf: whole }),
  };
}

function formatAgent(code: string, who: FhirReference): FhirAgent {
  return { type: { coding: [{ system: PARTICIPANT, code }] }, who };
}

/** A UUID of version 8 (RFC 9562): the content's hash. */
function idOf(body: object): string {
  const hex = toHex(sha256(utf8(JSON.stringify(body))));
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3]!;
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
