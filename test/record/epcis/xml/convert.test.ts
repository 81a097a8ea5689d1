import { describe, expect, it } from '@jest/globals';
import { RECORD_SIZE_MAX_BYTES } from '../../../../src/crypto/seal.js';
import { convertXml } from '../../../../src/record/epcis/xml/convert.js';
import { read, readOne, readProblems } from '../../reading.js';
import { buildXml, buildXmlEvent } from './build.js';
import fc, { tries } from '../../../support/fast-check.js';

const URL = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const PROVTRAIL = 'https://provtrail.dev/ns#';
const LIST = '/epcis:EPCISDocument/EPCISBody/EventList';

type Json = Record<string, unknown>;

/** The only event of a document, as the record has it. */
const eventOf = (xml: string): Json => JSON.parse(readOne(xml).text) as Json;
/** What an event with this inside has beside the members every event here has. */
const memberOf = (inner: string, name: string, attributes = ''): unknown =>
  eventOf(buildXml(buildXmlEvent(inner, { attributes })))[name];

describe('an event of EPCIS XML', () => {
  it('becomes 2.0 JSON-LD and keeps its XML, with the prefixes it uses in its context', () => {
    const xml = buildXmlEvent('<ex:note>hi</ex:note>', { attributes: ' xmlns:ex="http://ns/"' });
    expect(eventOf(buildXml(xml))).toEqual({
      '@context': [URL, { provtrail: PROVTRAIL, ex: 'http://ns/' }],
      type: 'ObjectEvent',
      eventTime: '2026-07-22T06:45:00+02:00',
      eventTimeZoneOffset: '+02:00',
      epcList: ['urn:epc:id:sgtin:0614141.107346.2017'],
      action: 'OBSERVE',
      'ex:note': 'hi',
      'provtrail:xml': xml,
    });
  });

  it('is the same record alone in its document and among others', () => {
    const event = buildXmlEvent('<a:x xmlns:a="http://a/">1</a:x>');
    const other = buildXmlEvent('<b:y xmlns:b="http://b/">2</b:y>');
    const { drafts } = read(buildXml(other + event));
    expect(drafts[1]!.text).toBe(readOne(buildXml(event)).text);
  });

  it('may stand without a document', () => {
    const event = eventOf(buildXmlEvent());
    expect(event['@context']).toEqual([URL, { provtrail: PROVTRAIL }]);
    expect(event['provtrail:xml']).toBe(buildXmlEvent());
  });

  it('is taken with the namespace of EPCIS on everything, or as the default', () => {
    const qualified = buildXml(buildXmlEvent()).replaceAll(
      /<(\/?)(?=[A-Za-z])(?!epcis:)/g,
      '<$1epcis:',
    );
    expect(eventOf(qualified)['epcList']).toHaveLength(1);
    const byDefault = buildXml(buildXmlEvent())
      .replaceAll('epcis:EPCIS', 'EPCIS')
      .replace('xmlns:epcis', 'xmlns');
    expect(eventOf(byDefault)['epcList']).toHaveLength(1);
  });

  it('is unwrapped of the extensions of EPCIS 1.2', () => {
    const inner = `<baseExtension><eventID>urn:uuid:1</eventID></baseExtension><extension>
      <quantityList><quantityElement><epcClass>urn:x:y</epcClass><quantity>5</quantity></quantityElement></quantityList>
      <extension><certificationInfo>urn:c:1</certificationInfo></extension></extension>`;
    expect(eventOf(buildXml(buildXmlEvent(inner), { version: '1.2' }))).toMatchObject({
      eventID: 'urn:uuid:1',
      quantityList: [{ epcClass: 'urn:x:y', quantity: 5 }],
      certificationInfo: 'urn:c:1',
    });
  });

  it('was a QuantityEvent, and is an ObjectEvent with one quantity', () => {
    const xml = `<QuantityEvent><eventTime>2026-07-22T06:45:00Z</eventTime>
      <eventTimeZoneOffset>+00:00</eventTimeZoneOffset><epcClass>urn:epc:idpat:sgtin:0614141.107346.*</epcClass>
      <quantity>200</quantity><bizStep>urn:epcglobal:cbv:bizstep:receiving</bizStep></QuantityEvent>`;
    expect(eventOf(buildXml(xml, { version: '1.2' }))).toMatchObject({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'receiving',
      quantityList: [{ epcClass: 'urn:epc:idpat:sgtin:0614141.107346.*', quantity: 200 }],
    });
  });

  it.each([
    ['1.10', '1.10'],
    ['200.0', '200.0'],
    ['+5', '5'],
    ['007.50', '7.50'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0.0', '-0.0'],
    [' 1E+3 ', '1E+3'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
  ])('keeps the number %j as %s', (quantity, spelt) => {
    const element = `<quantityElement><epcClass>urn:x:y</epcClass><quantity>${quantity}</quantity></quantityElement>`;
    const { text } = readOne(buildXml(buildXmlEvent(`<quantityList>${element}</quantityList>`)));
    expect(text).toContain(`"quantity":${spelt}}`);
  });

  it.each(['INF', 'NaN', '', '1,5', '1.2.3', '.', '0x10', '1e', '<b>1</b>'])(
    'refuses the quantity %j',
    (quantity) => {
      const element = `<quantityElement><epcClass>urn:x:y</epcClass><quantity>${quantity}</quantity></quantityElement>`;
      expect(
        readProblems(buildXml(buildXmlEvent(`<quantityList>${element}</quantityList>`))),
      ).toEqual([`INVALID_RECORD ${LIST}/ObjectEvent[1]/quantityList/quantityElement/quantity`]);
    },
  );

  it('leaves out what xsi:nil says has no value', () => {
    const nil = '<quantity xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>';
    const list = `<quantityList><quantityElement><epcClass>urn:x:y</epcClass>${nil}</quantityElement></quantityList>`;
    expect(memberOf(list, 'quantityList')).toEqual([{ epcClass: 'urn:x:y' }]);
  });

  it('has seconds where the sender left them out', () => {
    const xml = buildXmlEvent().replace('06:45:00+02:00', '06:45+02:00');
    expect(eventOf(buildXml(xml))['eventTime']).toBe('2026-07-22T06:45:00+02:00');
  });

  it.each([
    ['urn:epcglobal:cbv:bizstep:shipping', 'shipping'],
    ['https://ref.gs1.org/cbv/BizStep-shipping', 'shipping'],
    ['cbv:BizStep-shipping', 'shipping'],
    ['https://example.com/bizStep/x', 'https://example.com/bizStep/x'],
    [' urn:example:step ', 'urn:example:step'],
  ])('has the business step %j as %s', (text, term) => {
    expect(memberOf(`<bizStep>${text}</bizStep>`, 'bizStep')).toBe(term);
  });

  it('declares the prefix of a term of another vocabulary', () => {
    const event = eventOf(
      buildXml(
        buildXmlEvent('<bizStep>my:step</bizStep>', { attributes: ' xmlns:my="http://my/"' }),
      ),
    );
    expect(event['bizStep']).toBe('my:step');
    expect(event['@context']).toEqual([URL, { provtrail: PROVTRAIL, my: 'http://my/' }]);
  });

  it('has sensor reports with numbers, truth values and text', () => {
    const sensors = `<sensorElementList><sensorElement><sensorMetadata time="2026-07-22T04:00:00Z"/>
      <sensorReport type="gs1:Temperature" value="26.10" booleanValue="1" stringValue="07" uom="CEL"/>
      </sensorElement></sensorElementList>`;
    expect(memberOf(sensors, 'sensorElementList')).toEqual([
      {
        sensorMetadata: { time: '2026-07-22T04:00:00Z' },
        sensorReport: [
          { type: 'Temperature', value: 26.1, booleanValue: true, stringValue: '07', uom: 'CEL' },
        ],
      },
    ]);
    expect(readOne(buildXml(buildXmlEvent(sensors))).text).toContain('"value":26.10,');
  });

  it('may have a member once, and is refused with two, alone', () => {
    const xml = buildXml(buildXmlEvent('<action>ADD</action>') + buildXmlEvent());
    const { drafts, problems } = read(xml);
    expect(drafts).toHaveLength(1);
    expect(problems.map(({ pointer }) => pointer)).toEqual([`${LIST}/ObjectEvent[1]/action[1]`]);
  });

  it.each([
    ['<epcList>urn:x:y</epcList>', 'AggregationEvent'],
    ['<epcList><epc>urn:x:y</epc><item>urn:x:z</item></epcList>', 'AggregationEvent'],
    ['<type>AggregationEvent</type>', 'ObjectEvent'],
    ['<bizStep><a/></bizStep>', 'ObjectEvent'],
    ['<readPoint/>', 'ObjectEvent'],
    ['<ilmd><lotNumber>1</lotNumber></ilmd>', 'ObjectEvent'],
  ])('is refused with %s', (inner, name) => {
    expect(read(buildXml(buildXmlEvent(inner, { name }))).drafts).toEqual([]);
  });

  it('of no type of EPCIS is refused where it stands', () => {
    const foreign = buildXmlEvent('', { name: 'my:Event', attributes: ' xmlns:my="http://my/"' });
    expect(readProblems(buildXml(buildXmlEvent('', { name: 'SaleEvent' }) + foreign))).toEqual([
      `UNKNOWN_RESOURCE_TYPE ${LIST}/SaleEvent[1]`,
      `UNKNOWN_RESOURCE_TYPE ${LIST}`,
    ]);
  });
});

describe('extensions in EPCIS XML', () => {
  const NS = ' xmlns:a="http://a/" xmlns:b="http://b/"';

  it.each([
    ['<a:x>1.10</a:x>', '1.10'],
    ['<a:x/>', ''],
    ['<a:x> spaced </a:x>', 'spaced'],
    ['<a:x><![CDATA[<&>]]>&amp;&#65;</a:x>', '<&>&A'],
    ['<a:x>1</a:x><a:x>2</a:x>', ['1', '2']],
    ['<a:x><a:y>1</a:y><b:y>2</b:y><z>3</z></a:x>', { 'a:y': '1', 'b:y': '2', z: '3' }],
    ['<a:x><a:y>1</a:y><a:y>2</a:y></a:x>', { 'a:y': ['1', '2'] }],
    ['<a:x b:at="1"/>', { 'b:at': '1' }],
    ['<a:x unit="KGM">3.5</a:x>', { '@unit': 'KGM', '#text': '3.5' }],
    ['<a:x xml:lang="de">ja</a:x>', { '@xml:lang': 'de', '#text': 'ja' }],
  ])('%s becomes %j', (xml, value) => {
    expect(memberOf(xml, 'a:x', NS)).toEqual(value);
  });

  it('have a prefix each, also where the XML has one for two namespaces', () => {
    const inner = '<a:x xmlns:a="http://one/">1</a:x><a:x xmlns:a="http://two/"><a:y>2</a:y></a:x>';
    expect(eventOf(buildXml(buildXmlEvent(inner)))).toMatchObject({
      '@context': [URL, { provtrail: PROVTRAIL, a: 'http://one/', a2: 'http://two/' }],
      'a:x': '1',
      'a2:x': { 'a2:y': '2' },
    });
  });

  it.each(['https', 'urn', 'cbvmda', 'provtrail'])(
    'may not take the prefix %s for their own',
    (prefix) => {
      const event = eventOf(
        buildXml(buildXmlEvent(`<${prefix}:x xmlns:${prefix}="http://own/">1</${prefix}:x>`)),
      );
      expect(event[`${prefix}2:x`]).toBe('1');
    },
  );

  it('of the CBV have the prefix by which they are asked for', () => {
    const ilmd = '<ilmd><m:lotNumber xmlns:m="urn:epcglobal:cbv:mda">L1</m:lotNumber></ilmd>';
    expect(memberOf(ilmd, 'ilmd')).toEqual({ 'cbvmda:lotNumber': 'L1' });
  });

  it('without a prefix get one', () => {
    expect(memberOf('<x xmlns="http://own/">1</x>', 'ns:x')).toBe('1');
  });
});

describe('a document of EPCIS XML', () => {
  const MASTER = `<VocabularyList><Vocabulary type="urn:epcglobal:epcis:vtype:Location"><VocabularyElementList>
    <VocabularyElement id="urn:epc:id:sgln:0037000.00729.0">
      <attribute id="urn:epcglobal:cbv:mda#name">Ward 7</attribute>
      <attribute id="http://x/geo"><x:lat xmlns:x="http://x/">1.10</x:lat></attribute>
      <children><id>urn:epc:id:sgln:0037000.00729.1</id></children>
    </VocabularyElement></VocabularyElementList></Vocabulary></VocabularyList>`;
  const VOCABULARY = {
    type: 'urn:epcglobal:epcis:vtype:Location',
    vocabularyElementList: [
      {
        id: 'urn:epc:id:sgln:0037000.00729.0',
        attributes: [
          { id: 'cbvmda:name', attribute: 'Ward 7' },
          { id: 'http://x/geo', attribute: { 'x:lat': '1.10' } },
        ],
        children: ['urn:epc:id:sgln:0037000.00729.1'],
      },
    ],
  };

  it('brings its master data before its events', () => {
    const header = `<EPCISHeader><extension><EPCISMasterData>${MASTER}</EPCISMasterData></extension></EPCISHeader>`;
    const { drafts, problems } = read(buildXml(buildXmlEvent(), { header }));
    expect(problems).toEqual([]);
    expect(drafts.map((draft) => draft.class)).toEqual(['master.data', 'epcis.event']);
    expect(JSON.parse(drafts[0]!.text)).toMatchObject(VOCABULARY);
  });

  it('may be master data alone, or the answer to a query', () => {
    const master = `<m:EPCISMasterDataDocument xmlns:m="urn:epcglobal:epcis-masterdata:xsd:1" schemaVersion="1">
      <EPCISBody>${MASTER}</EPCISBody></m:EPCISMasterDataDocument>`;
    expect(JSON.parse(readOne(master).text)).toMatchObject(VOCABULARY);
    const query = `<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:1" schemaVersion="1.2"><EPCISBody>
      <q:QueryResults><queryName>SimpleEventQuery</queryName><resultsBody><EventList>${buildXmlEvent()}</EventList>
      </resultsBody></q:QueryResults></EPCISBody></q:EPCISQueryDocument>`;
    expect(readOne(query).extract.type).toBe('ObjectEvent');
    expect(readOne(query).pointer).toBe(
      '/epcisq:EPCISQueryDocument/EPCISBody/epcisq:QueryResults/resultsBody/EventList/ObjectEvent[1]',
    );
  });

  it.each([
    ['no events', buildXml(''), 'EMPTY_INPUT /epcis:EPCISDocument/EPCISBody'],
    [
      'no body',
      buildXml('').replace(/<EPCISBody>.*<\/EPCISBody>/, ''),
      'INVALID_RECORD /epcis:EPCISDocument',
    ],
    [
      'version 3',
      buildXml('', { version: '3.0' }),
      'INVALID_RECORD /epcis:EPCISDocument/@schemaVersion',
    ],
    ['a namespace of its own', '<EPCISDocument xmlns="http://x/"/>', 'UNSUPPORTED_MEDIA_TYPE '],
    ['a root of its own', '<Shipment/>', 'UNSUPPORTED_MEDIA_TYPE '],
  ])('is refused with %s', (_name, xml, problem) => {
    expect(readProblems(xml)).toEqual([problem]);
  });

  it('tells of an element of a vocabulary where it stands', () => {
    const header = `<EPCISHeader><extension><EPCISMasterData>${MASTER.replace('0037000.00729.0', 'a b')}</EPCISMasterData></extension></EPCISHeader>`;
    const { problems } = read(buildXml(buildXmlEvent(), { header }));
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '/epcis:EPCISDocument/EPCISHeader/extension[1]/EPCISMasterData/VocabularyList/Vocabulary[1]/VocabularyElementList/VocabularyElement[1]/@id',
    ]);
  });
});

