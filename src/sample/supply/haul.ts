import type { Clock } from './clock.js';
import { distanceKm } from './distance.js';
import { giai } from './epc.js';
import type { Lorry } from './fleet.js';
import { at, leaving, onTheRoad } from './journal.js';
import { excursion, reading } from './sensor.js';
import type { Story } from './story.js';
import { receivingPapers, shippingPapers, type Transfer } from './transfer.js';

/** Breaks and traffic included. */
const SPEED_KMH = { low: 45, high: 65 };

/** By lorry, from dock to dock. Gives the id of the shipping event. */
export function haul(story: Story, clock: Clock, transfer: Transfer, items: string[]): string {
  const { journal, works } = story;
  const { from, to } = transfer;
  const lorry = works.fleet.hire(from, clock.pass(60, 300).time);
  const load = { parentID: lorry.epc, childEPCs: items };
  journal.write(clock.time, 'AggregationEvent', at(from), {
    action: 'ADD',
    bizStep: 'loading',
    ...load,
  });
  const shipping = ship(story, clock.pass(10, 40), transfer, items);
  drive(story, clock, transfer, lorry, items);
  journal.write(clock.time, 'AggregationEvent', at(to), {
    action: 'DELETE',
    bizStep: 'unloading',
    ...load,
  });
  works.fleet.park(lorry, to, clock.time);
  receive(story, clock.pass(20, 90), transfer, items);
  return shipping;
}

export function ship(
  { journal }: Story,
  { time }: Clock,
  transfer: Transfer,
  epcList: string[],
): string {
  return journal.write(time, 'ObjectEvent', leaving(transfer.from), {
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    epcList,
    ...shippingPapers(transfer),
  });
}

export function receive(
  { journal }: Story,
  { time }: Clock,
  transfer: Transfer,
  epcList: string[],
): string {
  return journal.write(time, 'ObjectEvent', at(transfer.to), {
    action: 'OBSERVE',
    bizStep: 'receiving',
    disposition: 'in_progress',
    epcList,
    ...receivingPapers(transfer),
  });
}

/** The lorry tells the temperature it keeps, on the road, and the clock stands at its arrival. */
function drive(
  story: Story,
  clock: Clock,
  { from, to }: Transfer,
  lorry: Lorry,
  items: string[],
): void {
  const { journal, works, goods } = story;
  const km = distanceKm(from, to);
  const stretches = works.random.between(2, 3);
  const device = `${lorry.epc}-PROBE`;
  const alarmsAt = works.random.below(stretches - 1);
  for (let i = 0; i < stretches; i++) {
    clock.passHours(1 + km / SPEED_KMH.high / stretches, 1 + km / SPEED_KMH.low / stretches);
    if (i === stretches - 1) return;
    if (i === alarmsAt) plantAlarm(story, clock.fork(), from, items);
    const sensing = { storage: goods.storage, device, time: clock.pass(10, 20).time };
    journal.write(clock.time, 'ObjectEvent', onTheRoad(from), {
      action: 'OBSERVE',
      bizStep: 'sensor_reporting',
      disposition: 'in_transit',
      epcList: [lorry.epc],
      ...reading(works.random, sensing),
    });
  }
}

/** One pallet or case of the load gets too warm. */
function plantAlarm(
  { journal, works, goods, plot }: Story,
  clock: Clock,
  from: Transfer['from'],
  [item]: string[],
): void {
  if (!plot.takes('ALARM_CONDITION')) return;
  const device = giai(from.companyPrefix, 'TAG');
  const { time } = clock.pass(1, 9);
  const eventID = journal.write(time, 'ObjectEvent', onTheRoad(from), {
    action: 'OBSERVE',
    bizStep: 'sensor_reporting',
    disposition: 'in_transit',
    epcList: [item],
    ...excursion(works.random, { storage: goods.storage, device, time }, true),
  });
  const others = goods.storage.isColdChain ? (['OUT_OF_RANGE'] as const) : [];
  plot.tell('ALARM_CONDITION', item!, [eventID], ...others);
}
