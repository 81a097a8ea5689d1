import type {
  EventFilter,
  FieldCondition,
  NumberRange,
  SensorCondition,
  TimeWindow,
  TypedCondition,
} from '../graph/event/event-filter.js';
import type { CbvKind } from '../record/cbv/term.js';
import { EventNames } from '../record/epcis/fact/event-names.js';
import { fieldName, joinName } from '../record/epcis/fact/field-name.js';
import { isEventType } from '../record/epcis/event-type.js';
import type { Path } from '../record/json-pointer.js';
import { FilterInput, refuse } from './event-filter-input.js';
import type {
  EventFilterQuestion,
  FieldQuestion,
  NumberBounds,
  SensorQuestion,
} from './event-filter-question.js';

/** Lists of identifiers, and the members of the filter they become. */
const EPCS = {
  EQ_readPoint: 'readPoint',
  WD_readPoint: 'readPointWithin',
  EQ_bizLocation: 'bizLocation',
  WD_bizLocation: 'bizLocationWithin',
  EQ_transformationID: 'transformationId',
  MATCH_epc: 'epc',
  MATCH_parentID: 'parentId',
  MATCH_inputEPC: 'inputEpc',
  MATCH_outputEPC: 'outputEpc',
  MATCH_anyEPC: 'anyEpc',
  MATCH_epcClass: 'epcClass',
  MATCH_inputEPCClass: 'inputEpcClass',
  MATCH_outputEPCClass: 'outputEpcClass',
  MATCH_anyEPCClass: 'anyEpcClass',
} as const satisfies Partial<Record<keyof EventFilterQuestion, keyof EventFilter>>;

const TERMS = {
  EQ_bizStep: ['bizStep', 'bizStep'],
  EQ_disposition: ['disposition', 'disposition'],
  EQ_persistentDisposition_set: ['setDisposition', 'disposition'],
  EQ_persistentDisposition_unset: ['unsetDisposition', 'disposition'],
  EQ_errorReason: ['errorReason', 'errorReason'],
} as const satisfies Partial<
  Record<keyof EventFilterQuestion, readonly [keyof EventFilter, CbvKind]>
>;

const TEXTS = {
  EQ_eventID: 'eventId',
  EQ_correctiveEventID: 'correctiveEventId',
  lot: 'lot',
} as const satisfies Partial<Record<keyof EventFilterQuestion, keyof EventFilter>>;

const TYPED = {
  EQ_bizTransaction: ['bizTransaction', 'bizTransactionType'],
  EQ_source: ['source', 'sourceDestType'],
  EQ_destination: ['destination', 'sourceDestType'],
} as const;

/** Texts of sensor reports that name things. */
const THINGS = new Set([
  'deviceID',
  'deviceMetadata',
  'rawData',
  'dataProcessingMethod',
  'bizRules',
]);

/**
 * Terms may be spelt in any way, identifiers be of any form; inside there is one.
 *
 * @param path where the filter stands in what was asked
 * @throws AppError BAD_USER_INPUT with a pointer, QUERY_TOO_COMPLEX
 */
export function parseEventFilter(question: EventFilterQuestion, path: Path = []): EventFilter {
  return new FilterParser(new FilterInput()).parse(question, path, 0);
}

class FilterParser {
  private readonly names = new EventNames(undefined, undefined);

  constructor(private readonly input: FilterInput) {}

  parse(question: EventFilterQuestion, path: Path, depth: number): EventFilter {
    this.input.enter(depth);
    const { and, or, not } = question;
    const inner = (name: string) => (each: EventFilterQuestion, i: number) =>
      this.parse(each, [...path, name, i], depth + 1);
    const all = [
      ...(and ?? []).map(inner('and')),
      ...(question.field ?? []).map((each, i) => this.field(each, [...path, 'field', i])),
    ];
    return {
      ...this.lists(question, path),
      ...this.plain(question, path),
      ...(all.length > 0 && { and: all }),
      ...(or && { or: or.map(inner('or')) }),
      ...(not && { not: this.parse(not, [...path, 'not'], depth + 1) }),
    };
  }

  private lists(question: EventFilterQuestion, path: Path): EventFilter {
    const { input } = this;
    const filter: EventFilter = {};
    for (const [name, member] of Object.entries(EPCS) as [keyof typeof EPCS, 'epc'][]) {
      const values = question[name];
      if (values) filter[member] = input.epcs(values, [...path, name]);
    }
    for (const [name, member] of Object.entries(TEXTS) as [keyof typeof TEXTS, 'lot'][]) {
      const values = question[name];
      if (values) filter[member] = input.texts(values, [...path, name]);
    }
    for (const name of Object.keys(TERMS) as (keyof typeof TERMS)[]) {
      const [member, kind] = TERMS[name];
      const values = question[name];
      if (values) filter[member] = input.terms(kind, values, [...path, name]);
    }
    for (const name of Object.keys(TYPED) as (keyof typeof TYPED)[]) {
      const [member, kind] = TYPED[name];
      const values = question[name];
      if (values) {
        filter[member] = values.map((each, i) => this.typed(each, kind, [...path, name, i]));
      }
    }
    return filter;
  }

