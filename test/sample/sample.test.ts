import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../../src/record/document.js';
import { isProblem, type Draft } from '../../src/record/draft.js';
import { checkDigit } from '../../src/sample/gs1.js';
import { generateSample, sampleNdjson } from '../../src/sample/sample.js';
import fc from '../support/fast-check.js';

function readAll(texts: Iterable<{ text: string; mediaType?: string }>): Draft[] {
  const drafts: Draft[] = [];
  for (const { text, mediaType } of texts) {
    for (const result of readDocument(text, { mediaType })) {
      if (isProblem(result)) throw new Error(`${result.code} ${result.pointer} ${result.message}`);
      drafts.push(result);
    }
  }
  return drafts;
}

function danglingReferences(drafts: Draft[]): string[] {
  const names = new Set(drafts.flatMap(({ extract }) => extract.aliases));
  return drafts
    .filter((draft) => draft.mediaType === 'application/fhir+json')
    .flatMap(({ extract }) => extract.references)
    .filter(({ target }) => !names.has(target))
    .map(({ target }) => target);
}

const asLines = (records: number, seed: number) =>
  [...sampleNdjson({ records, seed })].map((text) => ({ text }));

describe('generateSample', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const texts = (seed: number) => [...generateSample({ records: 400, seed })].map((d) => d.text);
    expect(texts(7)).toEqual(texts(7));
    expect(texts(7)).not.toEqual(texts(8));
    expect(texts(7)).not.toEqual(texts(7 + 2 ** 32));
  });

  it('gives exactly as many records as asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.maxSafeInteger(), (records, seed) => {
        const documents = [...generateSample({ records, seed })];
        const count = documents.reduce((sum, document) => sum + document.records, 0);
        return count === records && [...sampleNdjson({ records, seed })].length === records;
      }),
      { numRuns: 30 },
    );
  });

  it('names every document once', () => {
    const names = [...generateSample({ records: 2_000, seed: 1 })].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives documents in which every record is valid and every reference has its target', () => {
    const drafts = readAll(generateSample({ records: 1_500, seed: 3 }));
    expect(drafts).toHaveLength(1_500);
    expect(danglingReferences(drafts)).toEqual([]);
  });

  it('stands by itself wherever it is cut off', () => {
    for (const records of [1, 12, 20, 33, 47, 61]) {
      const drafts = readAll(generateSample({ records, seed: 5 }));
      expect(drafts).toHaveLength(records);
      expect(danglingReferences(drafts)).toEqual([]);
    }
  });

  it('lets an explanation of benefit be followed to the visit, the diagnosis and the prescription', () => {
    const drafts = readAll(generateSample({ records: 600, seed: 2 }));
    const byName = new Map(drafts.flatMap((d) => d.extract.aliases.map((name) => [name, d])));
    const reached = new Set<string>();
    const follow = (draft: Draft): void => {
      for (const { target, relation } of draft.extract.references) {
        const source = byName.get(target);
        if (relation !== 'wasDerivedFrom' || !source) continue;
        reached.add(source.extract.type);
        follow(source);
      }
    };
    drafts.filter(({ extract }) => extract.type === 'ExplanationOfBenefit').forEach(follow);
    expect([...reached].sort()).toEqual(
      expect.arrayContaining(['Claim', 'Condition', 'Encounter', 'MedicationRequest', 'Procedure']),
    );
  });

  it('names the prescription in the event of each dispensing as in the records of it', () => {
    const drafts = readAll(generateSample({ records: 900, seed: 6 }));
    const told = (kind: string) =>
      new Set(
        drafts.flatMap(({ extract: { dispense } }) =>
          dispense?.kind === kind ? (dispense.prescriptions ?? []) : [],
        ),
      );
    const [dispensings, claims] = [told('DISPENSE'), told('CLAIM')];
    const prescriptions = drafts
      .filter(({ extract: { event } }) => event?.bizStep?.endsWith('-dispensing'))
      .map(({ extract: { event } }) => event!.bizTransactions![0]!.value);
    expect(prescriptions.length).toBeGreaterThan(20);
    for (const name of prescriptions) {
      expect([dispensings.has(name), claims.has(name)]).toEqual([true, true]);
    }
  });

  it('begins when it is told to', () => {
    const startAt = Date.UTC(2030, 4, 1);
    const text = [...generateSample({ records: 60, seed: 1, startAt })]
      .map((document) => document.text)
      .join('\n');
    const times = [...text.matchAll(/"eventTime":"([^"]+)"/g)].map(([, time]) => Date.parse(time!));
    expect(Math.min(...times)).toBe(startAt);
  });
});

describe('sampleNdjson', () => {
  it('gives lines that are valid records one by one, with every reference resolved', () => {
    const lines = asLines(800, 11);
    expect(lines.every(({ text }) => !text.includes('\n'))).toBe(true);
    const drafts = readAll(lines);
    expect(drafts).toHaveLength(800);
    expect(danglingReferences(drafts)).toEqual([]);
  });

  it('tells the same story as the documents', () => {
    const types = (drafts: Draft[]) => drafts.map(({ extract }) => extract.type);
    expect(types(readAll(asLines(500, 4)))).toEqual(
      types(readAll(generateSample({ records: 500, seed: 4 }))),
    );
  });

  it('writes records of about a kilobyte', () => {
    const lines = asLines(3_000, 1);
    const bytes = lines.reduce((sum, { text }) => sum + text.length, 0) / lines.length;
    expect(bytes).toBeGreaterThan(700);
    expect(bytes).toBeLessThan(1_300);
  });

  it('makes 50,000 records within a few seconds', () => {
    let count = 0;
    for (const _line of sampleNdjson({ records: 50_000, seed: 1 })) count++;
    expect(count).toBe(50_000);
    // The rate itself is measured by the bench; this only notices a change of order.
  });
});

describe('identifiers of the sample', () => {
  const text = asLines(2_000, 9)
    .map((line) => line.text)
    .join('\n');
  const codesAt = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, code]) => code!);
  const isRight = (code: string) => checkDigit(code.slice(0, -1)) === code.at(-1);

  it.each([
    ['GTIN', /id\.gs1\.org\/01\/(\d{14})\/21\//g],
    ['SSCC', /id\.gs1\.org\/00\/(\d{18})"/g],
    ['GLN of a place', /id\.gs1\.org\/414\/(\d{13})"/g],
    ['GLN of a party', /id\.gs1\.org\/417\/(\d{13})"/g],
    ['GLN in FHIR', /"https:\/\/www\.gs1\.org\/gln","value":"(\d{13})"/g],
  ])('have the right check digit: %s', (_name, pattern) => {
    const codes = codesAt(pattern);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.every(isRight)).toBe(true);
  });

  it('never use a serial twice', () => {
    const commissioned = text
      .split('\n')
      .filter((line) => line.includes('"commissioning"'))
      .flatMap((line) => (JSON.parse(line) as { epcList: string[] }).epcList);
    expect(new Set(commissioned).size).toBe(commissioned.length);
  });
});
