import type { CbvKind } from '../../cbv/term.js';

/** How a value is written: a moment in UTC, a term of the vocabulary, or whatever it is. */
export type ValueForm = 'time' | 'value' | CbvKind;

/** A member of an event that the standard gives a place. */
export interface Field {
  name: string;
  /** How its value is written. */
  form: ValueForm;
  /** The members of its value, in their order, where the value is an object. */
  inside?: readonly Field[];
  /** What XML calls each item of the list, where JSON has a bare list. */
  each?: Field;
}

/** The fields of an event in the order of the pre-hash string (CBV 2.0, section 8.9). */
export const EVENT_FIELDS: readonly Field[] = [
  time('eventTime'),
  value('eventTimeZoneOffset'),
  value('certificationInfo'),
  epcs('epcList'),
  value('parentID'),
  epcs('inputEPCList'),
  epcs('childEPCs'),
  quantities('quantityList'),
  quantities('childQuantityList'),
  quantities('inputQuantityList'),
  epcs('outputEPCList'),
  quantities('outputQuantityList'),
  value('action'),
  value('transformationID'),
  { name: 'bizStep', form: 'bizStep' },
  { name: 'disposition', form: 'disposition' },
  object('persistentDisposition', [
    { name: 'set', form: 'disposition' },
    { name: 'unset', form: 'disposition' },
  ]),
  object('readPoint', [value('id')]),
  object('bizLocation', [value('id')]),
  list('sensorElementList', object('sensorElement', sensorFields())),
];

/**
 * Fields that come after those above, sorted together with extensions and `ilmd`. The table of the standard has them
 * before the sensors; the reference implementation and every vector have them here.
 */
export const LATE_FIELDS: readonly Field[] = [
  pairs('bizTransactionList', 'bizTransaction', 'bizTransactionType'),
  pairs('sourceList', 'source', 'sourceDestType'),
  pairs('destinationList', 'destination', 'sourceDestType'),
];

function sensorFields(): Field[] {
  const origin = ['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod'].map(value);
  return [
    object('sensorMetadata', [
      ...['time', 'startTime', 'endTime'].map(time),
      ...origin,
      value('bizRules'),
    ]),
    object('sensorReport', [
      { name: 'type', form: 'sensorMeasurementType' },
      { name: 'exception', form: 'sensorAlertType' },
      ...origin,
      time('time'),
      ...['microorganism', 'chemicalSubstance', 'value'].map(value),
      { name: 'component', form: 'component' },
      ...['stringValue', 'booleanValue', 'hexBinaryValue', 'uriValue'].map(value),
      ...['minValue', 'maxValue', 'meanValue', 'sDev', 'percRank', 'percValue'].map(value),
      ...['uom', 'coordinateReferenceSystem'].map(value),
    ]),
  ];
}

function epcs(name: string): Field {
  return list(name, value('epc'));
}

function quantities(name: string): Field {
  return list(name, object('quantityElement', ['epcClass', 'quantity', 'uom'].map(value)));
}

/** The items have no name of their own in the string: each begins with its `type`. */
function pairs(name: string, item: string, form: ValueForm): Field {
  return list(name, object('', [{ name: 'type', form }, value(item)]));
}

function time(name: string): Field {
  return { name, form: 'time' };
}

function value(name: string): Field {
  return { name, form: 'value' };
}

function object(name: string, inside: readonly Field[]): Field {
  return { name, form: 'value', inside };
}

function list(name: string, each: Field): Field {
  return { name, form: 'value', each };
}
