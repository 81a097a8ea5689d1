import type {
  Telling,
  ToldEdge,
  ToldKind,
  ToldLineage,
  ToldNode,
} from '../../../src/query/lineage-format/told-lineage.js';
import { cidOf } from '../../../src/crypto/cid.js';
import { utf8 } from '../../../src/crypto/bytes.js';

export const AT = '2026-03-01T00:00:00.000Z';
export const TELLING: Telling = { at: AT, organisation: 'Riverside Health' };

export const ITEM = 'https://id.gs1.org/01/10614141073464/21/1';
export const CASE = 'https://id.gs1.org/00/106141412345678908';
export const PARTY = 'https://id.gs1.org/417/0614141000005';

export const cid = (name: string): string => cidOf(utf8(name));

export function record(name: string, type: string, members: Partial<ToldNode> = {}): ToldNode {
  return {
    kind: 'RECORD',
    id: cid(name),
    cid: cid(name),
    uri: null,
    rid: `rid-${name}`,
    version: 1,
    seq: 1,
    depth: 0,
    class: type.endsWith('Event') ? 'epcis.event' : 'fhir.resource',
    type,
    author: 'key-1',
    capturedAt: '2026-02-01T00:00:00.000Z',
    occurredAt: '2026-01-31T00:00:00.000Z',
    ...members,
  };
}

export function thing(kind: Exclude<ToldKind, 'RECORD'>, uri: string): ToldNode {
  const absent = { cid: null, rid: null, version: null, seq: null, class: null, type: null };
  return {
    ...{ kind, id: uri, uri, depth: 1, author: null, capturedAt: null, occurredAt: null },
    ...absent,
  };
}

export function edge(
  from: string,
  relation: string,
  to: string,
  members: Partial<ToldEdge> = {},
): ToldEdge {
  const nothing = { evidence: null, since: null, until: null, rule: null };
  return { from, to, relation, path: '/a', ...nothing, ...members };
}

export function told(members: Partial<ToldLineage>): ToldLineage {
  return {
    nodes: [],
    edges: [],
    isComplete: true,
    reason: null,
    omitted: 0,
    isOmittedExact: true,
    frontier: [],
    redacted: 0,
    cycles: [],
    position: 9,
    ...members,
  };
}

/** An answer with each relation and each kind of node in it. */
export const ANSWER = told({
  nodes: [
    record('eob', 'ExplanationOfBenefit', { version: 2 }),
    record('claim', 'Claim'),
    record('old', 'ExplanationOfBenefit', { occurredAt: null }),
    record('ship', 'ObjectEvent'),
    record('pack', 'AggregationEvent'),
    record('act', 'Provenance'),
    record('patient', 'Patient'),
    thing('ITEM', ITEM),
    thing('CLASS', CASE),
    thing('PARTY', PARTY),
  ],
  edges: [
    edge(cid('eob'), 'wasDerivedFrom', cid('claim')),
    edge(cid('eob'), 'wasRevisionOf', cid('old'), { path: '/replaces' }),
    edge(cid('claim'), 'refersTo', cid('patient')),
    edge(cid('claim'), 'wasGeneratedBy', cid('act'), { evidence: cid('act') }),
    edge(cid('act'), 'used', cid('old')),
    edge(cid('act'), 'wasAssociatedWith', cid('patient')),
    edge(cid('claim'), 'wasDerivedFrom', cid('ship'), { path: '', rule: 'NDC' }),
    edge(ITEM, 'wasGeneratedBy', cid('ship'), { evidence: cid('ship'), path: '' }),
    edge(ITEM, 'wasInvalidatedBy', cid('pack'), { evidence: cid('pack'), path: '' }),
    edge(CASE, 'hadMember', ITEM, {
      evidence: cid('pack'),
      since: '2026-01-01T00:00:00.000Z',
      until: '2026-01-02T00:00:00.000Z',
    }),
    edge(ITEM, 'wasAttributedTo', PARTY, {
      evidence: cid('ship'),
      since: '2026-01-03T00:00:00.000Z',
    }),
  ],
  isComplete: false,
  reason: 'MAX_NODES',
  omitted: 3,
});