  private plain(question: EventFilterQuestion, path: Path): EventFilter {
    const { eventType, EQ_action, EXISTS_errorDeclaration, isVoided, author } = question;
    const { afterSeq, beforeSeq } = question;
    eventType?.forEach((type, i) => {
      if (!isEventType(type)) throw refuse([...path, 'eventType', i], 'there is no such type');
    });
    const quantity = this.quantities(question, path);
    const sensor = question.sensor?.map((each, i) => this.sensor(each, [...path, 'sensor', i]));
    const parts: EventFilter = {
      eventType,
      eventTime: windowOf(question.GE_eventTime, question.LT_eventTime),
      recordTime: windowOf(question.GE_recordTime, question.LT_recordTime),
      action: EQ_action,
      quantity: quantity.length > 0 ? quantity : undefined,
      sensor,
      hasErrorDeclaration: EXISTS_errorDeclaration,
      errorDeclarationTime: windowOf(
        question.GE_errorDeclaration_Time,
        question.LT_errorDeclaration_Time,
      ),
      isVoided,
      author,
      afterSeq,
      beforeSeq,
    };
    const given = Object.entries(parts).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given) as EventFilter;
  }

  private typed({ type, values }: TypedCondition, kind: CbvKind, path: Path): TypedCondition {
    this.input.addCondition();
    const [term] = type === undefined ? [] : this.input.terms(kind, [type], [...path, 'type']);
    return {
      ...(term !== undefined && { type: term }),
      values: this.input.epcs(values, [...path, 'values']),
    };
  }

  private quantities(
    question: EventFilterQuestion,
    path: Path,
  ): NonNullable<EventFilter['quantity']> {
    const { EQ_quantity: EQ, GT_quantity: GT, GE_quantity: GE } = question;
    const { LT_quantity: LT, LE_quantity: LE, quantity = [] } = question;
    const pieces = this.range({ EQ, GT, GE, LT, LE });
    return [
      ...(pieces ? [{ range: pieces }] : []),
      ...quantity.map((each, i) => {
        this.input.addCondition();
        const range = this.range(each);
        if (!range) throw refuse([...path, 'quantity', i], 'an amount needs a bound');
        return { ...(each.uom !== undefined && { uom: each.uom }), range };
      }),
    ];
  }

  private sensor(question: SensorQuestion, path: Path): SensorCondition {
    this.input.addCondition();
    const { type, number, uom, exception, texts = [] } = question;
    const [term] =
      type === undefined
        ? []
        : this.input.terms('sensorMeasurementType', [type], [...path, 'type']);
    const said = texts.map(({ name, values }, i) => {
      const place: Path = [...path, 'texts', i, 'values'];
      const canonical = THINGS.has(name)
        ? this.input.epcs(values, place)
        : this.input.texts(values, place);
      return { name, values: canonical };
    });
    if (exception) {
      const values = this.input.terms('sensorAlertType', exception, [...path, 'exception']);
      said.push({ name: 'exception', values });
    }
    const parts: SensorCondition = {
      type: term,
      number,
      uom,
      range: this.range(question),
      texts: said.length > 0 ? said : undefined,
      time: windowOf(question.GE_time, question.LT_time),
      startTime: windowOf(question.GE_startTime, question.LT_startTime),
      endTime: windowOf(question.GE_endTime, question.LT_endTime),
    };
    const given = Object.entries(parts).filter(([, value]) => value !== undefined);
    const isEmpty = given.every(([name]) => name === 'number' || name === 'uom');
    if (isEmpty) throw refuse(path, 'this says nothing of a sensor report');
    return Object.fromEntries(given) as SensorCondition;
  }

  /** A number may be spelt in several ways: what is meant is looked for beside what is written. */
  private field(question: FieldQuestion, path: Path): EventFilter {
    this.input.addCondition();
    const { area = 'EVENT', namespace, name, isInner = false, EQ } = question;
    const full =
      namespace === undefined ? fieldName(name, this.names.context) : joinName(namespace, name);
    const field: FieldCondition = { area, name: full, ...(isInner && { isInner }) };
    const bounds = this.range({ ...question, EQ: undefined });
    const time = windowOf(question.GE_time, question.LT_time);
    const bounded = { ...field, ...(bounds && { range: bounds }), ...(time && { time }) };
    if (!EQ) return { field: [bounded] };
    const texts = this.input.texts(EQ, [...path, 'EQ']);
    const numbers = texts.filter((text) => text.trim() !== '').map(Number);
    const equal = numbers.filter(Number.isFinite);
    if (equal.length === 0) return { field: [{ ...bounded, texts }] };
    const either = [{ field: [{ ...field, texts }] }, { field: [{ ...field, range: { equal } }] }];
    return bounds || time ? { field: [bounded], or: either } : { or: either };
  }

  private range({ EQ, GT, GE, LT, LE }: NumberBounds): NumberRange | undefined {
    if (EQ) this.input.count(EQ.length);
    const range = { equal: EQ, above: GT, from: GE, below: LT, to: LE };
    const given = Object.entries(range).filter(([, bound]) => bound !== undefined);
    return given.length > 0 ? (Object.fromEntries(given) as NumberRange) : undefined;
  }
}

function windowOf(from: number | undefined, before: number | undefined): TimeWindow | undefined {
  if (from === undefined && before === undefined) return undefined;
  return { ...(from !== undefined && { from }), ...(before !== undefined && { before }) };
}
