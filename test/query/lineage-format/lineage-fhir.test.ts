import { describe, expect, it } from '@jest/globals';
import { formatLineage } from '../../../src/query/lineage-format/format.js';
import type { FhirProvenance } from '../../../src/query/lineage-format/fhir-provenance.js';
import { readDocument } from '../../../src/record/document.js';
import { isProblem } from '../../../src/record/draft.js';
import { ANSWER, AT, CASE, cid, edge, ITEM, PARTY, record, TELLING, thing, told } from './told.js';

interface Bundle {
  resourceType: string;
  type: string;
  meta: { tag: { code: string; display?: string }[] };
  entry?: { fullUrl: string; resource: FhirProvenance }[];
}

function bundleOf(lineage = ANSWER): Bundle {
  return JSON.parse([...formatLineage('fhir', lineage, TELLING)].join('')) as Bundle;
}

const nameOf = (name: string) => `urn:cid:${cid(name)}`;

function provenancesOf(lineage: Bundle, target: string): FhirProvenance[] {
  return (lineage.entry ?? [])
    .map(({ resource }) => resource)
    .filter(({ target: [first] }) => [first?.reference, first?.identifier?.value].includes(target));
}

describe('lineage as FHIR Provenance', () => {
  const bundle = bundleOf();

  it('is read by our own reader of FHIR, without a problem, and refers to the records by name', () => {
    const drafts = [...readDocument(JSON.stringify(bundle))].map((draft) => {
      if (isProblem(draft)) throw new Error(`refused: ${draft.pointer} ${draft.message}`);
      return draft;
    });
    expect(drafts).toHaveLength(bundle.entry!.length);
    expect(new Set(drafts.map(({ extract }) => extract.type))).toEqual(new Set(['Provenance']));
    const targets = drafts.flatMap(({ extract }) => extract.references.map(({ target }) => target));
    expect(targets).toEqual(expect.arrayContaining([nameOf('eob'), nameOf('claim')]));
  });

  it('has the same ids for the same answer, so that it is captured once', () => {
    const ids = bundle.entry!.map(({ resource }) => resource.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(bundleOf().entry!.map(({ resource }) => resource.id)).toEqual(ids);
    for (const { fullUrl, resource } of bundle.entry!) {
      expect(fullUrl).toBe(`urn:uuid:${resource.id}`);
      expect(resource.id).toMatch(
        /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
      );
    }
  });

  it('tells by their roles what a record came from', () => {
    const [eob] = provenancesOf(bundle, nameOf('eob'));
    expect(eob!.entity).toEqual([
      { role: 'derivation', what: { reference: nameOf('claim'), type: 'Claim' } },
      { role: 'revision', what: { reference: nameOf('old'), type: 'ExplanationOfBenefit' } },
    ]);
    expect(eob).toMatchObject({
      recorded: '2026-02-01T00:00:00.000Z',
      occurredDateTime: '2026-01-31T00:00:00.000Z',
      activity: { coding: [{ code: 'UPDATE' }] },
      agent: [
        { who: { identifier: { value: 'key-1' } }, onBehalfOf: { display: 'Riverside Health' } },
      ],
    });
    const [claim] = provenancesOf(bundle, nameOf('claim'));
    expect(claim!.entity!.map(({ role }) => role)).toEqual(['source', 'source', 'derivation']);
  });

  it('tells a removal of what removed it', () => {
    const [pack] = provenancesOf(bundle, nameOf('pack'));
    expect(pack!.entity).toEqual([
      { role: 'removal', what: { identifier: { system: 'urn:ietf:rfc:3986', value: ITEM } } },
    ]);
  });

  it('gives what held for a time a resource and a period of its own', () => {
    const [member] = provenancesOf(bundle, CASE);
    expect(member).toMatchObject({
      occurredPeriod: { start: '2026-01-01T00:00:00.000Z', end: '2026-01-02T00:00:00.000Z' },
      recorded: '2026-02-01T00:00:00.000Z',
    });
    const custody = provenancesOf(bundle, ITEM).find(({ occurredPeriod }) => occurredPeriod);
    expect(custody!.agent[1]!.who).toEqual({
      identifier: { system: 'urn:ietf:rfc:3986', value: PARTY },
    });
  });

  it('tags how complete the answer is', () => {
    expect(bundle.meta.tag[0]).toMatchObject({ code: 'incomplete', display: 'MAX_NODES' });
    expect(bundleOf(told({ nodes: [record('a', 'Claim')] })).meta.tag[0]!.code).toBe('complete');
  });

  it('is a Bundle still when there is nothing to tell', () => {
    expect(bundleOf(told({}))).not.toHaveProperty('entry');
  });

  it('says when the answer was given where nothing says when it was recorded', () => {
    const lineage = told({ nodes: [thing('ITEM', ITEM)], edges: [edge(CASE, 'hadMember', ITEM)] });
    expect(bundleOf(lineage).entry![0]!.resource.recorded).toBe(AT);
  });
});
