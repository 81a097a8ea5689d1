import { describe, expect, it } from '@jest/globals';
import { readOne, readProblems } from '../../reading.js';
import { buildEvent } from '../build.js';

const DEVICE = 'urn:epc:id:giai:4000001.111';
/** The event is of 04:45 UTC. */
const BEFORE = '2026-07-22T06:44:59+02:00';
const AFTER = '2026-07-22T04:45:00.001Z';

const withSensor = (sensorReport: object, sensorMetadata: object = {}) =>
  buildEvent('ObjectEvent', {
    sensorElementList: [
      { sensorMetadata, sensorReport: [{ type: 'Temperature', ...sensorReport }] },
    ],
  });
const warningsOf = (event: object) =>
  (readOne(event).warnings ?? []).map(({ code, pointer }) => `${code} ${pointer}`);

describe('a sensor element', () => {
  it('takes every member the standard has, and extensions', () => {
    const report = {
      exception: 'ALARM_CONDITION',
      deviceID: DEVICE,
      bizRules: 'https://example.org/253/4012345000054987',
      microorganism: 'https://example.org/taxonomy/1126011',
      coordinateReferenceSystem: 'http://www.opengis.net/def/crs/EPSG/0/27700',
      value: -26.5,
      component: 'x',
      sDev: 0.1,
      stringValue: '',
      booleanValue: false,
      hexBinaryValue: 'f0F0',
      uriValue: 'https://example.org/x',
      uom: 'CEL',
      'ex:note': [1],
    };
    const metadata = { startTime: BEFORE, endTime: BEFORE, 'ex:note': 'x' };
    expect(warningsOf(withSensor(report, metadata))).toEqual([]);
  });

  it('has a type or an exception in each report', () => {
    expect(readProblems(withSensor({ type: undefined }))).toEqual([
      'INVALID_RECORD /sensorElementList/0/sensorReport/0',
    ]);
    const alarm = withSensor({ type: undefined, exception: 'ERROR_CONDITION' });
    expect(warningsOf(alarm)).toEqual([]);
  });

  it.each([
    ['time', 'yesterday'],
    ['deviceID', 'device 7'],
    ['value', '26'],
    ['maxValue', null],
    ['booleanValue', 'true'],
    ['hexBinaryValue', 'xyz'],
    ['hexBinaryValue', ''],
    ['stringValue', 5],
    ['uriValue', 'here'],
    ['uom', 'degrees'],
    ['type', ''],
  ])('refuses a report with %s as %j', (name, value) => {
    expect(readProblems(withSensor({ [name]: value }))).toEqual([
      `INVALID_RECORD /sensorElementList/0/sensorReport/0/${name}`,
    ]);
  });

  it.each([
    [{ time: 5 }, '/time'],
    [{ startTime: '2026-07-22' }, '/startTime'],
    [{ endTime: '1066-10-14T09:00:00Z' }, '/endTime'],
    [{ deviceMetadata: {} }, '/deviceMetadata'],
    [{ value: 5 }, ''],
    [[], ''],
  ])('refuses %j as its metadata', (metadata, pointer) => {
    expect(readProblems(withSensor({}, metadata))).toEqual([
      `INVALID_RECORD /sensorElementList/0/sensorMetadata${pointer}`,
    ]);
  });

  it('refuses a value that no number holds', () => {
    const text = JSON.stringify(withSensor({ value: 5 })).replace('"value":5', '"value":-1e999');
    expect(readProblems(text)).toEqual([
      'INVALID_RECORD /sensorElementList/0/sensorReport/0/value',
    ]);
  });

  it.each(['time', 'deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod'])(
    'warns of %s when it stands in metadata and report',
    (name) => {
      const said = { [name]: name === 'time' ? BEFORE : DEVICE };
      expect(warningsOf(withSensor(said))).toEqual([]);
      expect(warningsOf(withSensor({}, said))).toEqual([]);
      expect(warningsOf(withSensor(said, said))).toEqual([
        `SENSOR_ATTRIBUTE_TWICE /sensorElementList/0/sensorReport/0/${name}`,
      ]);
    },
  );

  it('warns of a measurement later than its event', () => {
    expect(warningsOf(withSensor({ time: AFTER }))).toEqual([
      'SENSOR_TIME_AFTER_EVENT /sensorElementList/0/sensorReport/0/time',
    ]);
    expect(warningsOf(withSensor({}, { time: AFTER }))).toEqual([
      'SENSOR_TIME_AFTER_EVENT /sensorElementList/0/sensorMetadata/time',
    ]);
    expect(warningsOf(withSensor({}, { time: '2026-07-22T04:45:00Z' }))).toEqual([]);
  });
});
