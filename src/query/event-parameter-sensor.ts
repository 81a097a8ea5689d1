import { AppError } from '../error.js';
import type {
  EventFilter,
  NumberRange,
  SensorCondition,
  TimeWindow,
} from '../graph/event/event-filter.js';
import type { SensorNumber } from '../record/epcis/fact/event-fact.js';
import type { ParameterInput } from './event-parameter-input.js';
import { addNumber, narrowWindow, type Comparison } from './event-parameter-range.js';

/** Texts that name a thing: events are found by its canonical form. */
const THINGS = new Set([
  'deviceID',
  'deviceMetadata',
  'rawData',
  'dataProcessingMethod',
  'bizRules',
]);
const TEXTS = new Set([
  'microorganism',
  'chemicalSubstance',
  'coordinateReferenceSystem',
  'stringValue',
  'hexBinaryValue',
  'uriValue',
]);

const NUMBERS =
  /^(EQ|GT|GE|LT|LE)_(value|minValue|maxValue|meanValue|sDev|percRank|percValue)(?:_(.+))?$/;
const TIMES = /^(GE|LT)_(time|startTime|endTime)$/;
const UNIT = /^[A-Z0-9]{2,3}$/;

/** Every number is looked for in reports of every type. */
const CONDITIONS_MAX = 1_000;

/** Gathers what a query says of sensors: all of it must be true of one report. */
export class SensorParameters {
  private types: string[] | undefined;
  private readonly common: SensorCondition = {};
  private readonly numbers = new Map<string, SensorCondition & { range: NumberRange }>();

  /** @returns false for a parameter that is not about sensors */
  read(name: string, input: ParameterInput): boolean {
    return this.readWord(name, input) || this.readTime(name, input) || this.readNumber(name, input);
  }

  /** One alternative for each type of measurement asked for. @throws AppError QUERY_TOO_COMPLEX */
  format(): EventFilter[] {
    const alternatives = this.types ?? [undefined];
    if (alternatives.length * this.numbers.size > CONDITIONS_MAX) throw tooComplex();
    const filters = alternatives.map((type) => ({ sensor: this.conditionsOf(type) }));
    const said = filters.filter(({ sensor }) => sensor.length > 0);
    return said.length > 1 ? [{ or: said }] : said;
  }

  private conditionsOf(type: string | undefined): SensorCondition[] {
    const common = { ...(type !== undefined && { type }), ...this.common };
    const numbers = [...this.numbers.values()];
    if (numbers.length > 0) return numbers.map((number) => ({ ...common, ...number }));
    return Object.keys(common).length > 0 ? [common] : [];
  }

  private readWord(name: string, input: ParameterInput): boolean {
    const word = name.startsWith('EQ_') ? name.slice(3) : '';
    if (word === 'type') this.types = input.terms('sensorMeasurementType');
    else if (word === 'exception') this.addText(word, input.terms('sensorAlertType'));
    else if (word === 'component') this.addText(word, input.terms('component'));
    else if (word === 'booleanValue') this.addText(word, input.oneOf(['true', 'false']));
    else if (THINGS.has(word)) this.addText(word, input.epcs());
    else if (TEXTS.has(word)) this.addText(word, input.texts());
    else return false;
    return true;
  }

  private readTime(name: string, input: ParameterInput): boolean {
    const [, comparison, member] = TIMES.exec(name) ?? [];
    if (member === undefined) return false;
    const window: TimeWindow = (this.common[member as 'time'] ??= {});
    narrowWindow(window, comparison as Comparison, input.instant());
    return true;
  }

  private readNumber(name: string, input: ParameterInput): boolean {
    const [, comparison, number, uom] = NUMBERS.exec(name) ?? [];
    if (number === undefined) return false;
    if (uom !== undefined && !UNIT.test(uom)) {
      throw input.refuse('ends in no unit', 'a code of UN/CEFACT Recommendation 20, like CEL');
    }
    const key = `${number} ${uom}`;
    const condition = this.numbers.get(key) ?? {
      number: number as SensorNumber,
      ...(uom !== undefined && { uom }),
      range: {},
    };
    this.numbers.set(key, condition);
    addNumber(condition.range, comparison as Comparison, input);
    return true;
  }

  private addText(name: string, values: string[]): void {
    (this.common.texts ??= []).push({ name, values });
  }
}

function tooComplex(): AppError {
  return new AppError('QUERY_TOO_COMPLEX', 'the query has too many numbers of too many types', {
    hint: 'ask several times, each for some of the types',
    limit: CONDITIONS_MAX,
  });
}
