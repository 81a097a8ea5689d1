import { isObject, objectsAt, type JsonObject } from '../../json-object.js';
import { parseInstant } from '../../instant.js';
import { toBase } from '../../unit/unit.js';
import type { EpcForms } from './epc-forms.js';
import type { SensorFact, SensorNumber } from './event-fact.js';
import type { EventNames } from './event-names.js';
import { finiteNumber, shortText } from './fact-text.js';
import type { FieldReader } from './field.js';

/** Each becomes rows of the index. A logger that reports every minute has as many in sixteen hours. */
const SENSORS_MAX = 1_000;

const NUMBERS: readonly SensorNumber[] = [
  'value',
  'minValue',
  'maxValue',
  'meanValue',
  'sDev',
  'percRank',
  'percValue',
];

/** Texts that name a thing: they have a canonical form. */
const THINGS = ['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'];
/** Texts that only a report has. */
const TEXTS = [
  'microorganism',
  'chemicalSubstance',
  'coordinateReferenceSystem',
  'stringValue',
  'booleanValue',
  'hexBinaryValue',
  'uriValue',
  'uom',
];

export interface SensorScope {
  names: EventNames;
  epcs: EpcForms;
  fields: FieldReader;
}

/** The reports of an event's sensor elements; what is beside EPCIS's own members goes to the fields. */
export function sensorFacts(event: JsonObject, scope: SensorScope): SensorFact[] {
  const facts: SensorFact[] = [];
  for (const element of objectsAt(event, 'sensorElementList')) {
    scope.fields.readExtensions(element, 'SENSOR_ELEMENT');
    const metadata = isObject(element['sensorMetadata']) ? element['sensorMetadata'] : {};
    scope.fields.readExtensions(metadata, 'SENSOR_METADATA');
    for (const report of objectsAt(element, 'sensorReport')) {
      if (facts.length >= SENSORS_MAX) return facts;
      scope.fields.readExtensions(report, 'SENSOR_REPORT');
      facts.push(reportFact(report, metadata, scope));
    }
  }
  return facts;
}

function reportFact(report: JsonObject, metadata: JsonObject, scope: SensorScope): SensorFact {
  const { names } = scope;
  const fact: SensorFact = {};
  const type = shortText(report['type']);
  if (type !== undefined) fact.type = names.termOf('sensorMeasurementType', type);
  const exception = shortText(report['exception']);
  if (exception !== undefined) fact.exception = names.termOf('sensorAlertType', exception);
  for (const name of ['time', 'startTime', 'endTime'] as const) {
    const time = momentIn(report[name]) ?? momentIn(metadata[name]);
    if (time !== undefined) fact[name] = time;
  }
  addNumbers(fact, report);
  addTexts(fact, report, metadata, scope);
  return fact;
}

function momentIn(value: unknown): number | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

function addNumbers(fact: SensorFact, report: JsonObject): void {
  const uom = shortText(report['uom']);
  const unit = uom === undefined ? undefined : toBase(0, uom)?.unit;
  const numbers: SensorFact['numbers'] = {};
  let isEmpty = true;
  for (const name of NUMBERS) {
    const captured = finiteNumber(report[name]);
    if (captured === undefined) continue;
    const number = unit === undefined ? captured : inBaseUnit(name, captured, uom!);
    if (number === undefined) continue;
    numbers[name] = number;
    isEmpty = false;
  }
  if (isEmpty) return;
  fact.numbers = numbers;
  if (unit !== undefined) fact.unit = unit;
}

/** A rank among a hundred has no unit; a deviation has no zero point. */
function inBaseUnit(name: SensorNumber, value: number, uom: string): number | undefined {
  if (name === 'percRank') return value;
  return toBase(value, uom, name === 'sDev' ? 'difference' : 'value')?.value;
}

function addTexts(
  fact: SensorFact,
  report: JsonObject,
  metadata: JsonObject,
  { names, epcs }: SensorScope,
): void {
  const put = (name: string, text: string | undefined) => {
    if (text !== undefined) (fact.texts ??= {})[name] = text;
  };
  for (const name of THINGS) {
    const text = shortText(report[name] ?? metadata[name]);
    put(name, text && epcs.of(text));
  }
  const component = shortText(report['component']);
  put('component', component && names.termOf('component', component));
  for (const name of TEXTS) {
    const value = report[name];
    put(name, typeof value === 'boolean' ? String(value) : shortText(value));
  }
}
