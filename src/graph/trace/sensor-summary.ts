import type { SensorFact } from '../../record/epcis/fact/event-fact.js';
import { isOutside, KELVIN, TEMPERATURE, type StorageRange } from './storage-range.js';
import type { HistoryEntry } from './trace-event.js';

/** All that was measured of one quantity in one unit. */
export interface SensorSummary {
  /** Full URI of the quantity; absent when reports do not name one. */
  type?: string;
  /** Base unit of the numbers; absent where none is known. */
  unit?: string;
  /** Reports with a number. */
  count: number;
  /** Of all values, smallest and greatest values. */
  min: number;
  max: number;
  /** Of the values of single reports and the means of series, each report once; absent where there are none. */
  mean?: number;
  /** Only of temperatures, and only where the product's storage range is known. */
  outside?: Outside;
  /** Event times of the first and the last event, ms. */
  from: number;
  to: number;
}

/** Outside the storage range. */
export interface Outside {
  /** Reports that lie outside, or series that do in part. */
  count: number;
  /** From each such report to the next of the same sensor, as if it had stayed so; a series for as long as it lasts. */
  durationMs: number;
  /** The event of the first such report; -1 when there is none. */
  seq: number;
}

interface Reading {
  /** What measured: readings of one are one series in time. */
  sensor: string;
  from: number;
  to: number;
  min: number;
  max: number;
  mean?: number;
  seq: number;
  eventTime: number;
}

/**
 * Sums up the sensor reports of a history by what they measure.
 *
 * @param storage range of the item's product, if known
 */
export function summarizeSensors(
  history: readonly HistoryEntry[],
  storage?: StorageRange,
): SensorSummary[] {
  const groups = new Map<string, { type?: string; unit?: string; readings: Reading[] }>();
  for (const entry of history) {
    for (const fact of entry.event.sensors ?? []) {
      const reading = readingOf(entry, fact);
      if (!reading) continue;
      const { type, unit } = fact;
      const key = `${type ?? ''} ${unit ?? ''}`;
      const group = groups.get(key) ?? { type, unit, readings: [] };
      groups.set(key, group);
      group.readings.push(reading);
    }
  }
  return [...groups.values()].map(({ type, unit, readings }) => {
    const isJudged = storage && type === TEMPERATURE && unit === KELVIN;
    const outside = isJudged ? measureOutside(readings, storage) : undefined;
    return { type, unit, ...summarize(readings), ...(outside && { outside }) };
  });
}

function readingOf({ event, source }: HistoryEntry, fact: SensorFact): Reading | undefined {
  const { value, minValue, maxValue, meanValue } = fact.numbers ?? {};
  const numbers = [value, minValue, maxValue, meanValue].filter((one) => one !== undefined);
  if (numbers.length === 0) return undefined;
  const at = fact.time ?? fact.endTime ?? event.time;
  const device = fact.texts?.['deviceID'] ?? ('epc' in source ? source.epc : '');
  return {
    sensor: device,
    from: fact.startTime ?? at,
    to: fact.endTime ?? at,
    min: Math.min(...numbers),
    max: Math.max(...numbers),
    mean: value ?? meanValue,
    seq: event.seq,
    eventTime: event.time,
  };
}

function summarize(readings: readonly Reading[]) {
  const means = readings.flatMap(({ mean }) => (mean === undefined ? [] : [mean]));
  const sum = means.reduce((total, mean) => total + mean, 0);
  return {
    count: readings.length,
    min: least(readings.map(({ min }) => min)),
    max: -least(readings.map(({ max }) => -max)),
    ...(means.length > 0 && { mean: sum / means.length }),
    from: least(readings.map(({ eventTime }) => eventTime)),
    to: -least(readings.map(({ eventTime }) => -eventTime)),
  };
}

/** Not by spreading: there may be more readings than a call takes arguments. */
function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function measureOutside(readings: readonly Reading[], storage: StorageRange): Outside {
  const outside: Outside = { count: 0, durationMs: 0, seq: -1 };
  let since = Infinity;
  const bySensor = Map.groupBy(readings, ({ sensor }) => sensor);
  for (const series of bySensor.values()) {
    series.sort((a, b) => a.from - b.from || a.to - b.to);
    series.forEach((reading, i) => {
      if (!isOutside(reading.min, storage) && !isOutside(reading.max, storage)) return;
      outside.count++;
      outside.durationMs += durationOf(reading, series[i + 1], storage);
      if (reading.from >= since) return;
      since = reading.from;
      outside.seq = reading.seq;
    });
  }
  return outside;
}

/** A series whose mean is inside was outside for a time nobody knows: none is counted. */
function durationOf(reading: Reading, next: Reading | undefined, storage: StorageRange): number {
  const { from, to, mean } = reading;
  if (to > from) return mean !== undefined && isOutside(mean, storage) ? to - from : 0;
  return next ? Math.max(0, next.from - to) : 0;
}
