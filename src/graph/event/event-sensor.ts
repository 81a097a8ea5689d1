import type { SensorNumber } from '../../record/epcis/fact/event-fact.js';
import { toBase } from '../../record/unit/unit.js';
import type { Sql } from '../record/record-filter.js';
import { allOf, NEVER, rowTest, type EventCondition } from './event-condition.js';
import { SENSORS_MAX } from './event-detail.js';
import type { NumberRange, SensorCondition, TimeWindow } from './event-filter.js';
import { measureTest, type EventTests } from './event-test.js';
import { sensorMeasure, sensorTime } from './measure-key.js';
import { sensorRole } from './mention-role.js';
import { convertRange, formatRange, isOpenRange, rangeOf } from './number-bound.js';

const TIMES = ['time', 'startTime', 'endTime'] as const;

/** EPCIS names of texts are names of this shape; no other can stand in a JSON path. */
const TEXT_NAME = /^[A-Za-z][\w:.-]{0,99}$/;

/** What a report must say, its bounds in base units. */
interface Wanted {
  type?: string;
  number: SensorNumber;
  /** Base unit; undefined for any. */
  unit?: string;
  range?: NumberRange;
  texts: { name: string; values: string[] }[];
  times: [name: (typeof TIMES)[number], window: TimeWindow][];
}

/**
 * One report that says all of this. Each part is looked for in the index; where there are several, the reports kept
 * with the event say whether one of them has all. Of an event with more reports than are kept, the parts are enough.
 */
export function sensorCondition(tests: EventTests, condition: SensorCondition): EventCondition {
  const wanted = wantedOf(condition);
  if (!wanted) return NEVER;
  const { type, range, texts, times } = wanted;
  const parts: EventCondition[] = [
    ...(type === undefined ? [] : [tests.says(sensorRole('type'), [type])]),
    ...(range ? [measureTest(keysOf(tests, wanted), range)] : []),
    ...texts.map(({ name, values }) => tests.says(sensorRole(name), values)),
    ...times.map(([name, window]) => tests.measures([sensorTime(name)], rangeOf(window))),
  ];
  const isOne = texts.length + times.length === 0 || parts.length === 1;
  return allOf(isOne ? parts : [...parts, saidByOne(wanted)]);
}

/** Undefined when no report can be meant. */
function wantedOf(condition: SensorCondition): Wanted | undefined {
  const { type, number = 'value', uom, texts = [] } = condition;
  const times = TIMES.flatMap((name): Wanted['times'] => {
    const window = condition[name];
    return window && !isOpenRange(rangeOf(window)) ? [[name, window]] : [];
  });
  if (texts.some(({ name }) => !TEXT_NAME.test(name))) return undefined;
  const wanted = { type, number, texts, times };
  if (isOpenRange(condition.range)) return wanted;
  // a rank among a hundred is in no unit, whatever the report's
  if (number === 'percRank') return { ...wanted, range: condition.range };
  const unit = uom === undefined ? '' : toBase(0, uom)?.unit;
  // numbers in a unit nobody knows were kept as captured, under its own name
  if (unit === undefined) {
    const named = [...texts, { name: 'uom', values: [uom!] }];
    return { ...wanted, unit: '', range: condition.range, texts: named };
  }
  const meaning = number === 'sDev' ? 'difference' : 'value';
  const convert = (bound: number) => (uom ? toBase(bound, uom, meaning)?.value : bound);
  const range = convertRange(condition.range!, convert);
  return range && { ...wanted, unit, range };
}

function keysOf(tests: EventTests, { type = '', number, unit }: Wanted): number[] {
  if (unit !== undefined) return tests.idsOf([sensorMeasure(number, unit, type)]);
  return tests.idsBetween(`sensor|${number}|`, `|${type}`);
}

function saidByOne({ type, number, unit, range, texts, times }: Wanted): EventCondition {
  const parts: Sql[] = [
    ...(type === undefined ? [] : [isText('type', [type])]),
    ...(range ? [formatRange(`(s.value ->> '$.numbers.${number}')`, range)] : []),
    ...(range && unit ? [isText('unit', [unit])] : []),
    ...(range && unit === '' ? [{ text: `s.value ->> '$.unit' IS NULL`, values: [] }] : []),
    ...texts.map(({ name, values }) =>
      isText(name === 'type' || name === 'exception' ? name : `texts."${name}"`, values),
    ),
    ...times.map(([name, window]) => formatRange(`(s.value ->> '$.${name}')`, rangeOf(window))),
  ];
  const test = rowTest(
    `json_array_length(e.detail, '$.sensors') >= ${SENSORS_MAX} OR EXISTS (
       SELECT 1 FROM json_each(e.detail, '$.sensors') s
       WHERE ${parts.map(({ text }) => text).join(' AND ')})`,
    ...parts.flatMap(({ values }) => values),
  );
  return { ...test, seeks: SENSORS_MAX };
}

function isText(path: string, texts: readonly string[]): Sql {
  return {
    text: `s.value ->> '$.${path}' IN (SELECT value FROM json_each(?))`,
    values: [JSON.stringify(texts)],
  };
}
