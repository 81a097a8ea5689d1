import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { extractContent } from '../../src/record/extract.js';
import { read, readProblems } from '../record/reading.js';
import { describeVectors } from '../record/vector-data.js';

/** Members in which a pair of files differs on purpose: a comment in one of them, other identifiers. */
const OWN_WAY = new Map([
  ['ObjectEvent_with_comment', ['rdfs:comment']],
  ['epcisDocWithAllGS1Keys', ['epcList']],
  ['epcisDocWithSensorComponent', ['epcList', 'readPoint']],
]);
/** Terms that are written as CURIEs in some JSON files, and mean the bare words. */
const CURIE = /^(?:gs1:|cbv:Comp-)([A-Za-z_]+)$/;

type Event = Record<string, unknown>;

function eventsOf(bytes: Uint8Array, mediaType?: string): Event[] {
  const { drafts } = read(bytes, mediaType);
  return drafts.map(({ text }) => JSON.parse(text) as Event);
}

/** An event as what it says: times as moments, without contexts and the XML it came as. */
function meaning(event: Event, leftOut: string[] = []): unknown {
  const said = JSON.stringify(event, (name, value: unknown) => {
    if (name === '@context' || name.startsWith('provtrail:') || leftOut.includes(name))
      return undefined;
    if (typeof value !== 'string') return value;
    if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value))
      return new Date(value).toISOString();
    return CURIE.exec(value)?.[1] ?? value;
  });
  return JSON.parse(said) as unknown;
}

describeVectors(
  'valid EPCIS XML',
  'epcis/{hash,openepcis/**/{Documents,Events}}/*.xml',
  (files) => {
    it('are 59 files', () => {
      expect(files).toHaveLength(59);
    });

    it.each(files)('$name is read without a problem', ({ name, bytes }) => {
      const { drafts, problems } = read(bytes, 'application/xml');
      expect([name, ...problems.map(({ code }) => code)]).toEqual([name]);
      expect(drafts.length).toBeGreaterThan(0);
      for (const draft of drafts) {
        expect(extractContent(draft.text, draft.mediaType)).toEqual(draft.extract);
      }
    });

    it.each(files)('each event of $name keeps its XML as received', ({ bytes }) => {
      const xml = new TextDecoder().decode(bytes);
      for (const event of eventsOf(bytes)) {
        if ('vocabularyElementList' in event) continue;
        expect(event['provtrail:xml']).toMatch(/^<[\s\S]*Event>$/);
        expect(xml).toContain(event['provtrail:xml']);
        expect(JSON.stringify(event['@context'])).toContain(
          '"provtrail":"https://provtrail.dev/ns#"',
        );
      }
    });
  },
);

describeVectors(
  'EPCIS XML and JSON-LD of one name',
  'epcis/{hash,openepcis/2.0/EPCIS/XML/Capture/Documents}/*.xml',
  (files) => {
    const root = resolve('../shared/data/epcis');
    const pairs = files.flatMap(({ name, bytes }) => {
      const stem = name.replace('.xml', '');
      const found = globSync(`{hash,openepcis/2.0/EPCIS/JSON/Capture/Documents}/${stem}.json*`, {
        cwd: root,
      });
      return found.map((path) => ({
        stem,
        path,
        xml: bytes,
        json: readFileSync(resolve(root, path)),
      }));
    });

    it.each(pairs)('$stem says the same in $path', ({ stem, xml, json }) => {
      const leftOut = OWN_WAY.get(stem);
      expect(eventsOf(xml).map((event) => meaning(event, leftOut))).toEqual(
        eventsOf(json).map((event) => meaning(event, leftOut)),
      );
    });
  },
);

describeVectors('invalid EPCIS XML', 'epcis/openepcis/**/XML/Capture/Invalid/*.xml', (files) => {
  const LIST = '/epcis:EPCISDocument/EPCISBody/EventList';
  const bytesOf = (name: string) => files.find((file) => file.name === `${name}.xml`)!.bytes;

  it('are 5 files', () => {
    expect(files).toHaveLength(5);
  });

  it.each([
    ['ObjectEvent_bare_event_without_action', '/ObjectEvent'],
    ['ObjectEvent_with_invalid_eventTime_format', `${LIST}/ObjectEvent[1]/eventTime`],
    ['ObjectEvent_with_near_miss_action', `${LIST}/ObjectEvent[1]/action`],
    ['ObjectEvent_with_unknown_element', `${LIST}/ObjectEvent[1]`],
  ])('%s is refused, and the place of the fault told', (name, xpath) => {
    expect(readProblems(bytesOf(name))).toEqual([`INVALID_RECORD ${xpath}`]);
  });

  // Its fault is an order only the XML Schema asks for, and two of the valid documents break it as well.
  it('takes elements in another order than the schema has', () => {
    const { drafts } = read(bytesOf('ObjectEvent_with_wrong_element_order'));
    // kept with a warning, for valid files jumble their elements too; strict reading refuses it
    expect(drafts.map(({ warnings }) => warnings)).toMatchObject([[{ code: 'ELEMENT_ORDER' }]]);
  });
});

describeVectors('a US pharma shipment', 'epcis/openepcis/1.2/**/GS1_US_Pharma*.xml', ([file]) => {
  it('has its products, places and events, with lot and expiry where they can be asked for', () => {
    const { drafts } = read(file!.bytes);
    const count = (name: string) => drafts.filter((draft) => draft.class === name).length;
    expect([count('master.data'), count('epcis.event')]).toEqual([6, 8]);
    const commissioning = drafts.find(({ extract }) => extract.validUntil !== undefined)!;
    expect(commissioning.extract.identifiers).toContainEqual({ system: 'lot', value: 'A123' });
    const shipping = JSON.parse(drafts.at(-1)!.text) as Event;
    expect(shipping).toMatchObject({
      '@context': [
        'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
        { gs1ushc: 'http://epcis.gs1us.org/hc/ns' },
      ],
      bizStep: 'shipping',
      bizTransactionList: [{ type: 'po' }, { type: 'desadv' }],
      sourceList: [{ type: 'owning_party' }, { type: 'location' }],
      'gs1ushc:dropShipment': 'false',
    });
  });
});