describe('convertXml', () => {
  it('gives the XML and the XPath of what a JSON pointer leads to', () => {
    const event = buildXmlEvent('<readPoint><id>urn:x:y</id></readPoint>');
    const { placeOf, xmlOf } = convertXml(buildXml(`${buildXmlEvent()}${event}`));
    expect(xmlOf('/epcisBody/eventList/1')).toBe(event);
    expect(xmlOf('/epcisBody')).toBe('');
    expect(placeOf('/epcisBody/eventList/1')).toBe(`${LIST}/ObjectEvent[2]`);
    expect(placeOf('/epcisBody/eventList/1/readPoint/id')).toBe(
      `${LIST}/ObjectEvent[2]/readPoint/id`,
    );
    expect(placeOf('/epcisBody/eventList/1/epcList/0')).toBe(`${LIST}/ObjectEvent[2]/epcList/epc`);
    expect(placeOf('/epcisBody/eventList')).toBe(LIST);
    expect(placeOf('/type')).toBe('/epcis:EPCISDocument');
  });

  it('leaves the XML out of a record that it would make too large, and says how large it was', () => {
    const epcs = Array.from(
      { length: 14_000 },
      (_, i) => `<epc>urn:epc:id:sgtin:0614141.107346.${i}</epc>`,
    );
    const xml = buildXmlEvent().replace(/<epc>.*<\/epc>/, epcs.join('\n'));
    const { text } = readOne(buildXml(xml));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(RECORD_SIZE_MAX_BYTES);
    expect(JSON.parse(text)).toMatchObject({ 'provtrail:xmlSizeBytes': Buffer.byteLength(xml) });
    expect(text).not.toContain('"provtrail:xml":');
  });

  it('keeps any text, whatever characters XML can write', () => {
    const character = fc
      .string({ unit: 'binary', maxLength: 40 })
      .map((text) => text.replaceAll(/[^\t\n\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
    const escape = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    fc.assert(
      fc.property(character, (text) => {
        const xml = buildXmlEvent(`<a:x xmlns:a="http://a/">${escape(text)}</a:x>`);
        const event = eventOf(buildXml(xml));
        expect(event['a:x']).toBe(text.trim());
        expect(event['provtrail:xml']).toBe(xml);
      }),
      tries(200, 7),
    );
  });

  it('says the same of an event whatever extensions it has, and never throws', () => {
    const name = fc.constantFrom(
      'a:x',
      'b:y',
      'z',
      'id',
      'type',
      'epcList',
      'extension',
      'action',
      'bizStep',
      'ilmd',
    );
    const { element } = fc.letrec((tie) => ({
      element: fc
        .tuple(
          name,
          fc.array(fc.oneof({ maxDepth: 4 }, fc.constantFrom('', 'text', '1'), tie('element')), {
            maxLength: 4,
          }),
        )
        .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag}>`),
    }));
    fc.assert(
      fc.property(fc.array(element, { maxLength: 3 }), (elements) => {
        const xml = buildXmlEvent(elements.join(''), {
          attributes: ' xmlns:a="http://a/" xmlns:b="http://b/"',
        });
        const { drafts, problems } = read(buildXml(xml));
        expect(drafts.length > 0).toBe(problems.length === 0);
        for (const { pointer } of problems) expect(pointer).toMatch(/^\/epcis:EPCISDocument\//);
        for (const { text } of drafts)
          expect((JSON.parse(text) as Json)['provtrail:xml']).toBe(xml);
      }),
      tries(500, 11),
    );
  });
});
