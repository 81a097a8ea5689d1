import { describe, expect, it } from '@jest/globals';
import { canonicalTerm, type CbvKind } from '../../../src/record/cbv/term.js';
import { describeVectors } from '../vector-data.js';

describe('one term in all its spellings', () => {
  it.each([
    'departing',
    'cbv:BizStep-departing',
    'urn:epcglobal:cbv:bizstep:departing',
    'https://ref.gs1.org/cbv/BizStep-departing',
    'http://ref.gs1.org/cbv/BizStep-departing',
    'https://ns.gs1.org/cbv/BizStep-departing',
    'http://ns.gs1.org/cbv/BizStep-departing',
  ])('%s', (text) => {
    expect(canonicalTerm('bizStep', text)).toBe('https://ref.gs1.org/cbv/BizStep-departing');
  });

  it.each([
    'Temperature',
    'gs1:Temperature',
    'https://gs1.org/voc/Temperature',
    'http://gs1.org/voc/Temperature',
    'https://www.gs1.org/voc/Temperature',
    'https://ref.gs1.org/voc/Temperature',
  ])('%s', (text) => {
    expect(canonicalTerm('sensorMeasurementType', text)).toBe('https://gs1.org/voc/Temperature');
  });

  it.each<[CbvKind, string, string]>([
    ['disposition', 'in_transit', 'https://ref.gs1.org/cbv/Disp-in_transit'],
    ['disposition', 'urn:epcglobal:cbv:disp:active', 'https://ref.gs1.org/cbv/Disp-active'],
    ['bizTransactionType', 'cbv:BTT-po', 'https://ref.gs1.org/cbv/BTT-po'],
    ['bizTransactionType', 'urn:epcglobal:cbv:btt:inv', 'https://ref.gs1.org/cbv/BTT-inv'],
    ['sourceDestType', 'location', 'https://ref.gs1.org/cbv/SDT-location'],
    [
      'sourceDestType',
      'urn:epcglobal:cbv:sdt:owning_party',
      'https://ref.gs1.org/cbv/SDT-owning_party',
    ],
    [
      'errorReason',
      'urn:epcglobal:cbv:er:did_not_occur',
      'https://ref.gs1.org/cbv/ER-did_not_occur',
    ],
    ['component', 'cbv:Comp-latitude', 'https://ref.gs1.org/cbv/Comp-latitude'],
    ['sensorAlertType', 'gs1:ALARM_CONDITION', 'https://gs1.org/voc/ALARM_CONDITION'],
    ['sensorMeasurementType', 'gs1:MT-Temperature', 'https://gs1.org/voc/MT-Temperature'],
    ['sensorMeasurementType', 'gs1:AT-Alarm_condition', 'https://gs1.org/voc/AT-Alarm_condition'],
  ])('of kind %s: %s is %s', (kind, text, uri) => {
    expect(canonicalTerm(kind, text)).toBe(uri);
  });

  it.each([
    'non_sellable_expired',
    'cbv:Disp-non_sellable_expired',
    'urn:epcglobal:cbv:disp:non_sellable_expired',
    'https://ref.gs1.org/cbv/Disp-non_sellable_expired',
  ])('a former name is read as what replaces it: %s', (text) => {
    expect(canonicalTerm('disposition', text)).toBe('https://ref.gs1.org/cbv/Disp-expired');
  });
});

it.each([
  'https://example.com/bizStep/inspecting',
  'http://epcis.example.com/user/vocab/bizstep/exampling',
  'urn:gs1:epcisapp:rail:btt:passage',
  'https://gs1.org/voc/Organization',
  'tag:example.com,2026:step',
])("a term of somebody's own stays: %s", (text) => {
  expect(canonicalTerm('bizStep', text)).toBe(text);
});

it.each<[CbvKind, string]>([
  ['bizStep', ''],
  ['bizStep', 'departed'],
  ['bizStep', 'Departing'],
  ['bizStep', ' departing'],
  ['bizStep', 'toString'],
  ['bizStep', '__proto__'],
  ['bizStep', 'cbv:departing'],
  ['bizStep', 'cbv:Disp-active'],
  ['bizStep', 'active'],
  ['bizStep', 'urn:epcglobal:cbv:bizstep:departed'],
  ['bizStep', 'urn:epcglobal:cbv:disp:active'],
  ['bizStep', 'https://ref.gs1.org/cbv/BizStep-departed'],
  ['bizStep', 'https://ref.gs1.org/cbv/Disp-active'],
  ['bizStep', 'ext1:summarising_discharge'],
  ['sourceDestType', 'cbv:my_own_party'],
  ['sensorMeasurementType', 'example:someSensorProperty'],
  ['sensorMeasurementType', 'gs1:Temperatur'],
  ['sensorMeasurementType', 'https://gs1.org/voc/Temperatur'],
  ['component', `https://example.com/${'x'.repeat(5_000)}`],
])('no term of kind %s: %j', (kind, text) => {
  expect(canonicalTerm(kind, text)).toBeUndefined();
});

describeVectors('terms of the vectors of the event hash', 'epcis/hash/*.prehashes', (files) => {
  const text = files.map(({ bytes }) => new TextDecoder().decode(bytes)).join('\n');
  const found = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((m) => m[1]!))];

  it.each<[CbvKind, RegExp]>([
    [
      'bizStep',
      /bizStep=(https:\/\/ref\.gs1\.org\/cbv\/BizStep-[a-z_]+?)(?=disposition|readPoint|persistent|\{|$)/gm,
    ],
    [
      'disposition',
      /disposition=(https:\/\/ref\.gs1\.org\/cbv\/Disp-[a-z_]+?)(?=readPoint|persistent|\{|$)/gm,
    ],
    ['bizTransactionType', /type=(https:\/\/ref\.gs1\.org\/cbv\/BTT-[a-z_]+?)(?=bizTransaction)/g],
    ['sourceDestType', /type=(https:\/\/ref\.gs1\.org\/cbv\/SDT-[a-z_]+?)(?=source|destination)/g],
    [
      'sensorMeasurementType',
      /sensorReporttype=(https:\/\/gs1\.org\/voc\/[A-Za-z_-]+?)(?=value|minValue|time|deviceID|chemical|micro|exception|booleanValue|uriValue)/g,
    ],
    ['sensorAlertType', /exception=(https:\/\/gs1\.org\/voc\/[A-Z_]+)(?=coord)/g],
  ])('of kind %s are in their canonical form', (kind, pattern) => {
    const terms = found(pattern);
    expect(terms).not.toEqual([]);
    for (const term of terms) {
      expect(canonicalTerm(kind, term)).toBe(term);
      const word = term.replace(/^.*\/(?:[A-Za-z]+-(?=[a-z]))?/, '');
      expect(canonicalTerm(kind, word)).toBe(term);
    }
  });
});
