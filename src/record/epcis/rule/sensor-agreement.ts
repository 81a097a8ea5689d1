import type { Findings } from '../../finding.js';
import { parseInstant } from '../../instant.js';
import { objectsAt, stringAt, type JsonObject } from '../../json-object.js';

/** Said once for all reports of an element, or by each report: not both. */
const SAID_ONCE = ['time', 'deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod'];

/**
 * What the parts of a sensor element say of one another and of the event (EPCIS 2.0 section 7.3.7). Examples of
 * GS1 itself break both rules, so they only warn.
 */
export function checkSensorAgreement(event: JsonObject, found: Findings): void {
  if (!('sensorElementList' in event)) return;
  const eventTime = parseInstant(stringAt(event, 'eventTime') ?? '') ?? Infinity;
  for (const [i, element] of objectsAt(event, 'sensorElementList').entries()) {
    const place = ['sensorElementList', i];
    const [metadata = {}] = objectsAt(element, 'sensorMetadata');
    checkTime(metadata, eventTime, [...place, 'sensorMetadata'], found);
    for (const [j, report] of objectsAt(element, 'sensorReport').entries()) {
      const reportPlace = [...place, 'sensorReport', j];
      checkTime(report, eventTime, reportPlace, found);
      checkSaidOnce(metadata, report, reportPlace, found);
    }
  }
}

type Place = (string | number)[];

function checkTime(part: JsonObject, eventTime: number, place: Place, found: Findings): void {
  const time = stringAt(part, 'time');
  if (time === undefined || (parseInstant(time) ?? 0) <= eventTime) return;
  found.warn('SENSOR_TIME_AFTER_EVENT', 'measured after the time of the event', [...place, 'time']);
}

function checkSaidOnce(
  metadata: JsonObject,
  report: JsonObject,
  place: Place,
  found: Findings,
): void {
  for (const name of SAID_ONCE) {
    if (!(name in metadata) || !(name in report)) continue;
    const message = `${name} stands in sensorMetadata or in sensorReport, not in both`;
    found.warn('SENSOR_ATTRIBUTE_TWICE', message, [...place, name]);
  }
}
