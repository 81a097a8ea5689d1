import { describe, expect, it } from '@jest/globals';
import { formatLineage } from '../../../src/query/lineage-format/format.js';
import { collectLineage } from '../../../src/query/lineage-format/lineage-prov.js';
import { readProvJson } from '../../../src/record/prov/read.js';
import { readDocument } from '../../../src/record/document.js';
import { isProblem } from '../../../src/record/draft.js';
import { sameMeaning } from '../../record/prov/same-meaning.js';
import { ANSWER, CASE, cid, edge, ITEM, PARTY, TELLING, thing, told } from './told.js';
import fc from '../../support/fast-check.js';

const text = [...formatLineage('prov-json', ANSWER, TELLING)].join('');
const document = readProvJson(text);
const record = (name: string) => `urn:cid:${cid(name)}`;
const event = (name: string) => `urn:provtrail:event:${cid(name)}`;

/** What stands in the relations of a kind, by local name. */
function partsOf(kind: string): Record<string, string>[] {
  return document.records
    .filter((each) => each.kind === kind)
    .map(({ attributes }) =>
      Object.fromEntries(
        attributes.map(({ name, value }) => [
          name.replace(/^.*[#:]/, ''),
          'name' in value ? value.name : 'text' in value ? value.text : '',
        ]),
      ),
    );
}

function idsOf(kind: string): string[] {
  return document.records.filter((each) => each.kind === kind).map(({ id }) => id);
}

describe('lineage as PROV-JSON', () => {
  it('survives being read, and can be captured', () => {
    expect(sameMeaning(collectLineage(ANSWER, TELLING), document)).toBe(true);
    const [draft] = [...readDocument(text)];
    if (!draft || isProblem(draft)) throw new Error(`refused: ${draft?.message}`);
    expect(draft.mediaType).toBe('application/prov+json');
    const names = ['act', 'claim', 'eob', 'old', 'pack', 'patient', 'ship'].map(record);
    expect(draft.extract.references.map(({ target }) => target).sort()).toEqual(names.sort());
  });

  it('has records and things as entities, parties as agents, what records tell of as activities', () => {
    expect(idsOf('entity')).toEqual(expect.arrayContaining([record('eob'), ITEM, CASE]));
    expect(idsOf('agent')).toEqual(
      expect.arrayContaining([
        PARTY,
        'urn:provtrail:key:key-1',
        'urn:provtrail:organisation:Riverside%20Health',
      ]),
    );
    expect(idsOf('activity')).toEqual(expect.arrayContaining([event('ship'), event('act')]));
    expect(idsOf('activity')).toContain(`urn:provtrail:capture:${cid('eob')}`);
    // PROV lets nothing be both
    const entities = new Set(idsOf('entity'));
    expect(idsOf('activity').filter((id) => entities.has(id))).toEqual([]);
  });

  it('relates them by their PROV names', () => {
    expect(partsOf('wasDerivedFrom')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ generatedEntity: record('eob'), usedEntity: record('claim') }),
        expect.objectContaining({
          generatedEntity: record('eob'),
          usedEntity: record('old'),
          type: 'http://www.w3.org/ns/prov#Revision',
        }),
        expect.objectContaining({ usedEntity: record('ship'), rule: 'NDC' }),
      ]),
    );
    expect(partsOf('wasGeneratedBy')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ entity: record('claim'), activity: event('act') }),
        expect.objectContaining({ entity: ITEM, activity: event('ship') }),
      ]),
    );
    expect(partsOf('used')).toEqual([
      expect.objectContaining({ activity: event('act'), entity: record('old') }),
    ]);
    expect(partsOf('wasInvalidatedBy')).toEqual([
      expect.objectContaining({ entity: ITEM, activity: event('pack') }),
    ]);
    expect(partsOf('hadMember')).toEqual([{ collection: CASE, entity: ITEM }]);
    expect(partsOf('wasAttributedTo')).toEqual([
      expect.objectContaining({ entity: ITEM, agent: PARTY, since: '2026-01-03T00:00:00.000Z' }),
    ]);
    expect(partsOf('wasInfluencedBy')).toEqual([
      expect.objectContaining({ influencer: record('patient') }),
      expect.objectContaining({
        influencee: CASE,
        influencer: event('pack'),
        member: ITEM,
        since: '2026-01-01T00:00:00.000Z',
        until: '2026-01-02T00:00:00.000Z',
      }),
    ]);
  });

  it('says how complete the answer is', () => {
    const answer = document.records.find(({ id }) => id === '_:answer');
    const said = answer!.attributes.map(({ name, value }) => [
      name,
      'text' in value ? value.text : '',
    ]);
    expect(said).toContainEqual(['urn:provtrail:isComplete', 'false']);
    expect(said).toContainEqual(['urn:provtrail:reason', 'MAX_NODES']);
  });

  it('names the ends of an edge whose nodes stand on another page', () => {
    const { nodes: _, ...rest } = ANSWER;
    const parts = [...formatLineage('prov-json', told({ ...rest, nodes: [] }), TELLING)].join('');
    const ids = readProvJson(parts).records.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([record('claim'), ITEM, event('ship')]));
  });

  it('survives whatever things are called', () => {
    const name = fc.oneof(
      fc.constantFrom(
        '_:',
        '_:x',
        'a:',
        ':',
        'urn:x:y z',
        'http://x/#',
        ITEM,
        '__proto__',
        'prov:x',
      ),
      fc.string({ unit: 'grapheme', minLength: 1 }),
    );
    const relation = fc.constantFrom('used', 'hadMember', 'wasAttributedTo', 'refersTo');
    const kind = fc.constantFrom('ITEM' as const, 'CLASS' as const, 'PARTY' as const);
    fc.assert(
      fc.property(name, kind, relation, name, (from, fromKind, how, to) => {
        const nodes = [thing(fromKind, from)];
        const edges = [edge(from, how, to, { evidence: cid('ship'), since: TELLING.at })];
        const lineage = told({ nodes, edges });
        const written = [...formatLineage('prov-json', lineage, TELLING)].join('');
        const meant = collectLineage(lineage, TELLING);
        expect(sameMeaning(meant, readProvJson(written))).toBe(true);
      }),
      { numRuns: 300, seed: 46 },
    );
  });
});
