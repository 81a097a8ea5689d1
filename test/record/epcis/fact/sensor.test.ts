import { describe, expect, it } from '@jest/globals';
import type { SensorFact } from '../../../../src/record/epcis/fact/event-fact.js';
import { extractEvent } from '../../../../src/record/epcis/extract.js';
import { buildEvent } from '../build.js';

function sensorsOf(...sensorElementList: unknown[]): SensorFact[] {
  return extractEvent(buildEvent('ObjectEvent', { sensorElementList })).event!.sensors ?? [];
}

const reportOf = (report: object) => sensorsOf({ sensorReport: [report] })[0]!;

describe('facts of sensors', () => {
  it('are one a report, with the metadata of its element', () => {
    const sensorMetadata = {
      time: '2026-07-22T04:00:00Z',
      startTime: '2026-07-22T03:00:00Z',
      deviceID: 'urn:epc:id:giai:4000001.111',
      bizRules: 'https://example.org/rules',
    };
    const sensorReport = [
      { type: 'Temperature', value: 26.1, sDev: 0.1, percRank: 50, percValue: 12.7, uom: 'CEL' },
      { type: 'gs1:RelativeHumidity', value: 43, uom: 'P1', time: '2026-07-22T05:00:00Z' },
    ];
    const times = { time: Date.UTC(2026, 6, 22, 4), startTime: Date.UTC(2026, 6, 22, 3) };
    const whence = {
      deviceID: 'https://id.gs1.org/8004/4000001111',
      bizRules: 'https://example.org/rules',
    };
    expect(sensorsOf({ sensorMetadata, sensorReport })).toEqual([
      {
        type: 'https://gs1.org/voc/Temperature',
        ...times,
        numbers: { value: 299.25, sDev: 0.1, percRank: 50, percValue: 285.85 },
        unit: 'KEL',
        texts: { ...whence, uom: 'CEL' },
      },
      {
        type: 'https://gs1.org/voc/RelativeHumidity',
        ...times,
        time: Date.UTC(2026, 6, 22, 5),
        numbers: { value: 0.43 },
        unit: 'C62',
        texts: { ...whence, uom: 'P1' },
      },
    ]);
  });

  it('have numbers as captured where nobody knows their unit', () => {
    expect(reportOf({ type: 'Count', value: 5, uom: 'ZZZ' })).toMatchObject({
      numbers: { value: 5 },
      texts: { uom: 'ZZZ' },
    });
    expect(reportOf({ type: 'Count', value: 5, uom: 'ZZZ' })).not.toHaveProperty('unit');
    expect(reportOf({ type: 'Count', value: 5 })).toEqual({
      type: 'https://gs1.org/voc/Count',
      numbers: { value: 5 },
    });
  });

  it('have alarms, components and values that are no numbers', () => {
    const report = {
      exception: 'ALARM_CONDITION',
      component: 'x',
      booleanValue: false,
      stringValue: 'SomeString',
      uriValue: 'https://id.gs1.org/8004/4000001111',
    };
    expect(reportOf(report)).toEqual({
      exception: 'https://gs1.org/voc/ALARM_CONDITION',
      texts: {
        component: 'https://ref.gs1.org/cbv/Comp-x',
        booleanValue: 'false',
        stringValue: 'SomeString',
        uriValue: 'https://id.gs1.org/8004/4000001111',
      },
    });
  });

  it('leave out what is no number, and what none can hold', () => {
    expect(reportOf({ type: 'Length', value: '5', minValue: 1e308, uom: 'KMT' })).toEqual({
      type: 'https://gs1.org/voc/Length',
      texts: { uom: 'KMT' },
    });
    expect(reportOf({ type: 'Length', value: Infinity })).toEqual({
      type: 'https://gs1.org/voc/Length',
    });
  });

  it('are at most 1,000', () => {
    const sensorReport = Array.from({ length: 800 }, (_, value) => ({ type: 'Count', value }));
    expect(sensorsOf({ sensorReport }, { sensorReport })).toHaveLength(1_000);
  });
});
