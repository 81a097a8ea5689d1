import type {
  EventFilter,
  NumberRange,
  SensorCondition,
  TimeWindow,
  TypedCondition,
} from '../../../src/graph/event/event-filter.js';
import type { EventOrder } from '../../../src/graph/event/event-filter.js';
import type { SensorFact, TypedFact } from '../../../src/record/epcis/fact/event-fact.js';
import type { EventSpec } from './event-log.js';

/** An event with what the log says of it. */
export interface LoggedEvent extends EventSpec {
  seq: number;
  at: number;
  isVoided: boolean;
}

/** What a filter lets through, by looking at every event. */
export function naiveList(
  events: readonly LoggedEvent[],
  filter: EventFilter,
  orderBy: EventOrder,
): number[] {
  const sign = orderBy.endsWith('DESC') ? -1 : 1;
  return events
    .filter((event) => passes(event, filter, events))
    .sort((a, b) => sign * ((orderBy.startsWith('TIME') ? a.time - b.time : 0) || a.seq - b.seq))
    .map(({ seq }) => seq);
}

function passes(event: LoggedEvent, filter: EventFilter, all: readonly LoggedEvent[]): boolean {
  const { facts } = event;
  const { error } = facts;
  const quantities = (...lists: string[]) =>
    (facts.quantities ?? []).filter(({ list }) => lists.includes(list)).map((q) => q.epcClass);
  const one = (wanted: readonly unknown[] | undefined, found: readonly unknown[]) =>
    wanted === undefined || wanted.some((each) => found.includes(each));
  const has = (
    wanted: readonly string[] | undefined,
    ...lists: (readonly string[] | undefined)[]
  ) =>
    wanted === undefined ||
    wanted.some((text) => lists.flatMap((list) => list ?? []).some((epc) => isOf(epc, text, all)));
  const parent = facts.parent === undefined ? [] : [facts.parent];
  const isTransformation = event.type === 'TransformationEvent';
  return (
    (filter.and ?? []).every((each) => passes(event, each, all)) &&
    (filter.or === undefined || filter.or.some((each) => passes(event, each, all))) &&
    (filter.not === undefined || !passes(event, filter.not, all)) &&
    event.seq > (filter.afterSeq ?? -1) &&
    event.seq < (filter.beforeSeq ?? Infinity) &&
    (filter.author === undefined || filter.author === event.author) &&
    within(event.time, filter.eventTime) &&
    within(event.at, filter.recordTime) &&
    one(filter.eventType, [event.type]) &&
    one(filter.eventId, [event.id]) &&
    one(filter.action, [facts.action]) &&
    one(filter.bizStep, [facts.bizStep]) &&
    one(filter.disposition, [facts.disposition]) &&
    one(filter.setDisposition, facts.set ?? []) &&
    one(filter.unsetDisposition, facts.unset ?? []) &&
    one(filter.readPoint, [facts.readPoint]) &&
    one(filter.bizLocation, [facts.bizLocation]) &&
    one(filter.transformationId, [facts.transformationId]) &&
    one(filter.lot, [facts.lot]) &&
    (filter.bizTransaction ?? []).every((each) => typed(each, facts.bizTransactions)) &&
    (filter.source ?? []).every((each) => typed(each, facts.sources)) &&
    (filter.destination ?? []).every((each) => typed(each, facts.destinations)) &&
    (filter.epc === undefined ||
      (!isTransformation && has(filter.epc, facts.epcs, facts.children))) &&
    has(filter.parentId, parent) &&
    has(filter.inputEpc, facts.inputs) &&
    has(filter.outputEpc, facts.outputs) &&
    has(filter.anyEpc, facts.epcs, facts.children, facts.inputs, facts.outputs, parent) &&
    one(filter.epcClass, quantities('quantityList', 'childQuantityList')) &&
    one(filter.inputEpcClass, quantities('inputQuantityList')) &&
    one(filter.outputEpcClass, quantities('outputQuantityList')) &&
    one(
      filter.anyEpcClass,
      (facts.quantities ?? []).map(({ epcClass }) => epcClass),
    ) &&
    (filter.quantity ?? []).every(({ uom, range }) =>
      (facts.quantities ?? []).some(
        (each) =>
          each.quantity !== undefined &&
          (each.uom === undefined) === (uom === undefined) &&
          inRange(
            each.quantity * (GRAMS[each.uom ?? ''] ?? 1),
            scaled(range, GRAMS[uom ?? ''] ?? 1),
          ),
      ),
    ) &&
    (filter.sensor ?? []).every((each) =>
      (facts.sensors ?? []).some((sensor) => reports(sensor, each)),
    ) &&
    (filter.field ?? []).every(({ area, name, isInner = false, texts, range, time }) => {
      const found = (facts.fields ?? []).filter(
        (each) => each.area === area && each.name === name && (each.isInner ?? false) === isInner,
      );
      return (
        found.some(
          ({ text }) => texts === undefined || (text !== undefined && texts.includes(text)),
        ) &&
        (range === undefined ||
          found.some(({ number }) => number !== undefined && inRange(number, range))) &&
        (time === undefined ||
          found.some((each) => each.time !== undefined && within(each.time, time)))
      );
    }) &&
    (filter.hasErrorDeclaration === undefined || filter.hasErrorDeclaration === Boolean(error)) &&
    (filter.isVoided === undefined || filter.isVoided === event.isVoided) &&
    one(filter.errorReason, [error?.reason]) &&
    one(filter.correctiveEventId, error?.correctiveIds ?? []) &&
    (filter.errorDeclarationTime === undefined ||
      (error?.declaredAt !== undefined && within(error.declaredAt, filter.errorDeclarationTime)))
  );
}

