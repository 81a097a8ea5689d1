import type { Random } from '../random.js';
import { giai } from './epc.js';
import { at, Journal, type Step } from './journal.js';
import { ORGANISATIONS, type Organisation } from './organisation.js';
import { STORAGES } from './product.js';
import { reading } from './sensor.js';

/** One reading of the thermometer of a room somewhere; it names no things. */
export function readRoom(random: Random, time: number): Step[] {
  const place = random.pick(ORGANISATIONS as readonly [Organisation, ...Organisation[]]);
  const storage = random.pick(STORAGES);
  const journal = new Journal(random);
  const device = giai(place.companyPrefix, `SENSOR-${storage.room}`);
  journal.write(time, 'ObjectEvent', at(place, storage.room), {
    action: 'OBSERVE',
    bizStep: 'sensor_reporting',
    ...reading(random, { storage, device, time }),
  });
  return journal.steps;
}
