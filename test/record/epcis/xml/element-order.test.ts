import { describe, expect, it } from '@jest/globals';
import { readOne } from '../../reading.js';

const BODY = {
  eventTime: '<eventTime>2026-07-22T06:45:00+02:00</eventTime>',
  eventTimeZoneOffset: '<eventTimeZoneOffset>+02:00</eventTimeZoneOffset>',
  epcList: '<epcList><epc>urn:epc:id:sgtin:0614141.107346.2017</epc></epcList>',
  action: '<action>OBSERVE</action>',
  bizStep: '<bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>',
};
type Name = keyof typeof BODY;

const warningsOf = (names: Name[], extra = '') =>
  readOne(`<ObjectEvent>${names.map((name) => BODY[name]).join('')}${extra}</ObjectEvent>`)
    .warnings;

describe('elements of an event', () => {
  it('say nothing in the order of the schema', () => {
    const names: Name[] = ['eventTime', 'eventTimeZoneOffset', 'epcList', 'action', 'bizStep'];
    expect(warningsOf(names)).toBeUndefined();
    expect(warningsOf(names, '<a:x xmlns:a="http://a/">1</a:x>')).toBeUndefined();
  });

  it.each<[Name, Name[]]>([
    ['eventTime', ['action', 'eventTime', 'eventTimeZoneOffset', 'epcList']],
    ['action', ['eventTime', 'eventTimeZoneOffset', 'epcList', 'bizStep', 'action']],
    ['epcList', ['eventTime', 'eventTimeZoneOffset', 'action', 'epcList']],
  ])('are warned of where %s comes too late, and kept', (name, names) => {
    expect(warningsOf(names)).toEqual([
      { code: 'ELEMENT_ORDER', pointer: `/ObjectEvent/${name}`, message: expect.any(String) },
    ]);
  });
});