/** Grams and kilograms. */
const GRAMS: Record<string, number> = { GRM: 1, KGM: 1_000 };

function scaled(range: NumberRange, factor: number): NumberRange {
  return Object.fromEntries(
    Object.entries(range).map(([name, bound]: [string, number | number[]]) => [
      name,
      Array.isArray(bound) ? bound.map((each) => each * factor) : bound * factor,
    ]),
  );
}

/** An instance, a class of it, or its lot as it was commissioned. */
function isOf(epc: string, wanted: string, all: readonly LoggedEvent[]): boolean {
  if (epc === wanted) return true;
  if (/\/01\/\d{14}$/.test(wanted)) return epc.startsWith(`${wanted}/21/`);
  const [, gtin, lot] = /^(.*\/01\/\d{14})\/10\/(.*)$/.exec(wanted) ?? [];
  if (gtin === undefined || !epc.startsWith(`${gtin}/21/`)) return false;
  return all.some(
    ({ type, facts, isVoided }) =>
      facts.lot === decodeURIComponent(lot!) &&
      !facts.error &&
      !isVoided &&
      ((type === 'ObjectEvent' && facts.action === 'ADD' && facts.epcs?.includes(epc)) ||
        (type === 'TransformationEvent' && facts.outputs?.includes(epc))),
  );
}

function typed({ type, values }: TypedCondition, facts: readonly TypedFact[] = []): boolean {
  return facts.some(
    (fact) => (type === undefined || fact.type === type) && values.includes(fact.value),
  );
}

function reports(sensor: SensorFact, wanted: SensorCondition): boolean {
  const { type, number = 'value', uom, range, texts = [], time } = wanted;
  const found = sensor.numbers?.[number];
  // the logs of this test report in kelvin, or in no unit at all
  const offset = uom === 'CEL' ? 273.15 : 0;
  const shift = (bound: number) => Number((bound + offset).toPrecision(13));
  return (
    (type === undefined || sensor.type === type) &&
    (range === undefined ||
      (found !== undefined &&
        (number === 'percRank' || (sensor.unit !== undefined) === (uom !== undefined)) &&
        inRange(
          found,
          number === 'percRank'
            ? range
            : Object.fromEntries(
                Object.entries(range).map(([name, bound]: [string, number | number[]]) => [
                  name,
                  Array.isArray(bound) ? bound.map(shift) : shift(bound),
                ]),
              ),
        ))) &&
    texts.every(({ name, values }) => {
      const told = name === 'exception' ? sensor.exception : sensor.texts?.[name];
      return told !== undefined && values.includes(told);
    }) &&
    (time === undefined || (sensor.time !== undefined && within(sensor.time, time)))
  );
}

function inRange(value: number, { equal, from, above, to, below }: NumberRange): boolean {
  return (
    (equal === undefined || equal.includes(value)) &&
    value >= (from ?? -Infinity) &&
    value > (above ?? -Infinity) &&
    value <= (to ?? Infinity) &&
    value < (below ?? Infinity)
  );
}

function within(time: number, window: TimeWindow | undefined): boolean {
  return time >= (window?.from ?? -Infinity) && time < (window?.before ?? Infinity);
}
