import type { FieldArea, SensorNumber } from '../../record/epcis/fact/event-fact.js';

/** The words under which numbers are kept; each word is a term, its id the key of a measure. */

/** A number of a sensor report in a base unit; without type, of a report of any type; without unit, as captured. */
export function sensorMeasure(name: SensorNumber, unit = '', type = ''): string {
  return `sensor|${name}|${unit}|${type}`;
}

/** A moment of a sensor report, ms. */
export function sensorTime(name: 'time' | 'startTime' | 'endTime'): string {
  return `sensor|${name}`;
}

/** An amount of a class, in its base unit (`''`: pieces), whichever list it is in. */
export function quantityMeasure(unit = ''): string {
  return `quantity|${unit}`;
}

/** A number or (`time`) a moment in ms of an extension or ILMD field. */
export function fieldMeasure(
  kind: 'number' | 'time',
  area: FieldArea,
  isInner: boolean,
  name: string,
): string {
  return `${kind}|${area}|${isInner ? 'inner' : ''}|${name}`;
}

/** When an error was declared, ms. */
export const DECLARATION_TIME = 'declarationTime';
