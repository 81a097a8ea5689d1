import { iso } from '../coding.js';
import type { Random } from '../random.js';
import type { Storage } from './product.js';

/** How far within the range honest readings stay, and beyond it the others go; tenths of a degree. */
const MARGIN = 10;
const BEYOND = { low: 40, high: 120 };

export interface Sensing {
  storage: Storage;
  device: string;
  /** When it was read, ms since the epoch. */
  time: number;
}

/** One temperature as it should be. */
export function reading(random: Random, { storage, device, time }: Sensing): object {
  const value = within(random, storage);
  return { sensorElementList: [element({ time: iso(time), deviceID: device }, { value })] };
}

/** Least, most and mean temperature of a stretch of time. */
export function summary(random: Random, { storage, device, time }: Sensing, from: number): object {
  const [low, high] = [within(random, storage), within(random, storage)].sort((a, b) => a - b);
  const [minValue, maxValue] = [low!, high!];
  const meanValue = Math.round((minValue + maxValue) * 5) / 10;
  const metadata = { startTime: iso(from), endTime: iso(time), deviceID: device };
  return { sensorElementList: [element(metadata, { minValue, maxValue, meanValue })] };
}

/** A temperature above the range. @param alarms whether the device itself noticed */
export function excursion(
  random: Random,
  { storage, device, time }: Sensing,
  alarms: boolean,
): object {
  const value = (storage.max * 10 + random.between(BEYOND.low, BEYOND.high)) / 10;
  const numbers = { value, ...(alarms && { exception: 'ALARM_CONDITION' }) };
  return { sensorElementList: [element({ time: iso(time), deviceID: device }, numbers)] };
}

function element(sensorMetadata: object, numbers: object): object {
  return { sensorMetadata, sensorReport: [{ type: 'Temperature', ...numbers, uom: 'CEL' }] };
}

function within(random: Random, { min, max }: Storage): number {
  return random.between(min * 10 + MARGIN, max * 10 - MARGIN) / 10;
}
