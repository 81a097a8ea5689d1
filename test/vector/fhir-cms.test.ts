import { expect, it } from '@jest/globals';
import { extractContent } from '../../src/record/extract.js';
import { readOne } from '../record/reading.js';
import { describeVectors } from '../record/vector-data.js';

describeVectors('CARIN Blue Button resources of CMS', 'fhir/cms/*.json', (files) => {
  it.each(files)('$name is read without a problem', ({ bytes }) => {
    const { text, mediaType, extract, scopeLabel } = readOne(bytes);
    expect(JSON.parse(text)).toEqual(JSON.parse(new TextDecoder().decode(bytes)));
    expect(extractContent(text, mediaType)).toEqual(extract);
    expect(scopeLabel).toMatch(/^patient\/Patient\//);
  });

  it('keeps every number as it was spelt', () => {
    const numbers = (text: string) =>
      text.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d[\d.eE+-]*/g) ?? [];
    for (const { bytes } of files) {
      expect(numbers(readOne(bytes).text)).toEqual(numbers(new TextDecoder().decode(bytes)));
    }
  });

  it('finds drug codes of a pharmacy claim, and the patient but no contained resource', () => {
    const pharmacy = files.find(({ name }) => name.includes('Pharmacy'))!;
    const { identifiers, references } = readOne(pharmacy.bytes).extract;
    expect(identifiers.map(({ system }) => system)).toContain('http://hl7.org/fhir/sid/ndc');
    expect(references.map(({ target }) => target)).toContain('Patient/123456789');
    expect(references.filter(({ target }) => target.startsWith('#'))).toEqual([]);
  });
});
