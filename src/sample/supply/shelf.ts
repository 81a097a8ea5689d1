import { DAY_MS, MINUTE_MS, type Clock } from './clock.js';
import { distanceKm } from './distance.js';
import { giai } from './epc.js';
import { at } from './journal.js';
import { ORGANISATIONS, type Organisation } from './organisation.js';
import { excursion } from './sensor.js';
import { newUnit, type Story, type Works } from './story.js';

const LEFT_SHARE = 0.25;
const DAMAGED_CHANCE = 0.04;
const RETURN_CHANCE = 0.04;
const FAR_KM = 4_000;

/** Units at whoever hands them to patients: on the shelf, then away one by one, or to their end. */
export function serve(story: Story, clock: Clock, place: Organisation, units: string[]): void {
  const { works, goods } = story;
  const stocked = story.journal.write(
    clock.pass(10, 120).time,
    'ObjectEvent',
    at(place, goods.storage.room),
    { ...OBSERVE, bizStep: 'stocking', disposition: 'sellable_accessible', epcList: units },
  );
  const shelf = [...units];
  plantFake(story, clock, place);
  plantTravel(story, clock.fork(), place, shelf, stocked);
  plantTwin(story, clock.fork(), place, shelf);
  plantWarmth(story, clock, place, shelf);
  const left = Math.floor(shelf.length * LEFT_SHARE);
  while (shelf.length > left) {
    const most = place.role === 'hospital' ? 3 : 1;
    const taken = shelf.splice(0, works.random.between(1, most));
    clock.passHours(2, 60);
    hand(story, clock.fork(), place, taken);
  }
  expire(story, clock, place, shelf);
}

const OBSERVE = { action: 'OBSERVE' };
const DISPENSING = { ...OBSERVE, bizStep: 'dispensing', disposition: 'dispensed' };
const INSPECTING = { ...OBSERVE, bizStep: 'inspecting' };
const DESTROYING = { action: 'DELETE', bizStep: 'destroying', disposition: 'destroyed' };

/** To a patient; sometimes to the bin, sometimes back again. */
function hand(story: Story, clock: Clock, place: Organisation, epcList: string[]): void {
  const { works, journal, plot, goods } = story;
  const where = at(place, goods.storage.room);
  if (works.random.chance(DAMAGED_CHANCE)) {
    journal.write(clock.time, 'ObjectEvent', where, { ...DESTROYING, epcList });
    return;
  }
  const dispensed = journal.write(clock.time, 'ObjectEvent', where, { ...DISPENSING, epcList });
  const [unit] = epcList as [string];
  clock.passHours(20, 100);
  if (plot.takes('AFTER_END_OF_LIFE')) {
    const members = { ...DISPENSING, epcList: [unit] };
    const again = journal.write(clock.time, 'ObjectEvent', where, members);
    plot.tell('AFTER_END_OF_LIFE', unit, [again, dispensed]);
  } else if (works.random.chance(RETURN_CHANCE)) {
    const members = { ...OBSERVE, bizStep: 'accepting', disposition: 'returned', epcList: [unit] };
    journal.write(clock.time, 'ObjectEvent', where, members);
  }
}

/** What is left when the lot expires is destroyed, if the lot does not outlast the story. */
function expire(story: Story, clock: Clock, place: Organisation, epcList: string[]): void {
  const { journal, goods, lot } = story;
  const expiry = Date.parse(lot.expiry) + DAY_MS;
  if (epcList.length === 0 || expiry > clock.time + EXPIRY_WATCH_MS) return;
  clock.time = Math.max(clock.time, expiry);
  const where = at(place, goods.storage.room);
  journal.write(clock.passHours(8, 72).time, 'ObjectEvent', where, { ...DESTROYING, epcList });
}

const EXPIRY_WATCH_MS = 180 * DAY_MS;

/** A unit with the right number and a serial that was never given out. */
function plantFake(story: Story, clock: Clock, place: Organisation): void {
  const { works, journal, plot, product } = story;
  if (!plot.takes('NEVER_COMMISSIONED')) return;
  const unit = newUnit(works, product);
  const where = at(place, product.storage.room);
  const members = { ...DISPENSING, epcList: [unit] };
  const eventID = journal.write(clock.pass(30, 90).time, 'ObjectEvent', where, members);
  plot.tell('NEVER_COMMISSIONED', unit, [eventID]);
}

/** A serial number on the shelf turns up beyond the sea within the hour, and is not heard of again. */
function plantTravel(
  { works, journal, plot }: Story,
  clock: Clock,
  place: Organisation,
  shelf: string[],
  stocked: string,
): void {
  if (shelf.length < 2 || !plot.takes('TOO_FAST')) return;
  const unit = shelf.pop()!;
  const where = at(beyondTheSea(works, place));
  const members = { ...INSPECTING, epcList: [unit] };
  const eventID = journal.write(clock.pass(20, 60).time, 'ObjectEvent', where, members);
  plot.tell('TOO_FAST', unit, [eventID, stocked]);
}

/** A serial number is seen here and beyond the sea in the same moment; what is captured later counts as later. */
function plantTwin(
  { works, journal, plot, goods }: Story,
  clock: Clock,
  place: Organisation,
  shelf: string[],
): void {
  if (shelf.length < 2 || !plot.takes('TWO_PLACES_AT_ONCE')) return;
  const unit = shelf.pop()!;
  const { time } = clock.pass(60, 600);
  const members = { ...INSPECTING, epcList: [unit] };
  const here = at(place, goods.storage.room);
  const first = journal.write(time, 'ObjectEvent', here, members, 0);
  const there = at(beyondTheSea(works, place));
  const second = journal.write(time, 'ObjectEvent', there, members, MINUTE_MS);
  plot.tell('TWO_PLACES_AT_ONCE', unit, [second, first], 'TOO_FAST');
}

function beyondTheSea({ random }: Works, place: Organisation): Organisation {
  const far = ORGANISATIONS.filter((other) => distanceKm(other, place) > FAR_KM);
  return random.pick(far as [Organisation, ...Organisation[]]);
}

/** One unit lies outside the refrigerator; when it is found, that is its end. */
function plantWarmth(story: Story, clock: Clock, place: Organisation, shelf: string[]): void {
  const { works, journal, plot, goods } = story;
  const { storage } = goods;
  if (shelf.length < 2 || !storage.isColdChain || !plot.takes('OUT_OF_RANGE')) return;
  const epcList = [shelf.pop()!];
  const { time } = clock.pass(60, 300);
  const device = giai(place.companyPrefix, 'HANDHELD');
  const warm = excursion(works.random, { storage, device, time }, false);
  const eventID = journal.write(time, 'ObjectEvent', at(place, storage.room), {
    ...INSPECTING,
    epcList,
    ...warm,
  });
  plot.tell('OUT_OF_RANGE', epcList[0]!, [eventID]);
  const where = at(place);
  journal.write(clock.pass(30, 200).time, 'ObjectEvent', where, { ...DESTROYING, epcList });
}
