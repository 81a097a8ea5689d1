import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../error.js';
import { toBase } from '../../record/unit/unit.js';
import { PlaceReader } from '../trace/place-reader.js';
import {
  allOf,
  ALWAYS,
  anyOf,
  NEVER,
  not,
  rowTest,
  type EventCondition,
} from './event-condition.js';
import type {
  EventFilter,
  FieldCondition,
  QuantityCondition,
  TimeWindow,
  TypedCondition,
} from './event-filter.js';
import { Inheritance } from './event-inheritance.js';
import { sensorCondition } from './event-sensor.js';
import { ACTIONS } from './event-store.js';
import { EventTests } from './event-test.js';
import { EventThings, type ThingList } from './event-thing.js';
import { DECLARATION_TIME, fieldMeasure, quantityMeasure } from './measure-key.js';
import { ANY_TEXT, fieldRole, typedRole, type MentionRole } from './mention-role.js';
import { convertRange, isOpenRange, rangeOf } from './number-bound.js';

/** Parts of a filter that are lists of texts, and the roles they are looked for in. */
const NAMED = {
  eventType: ['TYPE'],
  bizStep: ['BIZ_STEP'],
  disposition: ['DISPOSITION'],
  setDisposition: ['SET_DISPOSITION'],
  unsetDisposition: ['UNSET_DISPOSITION'],
  readPoint: ['READ_POINT'],
  bizLocation: ['BIZ_LOCATION'],
  transformationId: ['TRANSFORMATION_ID'],
  eventId: ['EVENT_ID'],
  lot: ['LOT'],
  epcClass: ['QUANTITY', 'CHILD_QUANTITY'],
  inputEpcClass: ['INPUT_QUANTITY'],
  outputEpcClass: ['OUTPUT_QUANTITY'],
  anyEpcClass: ['QUANTITY', 'CHILD_QUANTITY', 'INPUT_QUANTITY', 'OUTPUT_QUANTITY'],
  errorReason: ['ERROR_REASON'],
  correctiveEventId: ['CORRECTIVE_ID'],
} as const satisfies Partial<Record<keyof EventFilter, MentionRole[]>>;

const THINGS: readonly ThingList[] = ['epc', 'parentId', 'inputEpc', 'outputEpc', 'anyEpc'];
const TYPED = ['bizTransaction', 'source', 'destination'] as const;

const DEPTH_MAX = 20;

export interface CompileOptions {
  includeInherited?: boolean;
}

/** Makes conditions on the rows of the index out of filters. */
export class EventCompiler {
  private readonly tests: EventTests;
  private readonly things: EventThings;
  private readonly places: PlaceReader;

  constructor(database: DatabaseSync) {
    this.tests = new EventTests(database);
    this.things = new EventThings(database, this.tests, new Inheritance(database));
    this.places = new PlaceReader(database);
  }

  /** @throws AppError QUERY_TOO_COMPLEX */
  compile(filter: EventFilter, options: CompileOptions = {}, depth = 0): EventCondition {
    if (depth > DEPTH_MAX) {
      throw new AppError('QUERY_TOO_COMPLEX', `filters nest ${DEPTH_MAX} deep at most`);
    }
    const inner = (each: EventFilter) => this.compile(each, options, depth + 1);
    return allOf([
      ...(filter.and ?? []).map(inner),
      ...(filter.or ? [anyOf(filter.or.map(inner))] : []),
      ...(filter.not ? [not(inner(filter.not))] : []),
      ...this.conditionsOf(filter, options),
    ]);
  }

