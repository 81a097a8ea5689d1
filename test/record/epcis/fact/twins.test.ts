import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import type { EventFacts, FieldFact } from '../../../../src/record/epcis/fact/event-fact.js';
import { extractContent } from '../../../../src/record/extract.js';
import { read } from '../../reading.js';
import { describeVectors } from '../../vector-data.js';

/** One of the files has a comment more than its twin. */
const COMMENT = 'http://www.w3.org/2000/01/rdf-schema#comment';

/** The facts of a document's events; fields in an order that is not that of the file. */
function factsOf(bytes: Uint8Array): (EventFacts | undefined)[] {
  return read(bytes).drafts.map(({ extract: { event } }) => {
    const fields = event?.fields?.filter(({ name }) => name !== COMMENT);
    const sorted = fields?.map((fact) => JSON.stringify(fact)).sort() ?? [];
    return { ...event, fields: sorted.map((fact) => JSON.parse(fact) as FieldFact) };
  });
}

describeVectors(
  'EPCIS XML and JSON-LD of one name',
  'epcis/{hash,openepcis/2.0/EPCIS/XML/Capture/Documents}/*.xml',
  (files) => {
    const root = resolve('../shared/data/epcis');
    const pairs = files.flatMap(({ name, bytes }) => {
      const stem = name.replace('.xml', '');
      return globSync(`{hash,openepcis/2.0/EPCIS/JSON/Capture/Documents}/${stem}.json*`, {
        cwd: root,
      }).map((path) => ({ stem, path, xml: bytes, json: readFileSync(resolve(root, path)) }));
    });
    it.each(pairs)('$stem has the facts of $path', ({ xml, json }) => {
      expect(factsOf(xml)).toEqual(factsOf(json));
    });
  },
);

describeVectors('facts of all shared events', 'epcis/**/*.{json,jsonld,xml}', (files) => {
  it('are those of the text that is sealed', () => {
    let count = 0;
    for (const { bytes } of files) {
      for (const { text, mediaType, extract } of read(bytes).drafts) {
        expect(extractContent(text, mediaType)).toEqual(extract);
        expect(JSON.parse(JSON.stringify(extract))).toEqual(extract);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(250);
  });
});
