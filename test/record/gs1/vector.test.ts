import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import {
  canonicalEpc,
  formatUrn,
  identifierFault,
  parseIdentifier,
} from '../../../src/record/gs1/identifier.js';
import { describeVectors, type VectorFile } from '../vector-data.js';

interface Event {
  epcList: string[];
  quantityList?: { epcClass: string }[];
  readPoint: { id: string };
}

const textOf = (file: VectorFile) => new TextDecoder().decode(file.bytes);
const find = (files: VectorFile[], name: string) => textOf(files.find((f) => f.name === name)!);
const eventOf = (text: string) =>
  (JSON.parse(text) as { epcisBody: { eventList: Event[] } }).epcisBody.eventList[0]!;
const sorted = (before: string, texts: string[]) =>
  texts
    .map((text) => before + canonicalEpc(text))
    .sort()
    .join('');

describeVectors('EPCs in the vectors of the event hash', 'epcis/hash/*', (files) => {
  it('normalise as in the list made for that', () => {
    const event = eventOf(find(files, 'epclist_normalisation.jsonld'));
    expect(event.epcList).toHaveLength(23);
    expect(find(files, 'epclist_normalisation.prehashes')).toContain(
      `epcList${sorted('epc=', event.epcList)}action=`,
    );
    expect(canonicalEpc(event.readPoint.id)).toBe('https://id.gs1.org/414/4012345000054');
  });

  it('normalise for every GS1 key so that the hash comes out', () => {
    const event = eventOf(find(files, 'epcisDocWithAllGS1Keys.jsonld'));
    const before = [
      'eventType=ObjectEventeventTime=2023-03-27T11:30:00.000ZeventTimeZoneOffset=+01:00epcList',
      sorted('epc=', event.epcList),
      'quantityList',
      sorted(
        'quantityElementepcClass=',
        event.quantityList!.map(({ epcClass }) => epcClass),
      ),
      'action=OBSERVEbizStep=https://ref.gs1.org/cbv/BizStep-otherreadPointid=',
      canonicalEpc(event.readPoint.id),
    ].join('');
    const hash = createHash('sha256').update(before).digest('hex');
    expect(find(files, 'epcisDocWithAllGS1Keys.hashes')).toContain(hash);
  });
});

describeVectors('EPCs in all files', 'epcis/**/*.{json,jsonld,xml}', (files) => {
  const found = (pattern: RegExp) =>
    [...new Set(files.flatMap((file) => textOf(file).match(pattern) ?? []))].sort();

  it('are all of schemes that are read', () => {
    const urns = found(/urn:epc:(?:id|class|idpat):[^"<>\s]*/g);
    expect(urns.length).toBeGreaterThan(100);
    const left = urns.filter((urn) => parseIdentifier(urn) === undefined);
    expect(left).toEqual([]);
    for (const urn of urns) {
      const id = parseIdentifier(urn)!;
      if (identifierFault(id)) continue;
      expect(formatUrn(id)).toBe(urn);
    }
    expect(urns.filter((urn) => identifierFault(parseIdentifier(urn)!))).toEqual([]);
  });

  it('and Digital Links of all domains are read', () => {
    const links = found(/https?:\/\/[^"<>\s]+\/\d{2,4}\/\d{6}[^"<>\s]*/g);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => parseIdentifier(link) === undefined)).toEqual([]);
  });
});
