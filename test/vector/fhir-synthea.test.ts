import { expect, it } from '@jest/globals';
import type { Draft, Relation } from '../../src/record/draft.js';
import { extractContent } from '../../src/record/extract.js';
import { read } from '../record/reading.js';
import { describeVectors } from '../record/vector-data.js';

interface Entry {
  resource: Record<string, unknown>;
}

const parse = (bytes: Uint8Array) =>
  (JSON.parse(new TextDecoder().decode(bytes)) as { entry: Entry[] }).entry;

/** Every literal reference of a value that leaves its resource, found without any of our own code. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name === 'reference' && typeof item === 'string' && !item.startsWith('#')
      ? [item]
      : referencesIn(item),
  );
}

describeVectors('Synthea transaction Bundles', 'fhir/synthea/*.json', (files) => {
  const readings = new Map<string, Draft[]>();
  const draftsOf = (name: string) => readings.get(name)!;

  /** The types a record of a type leads to by an element, and how many of them. */
  function reached(drafts: Draft[], type: string, element: RegExp): Record<string, number> {
    const owner = new Map(
      drafts.flatMap((d) => d.extract.aliases.map((name) => [name, d] as const)),
    );
    const counts: Record<string, number> = {};
    for (const { extract } of drafts.filter((draft) => draft.extract.type === type)) {
      for (const { target, path } of extract.references) {
        if (!element.test(path)) continue;
        const found = owner.get(target)?.extract.type ?? 'nothing';
        counts[found] = (counts[found] ?? 0) + 1;
      }
    }
    return counts;
  }

  const total = (counts: Record<string, number>[]) =>
    counts.reduce<Record<string, number>>((sum, each) => {
      for (const [name, count] of Object.entries(each)) sum[name] = (sum[name] ?? 0) + count;
      return sum;
    }, {});

  const reachedInAll = (type: string, element: RegExp) =>
    total(files.map(({ name }) => reached(draftsOf(name), type, element)));

  it.each(files.map(({ name, bytes }) => ({ name, bytes })))(
    '$name is read without a problem, entry by entry',
    ({ name, bytes }) => {
      const { drafts, problems } = read(bytes, 'application/fhir+json');
      readings.set(name, drafts);
      expect(problems).toEqual([]);
      const entries = parse(bytes);
      expect(drafts).toHaveLength(entries.length);
      drafts.forEach(({ text, pointer }, i) => {
        expect(pointer).toBe(`/entry/${i}/resource`);
        expect(JSON.parse(text)).toEqual(entries[i]!.resource);
      });
    },
  );

  it('gives each draft the extract that a rebuild from its text gives', () => {
    for (const { text, mediaType, extract } of [...readings.values()].flat()) {
      expect(extractContent(text, mediaType)).toEqual(extract);
    }
  });

  it('finds every reference, and every one within its Bundle joins', () => {
    for (const { name, bytes } of files) {
      const drafts = draftsOf(name);
      const names = new Set(drafts.flatMap(({ extract }) => extract.aliases));
      const targets = drafts.flatMap(({ extract }) => extract.references.map((r) => r.target));
      expect(targets.filter((target) => !names.has(target))).toEqual([]);
      expect([...targets].sort()).toEqual(referencesIn(parse(bytes)).sort());
    }
  });

  it('counts references by relation', () => {
    const relations = [...readings.values()]
      .flat()
      .flatMap(({ extract }) => extract.references.map(({ relation }) => ({ [relation]: 1 })));
    expect(total(relations)).toEqual({
      wasDerivedFrom: 1_307,
      refersTo: 4_451,
    } satisfies Partial<Record<Relation, number>>);
  });

  it('leads from each explanation of benefit to its claim and its visits', () => {
    const visit = /^\/item\/\d+\/encounter\/\d+$/;
    expect(reachedInAll('ExplanationOfBenefit', visit)).toEqual({ Encounter: 137 });
    expect(reachedInAll('ExplanationOfBenefit', /^\/claim$/)).toEqual({ Claim: 137 });
  });

  it('leads from each claim to visits, diagnoses, procedures and prescriptions', () => {
    expect(reachedInAll('Claim', /^\/item\/\d+\/encounter\/\d+$/)).toEqual({ Encounter: 165 });
    expect(reachedInAll('Claim', /\/diagnosisReference$/)).toEqual({ Condition: 61 });
    expect(reachedInAll('Claim', /\/procedureReference$/)).toEqual({ Procedure: 51 });
    expect(reachedInAll('Claim', /^\/prescription$/)).toEqual({ MedicationRequest: 28 });
    expect(reachedInAll('Claim', /\/valueReference$/)).toEqual({ Immunization: 119 });
  });

  it('leads from each report to its results, and from each prescription to its visit', () => {
    expect(reachedInAll('DiagnosticReport', /^\/result\/\d+$/)).toEqual({ Observation: 520 });
    expect(reachedInAll('MedicationRequest', /^\/encounter$/)).toEqual({ Encounter: 28 });
  });

  it('seals what is about the patient under the patient, the rest under the directory', () => {
    for (const { name } of files) {
      const drafts = draftsOf(name);
      const patient = drafts.find(({ extract }) => extract.type === 'Patient')!;
      expect(patient.scopeLabel).toBe(`patient/Patient/${patient.extract.id}`);
      for (const { scopeLabel, extract } of drafts) {
        const isDirectory = ['Organization', 'Practitioner'].includes(extract.type);
        expect(scopeLabel).toBe(isDirectory ? 'directory' : patient.scopeLabel);
      }
    }
  });

  it('knows when every visit, claim, explanation and observation was', () => {
    const timed = ['Encounter', 'Claim', 'ExplanationOfBenefit', 'Observation', 'Immunization'];
    for (const { extract } of [...readings.values()].flat()) {
      if (timed.includes(extract.type)) expect(extract.occurredAt).toEqual(expect.any(Number));
    }
  });
});
