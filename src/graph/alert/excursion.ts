import type { SensorFact } from '../../record/epcis/fact/event-fact.js';
import { isOutside, KELVIN, TEMPERATURE, type StorageRange } from '../trace/storage-range.js';
import type { HistoryEntry, TraceEvent } from '../trace/trace-event.js';
import { ALERT_REASONS, isNamed, suspect, type AlertReason, type Suspicion } from './suspicion.js';

const ALARM = 'https://gs1.org/voc/ALARM_CONDITION';
const MEASURED = ['value', 'minValue', 'maxValue', 'meanValue'] as const;

function isTemperature({ type, unit }: SensorFact): boolean {
  return type === TEMPERATURE && unit === KELVIN;
}

/** Whether a report says anything on how warm something is, or that something is wrong with it. */
export function isTelling(sensor: SensorFact): boolean {
  return isTemperature(sensor) || sensor.exception === ALARM;
}

/** Whether the event says anything on how warm the item is, or that something is wrong with it. */
export function isReading(entry: HistoryEntry): boolean {
  const { sensors } = entry.event;
  if (sensors === undefined || !isNamed(entry)) return false;
  return sensors.some(isTelling);
}

/**
 * An item too warm, too cold, or whose logger raised an alarm. What follows until it is well again is one excursion.
 *
 * @param own the item's own events that count, in order of position
 * @param rangesOf storage ranges of what the item was, and of what it held, at an event
 */
export function findExcursions(
  own: readonly HistoryEntry[],
  rangesOf: (event: TraceEvent) => readonly StorageRange[],
): Suspicion[] {
  const found: Suspicion[] = [];
  let run: { events: [TraceEvent, ...TraceEvent[]]; reasons: Set<AlertReason> } | undefined;
  const close = () => {
    if (!run) return;
    const suspicion = suspect('EXCURSION', 'OUT_OF_RANGE', run.events);
    const { reasons } = run;
    found.push({ ...suspicion, reasons: ALERT_REASONS.filter((one) => reasons.has(one)) });
    run = undefined;
  };
  for (const { event } of own.filter(isReading)) {
    const reasons = reasonsOf(event.sensors!, rangesOf(event));
    if (reasons.length === 0) close();
    else if (run) run.events.push(event);
    else run = { events: [event], reasons: new Set() };
    for (const reason of reasons) run?.reasons.add(reason);
  }
  close();
  return found;
}

function reasonsOf(sensors: readonly SensorFact[], ranges: readonly StorageRange[]): AlertReason[] {
  const reasons: AlertReason[] = [];
  if (sensors.some((sensor) => isTemperature(sensor) && isAnywhereOutside(sensor, ranges))) {
    reasons.push('OUT_OF_RANGE');
  }
  if (sensors.some(({ exception }) => exception === ALARM)) reasons.push('ALARM_CONDITION');
  return reasons;
}

function isAnywhereOutside({ numbers }: SensorFact, ranges: readonly StorageRange[]): boolean {
  const measured = MEASURED.map((name) => numbers?.[name]).filter((one) => one !== undefined);
  return measured.some((kelvin) => ranges.some((range) => isOutside(kelvin, range)));
}