  private *conditionsOf(filter: EventFilter, options: CompileOptions): Generator<EventCondition> {
    yield* this.ofRow(filter);
    for (const [name, roles] of Object.entries(NAMED)) {
      const texts = filter[name as keyof typeof NAMED];
      if (texts) yield this.tests.names(roles, texts);
    }
    for (const list of THINGS) {
      const epcs = filter[list];
      if (epcs) yield this.things.names(list, epcs, options.includeInherited ?? false);
    }
    if (filter.readPointWithin) yield this.within('READ_POINT', filter.readPointWithin);
    if (filter.bizLocationWithin) yield this.within('BIZ_LOCATION', filter.bizLocationWithin);
    for (const list of TYPED) {
      for (const condition of filter[list] ?? []) yield this.typed(list, condition);
    }
    for (const condition of filter.quantity ?? []) yield this.quantity(condition);
    for (const condition of filter.sensor ?? []) yield sensorCondition(this.tests, condition);
    for (const condition of filter.field ?? []) yield this.field(condition);
    const declared = filter.errorDeclarationTime;
    if (declared) yield this.tests.measures([DECLARATION_TIME], rangeOf(declared));
  }

  private *ofRow(filter: EventFilter): Generator<EventCondition> {
    const { afterSeq, beforeSeq, author, eventTime, recordTime, action } = filter;
    if (afterSeq !== undefined) yield rowTest('e.seq > ?', afterSeq);
    if (beforeSeq !== undefined) yield rowTest('e.seq < ?', beforeSeq);
    if (eventTime) yield inWindow('e.time', eventTime);
    if (recordTime) yield inWindow('e.at', recordTime);
    if (author !== undefined) {
      const id = this.tests.idOf(author);
      yield id === undefined ? NEVER : rowTest(`e.author = ${id}`);
    }
    if (action) yield this.action(action);
    const { hasErrorDeclaration, isVoided } = filter;
    if (hasErrorDeclaration === true) yield this.tests.names(['ERROR_DECLARATION'], EVENT_TYPES);
    if (hasErrorDeclaration === false) yield rowTest('e.voids <> 1');
    if (isVoided !== undefined) yield rowTest(`(e.voided IS NOT NULL) = ${Number(isVoided)}`);
  }

  /** As a number in the row; found by its word. */
  private action(actions: NonNullable<EventFilter['action']>): EventCondition {
    if (actions.length === 0) return NEVER;
    const named = this.tests.names(['ACTION'], actions);
    if (named.kind !== 'TEST') return named;
    const codes = actions.map((action) => ACTIONS.indexOf(action));
    return { ...named, ...rowTest(`e.action IN (${codes.join()})`), source: named.source };
  }

  private within(role: MentionRole, locations: readonly string[]): EventCondition {
    return this.tests.names(
      [role],
      locations.flatMap((location) => this.places.within(location)),
    );
  }

  private typed(list: (typeof TYPED)[number], { type, values }: TypedCondition): EventCondition {
    return this.tests.says(typedRole(list, type), values);
  }

  private quantity({ uom, range }: QuantityCondition): EventCondition {
    const unit = uom === undefined ? '' : (toBase(0, uom)?.unit ?? uom);
    const convert = (bound: number) =>
      uom === undefined ? bound : (toBase(bound, uom)?.value ?? bound);
    return this.tests.measures([quantityMeasure(unit)], convertRange(range, convert) ?? range);
  }

  private field({ area, name, isInner = false, ...wanted }: FieldCondition): EventCondition {
    const { texts, range, time } = wanted;
    const role = fieldRole(area, isInner, name);
    const parts: EventCondition[] = [this.tests.says(role, texts ?? [ANY_TEXT])];
    if (!isOpenRange(range)) {
      parts.push(this.tests.measures([fieldMeasure('number', area, isInner, name)], range!));
    }
    if (time && !isOpenRange(rangeOf(time))) {
      parts.push(this.tests.measures([fieldMeasure('time', area, isInner, name)], rangeOf(time)));
    }
    return allOf(parts);
  }
}

const EVENT_TYPES = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
];

function inWindow(column: string, { from, before }: TimeWindow): EventCondition {
  return allOf([
    from === undefined ? ALWAYS : rowTest(`${column} >= ?`, from),
    before === undefined ? ALWAYS : rowTest(`${column} < ?`, before),
  ]);
}
