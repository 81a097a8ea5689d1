import { describe, expect, it } from '@jest/globals';
import { summarizeSensors } from '../../../src/graph/trace/sensor-summary.js';
import type { SensorFact } from '../../../src/record/epcis/fact/event-fact.js';
import { historyOf } from './history-builder.js';
import { HOUR_MS, NOON } from './trace-log.js';

const KELVIN = { type: 'https://gs1.org/voc/Temperature', unit: 'KEL' };
const at = (value: number, more: Partial<SensorFact> = {}) => ({
  sensors: [{ ...KELVIN, numbers: { value }, ...more }],
});
const COLD = { min: 275.15, max: 281.15 };

describe('the summary of sensors', () => {
  it('is empty without numbers', () => {
    expect(summarizeSensors(historyOf({}, { sensors: [{ ...KELVIN, texts: {} }] }))).toEqual([]);
  });

  it('has least, greatest and mean of each quantity and unit', () => {
    const humid = {
      type: 'https://gs1.org/voc/RelativeHumidity',
      unit: 'P1',
      numbers: { value: 9 },
    };
    const series = { ...KELVIN, numbers: { minValue: 270, maxValue: 290, meanValue: 278 } };
    const history = historyOf(at(276), { sensors: [humid, series] }, at(280));
    expect(summarizeSensors(history)).toEqual([
      { ...KELVIN, count: 3, min: 270, max: 290, mean: 278, from: NOON, to: NOON + 2 * HOUR_MS },
      {
        type: humid.type,
        unit: 'P1',
        ...{ count: 1, min: 9, max: 9, mean: 9, from: NOON + HOUR_MS, to: NOON + HOUR_MS },
      },
    ]);
  });

  it('measures how long a temperature was outside the range of the product', () => {
    const history = historyOf(at(278), at(285), at(286), at(279), at(270));
    const [{ outside }] = summarizeSensors(history, COLD) as unknown as [{ outside: unknown }];
    expect(outside).toEqual({ count: 3, durationMs: 2 * HOUR_MS, seq: 1 });
    expect(summarizeSensors(history)[0]).not.toHaveProperty('outside');
  });

  it('keeps sensors apart: what one says does not end what another says', () => {
    const by = (deviceID: string) => ({ texts: { deviceID } });
    const history = historyOf(
      at(285, by('a')),
      at(278, by('b')),
      at(278, by('b')),
      at(278, by('a')),
    );
    const [summary] = summarizeSensors(history, COLD);
    expect(summary!.outside).toEqual({ count: 1, durationMs: 3 * HOUR_MS, seq: 0 });
  });

  it('counts a series for as long as it lasts if its mean is outside, else its report alone', () => {
    const lasting = { startTime: NOON, endTime: NOON + 5 * HOUR_MS };
    const far = { numbers: { minValue: 280, maxValue: 290, meanValue: 285 }, ...lasting };
    const near = { numbers: { minValue: 274, maxValue: 279, meanValue: 277 }, ...lasting };
    expect(summarizeSensors(historyOf(at(0, far)), COLD)[0]!.outside).toMatchObject({
      count: 1,
      durationMs: 5 * HOUR_MS,
    });
    expect(summarizeSensors(historyOf(at(0, near)), COLD)[0]!.outside).toMatchObject({
      count: 1,
      durationMs: 0,
    });
  });

  it('does not make an excursion out of rounding', () => {
    const history = historyOf(at(281.17), at(275.12));
    expect(summarizeSensors(history, COLD)[0]!.outside).toMatchObject({ count: 0, seq: -1 });
  });

  it('takes more readings than a function takes arguments', () => {
    const sensors = Array.from({ length: 200_000 }, (_, i) => ({
      ...KELVIN,
      numbers: { value: i },
    }));
    expect(summarizeSensors(historyOf({ sensors }))[0]).toMatchObject({ min: 0, max: 199_999 });
  });
});
