import { describe, expect, it } from '@jest/globals';
import { preHash } from '../../../../src/record/epcis/hash/event-hash.js';
import { readXmlEvents } from '../../../../src/record/epcis/hash/xml-event.js';
import { preHashes } from './build.js';

const HEAD = 'eventType=ObjectEvent';

function documentOf(events: string, beside = ''): string {
  return `<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
    xmlns:x="https://x.example/" xmlns:y="https://y.example/">${beside}
    <EPCISBody><EventList>${events}</EventList></EPCISBody></epcis:EPCISDocument>`;
}

function xmlPreHashes(xml: string): string[] {
  return [...readXmlEvents(xml)].map(({ event, context }) => preHash(event, context));
}

describe('events of XML', () => {
  it('have the string that the same events have in JSON-LD', () => {
    const xml = documentOf(`<ObjectEvent>
      <x:weight unit="KGM" y:by="scale"> 3.50 </x:weight><x:empty/>
      <bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>
      <disposition>https://ref.gs1.org/cbv/Disp-in_transit</disposition>
    </ObjectEvent>`);
    const json = {
      '@context': { p: 'https://x.example/', q: 'https://y.example/' },
      type: 'ObjectEvent',
      bizStep: 'shipping',
      disposition: 'cbv:Disp-in_transit',
      'p:empty': '',
      'p:weight': { '#text': '3.5', unit: 'KGM', 'q:by': 'scale' },
    };
    expect(xmlPreHashes(xml)).toEqual(preHashes(json));
    expect(xmlPreHashes(xml)).toEqual([
      `${HEAD}bizStep=https://ref.gs1.org/cbv/BizStep-shippingdisposition=https://ref.gs1.org/cbv/Disp-in_transit` +
        '{https://x.example/}empty' +
        '{https://x.example/}weight=3.5unit=KGM{https://y.example/}by=scale',
    ]);
  });

  it('leave out the extensions that the document tells them to, beside the events only', () => {
    const event = '<ObjectEvent><x:hash>h</x:hash><y:kept>k</y:kept></ObjectEvent>';
    const inside = '<ObjectEvent><y:ignoreFields><y:a/></y:ignoreFields><y:a>1</y:a></ObjectEvent>';
    const ignore = '<y:ignoreFields><x:hash/><action/></y:ignoreFields>';
    expect(xmlPreHashes(documentOf(event + inside, ignore))).toEqual([
      `${HEAD}{https://y.example/}kept=k`,
      `${HEAD}{https://y.example/}a=1{https://y.example/}ignoreFields{https://y.example/}a`,
    ]);
  });

  it('are refused as the converter refuses them', () => {
    expect(() => xmlPreHashes('<html/>')).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_MEDIA_TYPE' }),
    );
    expect(() => xmlPreHashes(`<!DOCTYPE x>${documentOf('')}`)).toThrow(
      expect.objectContaining({ code: 'MALFORMED_JSON' }),
    );
  });
});
