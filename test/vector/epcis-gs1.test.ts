import { expect, it } from '@jest/globals';
import { extractContent } from '../../src/record/extract.js';
import { read } from '../record/reading.js';
import { describeVectors } from '../record/vector-data.js';

/** This one example has two `eventID` members in one event. */
const AMBIGUOUS = 'AssociationEvent-h.jsonld';

interface Body {
  eventList?: unknown[];
  queryResults?: { resultsBody: { eventList: unknown[] } };
}

describeVectors('EPCIS 2.0 examples of GS1', 'epcis/gs1/**/*.jsonld', (files) => {
  const sound = files.filter(({ name }) => name !== AMBIGUOUS);

  it('are 47 files, one of them ambiguous', () => {
    expect(files).toHaveLength(47);
    expect(sound).toHaveLength(46);
  });

  it.each(sound)('$name is read without a problem, event by event', ({ bytes }) => {
    const { drafts, problems } = read(bytes, 'application/ld+json');
    expect(problems).toEqual([]);
    const document = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const body = document['epcisBody'] as Body;
    const events = body.eventList ?? body.queryResults!.resultsBody.eventList;
    expect(drafts.map(({ text }) => JSON.parse(text) as unknown)).toEqual(
      events.map((event) => ({ '@context': document['@context'], ...(event as object) })),
    );
    for (const { text, mediaType, extract, scopeLabel } of drafts) {
      expect(extractContent(text, mediaType)).toEqual(extract);
      expect(scopeLabel).toMatch(/^supply\/\d{4}-\d\d$/);
      expect(extract.occurredAt).toEqual(expect.any(Number));
    }
  });

  it('keeps the last id of the example whose event has two, and warns of it', () => {
    const { bytes } = files.find(({ name }) => name === AMBIGUOUS)!;
    const { drafts, problems } = read(bytes);
    expect(problems).toEqual([]);
    expect(drafts[0]!.extract.id).toBe('urn:uuid:fd338495-0e6d-41dd-afee-a862ecd32518');
    expect(drafts[0]!.text.match(/"eventID"/g)).toHaveLength(1);
    expect(drafts[0]!.warnings).toContainEqual({
      pointer: '/epcisBody/eventList/0/eventID',
      code: 'EVENT_ID_TWICE',
      message: expect.any(String),
    });
  });

  it('are warned of where they leave the standard', () => {
    const warnings = sound.flatMap(({ bytes }) =>
      read(bytes).drafts.flatMap((draft) => draft.warnings ?? []),
    );
    expect(new Set(warnings.map(({ code }) => code))).toEqual(
      new Set(['DOUBTFUL_TERM', 'SENSOR_ATTRIBUTE_TWICE', 'SENSOR_TIME_AFTER_EVENT']),
    );
  });

  it('names the instances, classes and transactions the events are about', () => {
    const systems = new Map<string, number>();
    for (const { extract } of sound.flatMap(({ bytes }) => read(bytes).drafts)) {
      for (const { system } of extract.identifiers) {
        systems.set(system, (systems.get(system) ?? 0) + 1);
      }
    }
    expect([...systems.keys()].sort()).toEqual(
      expect.arrayContaining(['bizTransaction', 'epc', 'epcClass', 'transformationID']),
    );
  });

  it('refers from events declared wrong to the events that correct them', () => {
    const drafts = sound.flatMap(({ bytes }) => read(bytes).drafts);
    const corrections = drafts.flatMap(({ extract }) => extract.references);
    expect(corrections.length).toBeGreaterThan(0);
    expect(new Set(corrections.map(({ relation }) => relation))).toEqual(new Set(['refersTo']));
  });
});
