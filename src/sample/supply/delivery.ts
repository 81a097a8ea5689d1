import { distanceKm } from './distance.js';
import type { Clock } from './clock.js';
import { receive, ship } from './haul.js';
import { ORGANISATIONS, type Organisation } from './organisation.js';
import { commissionContainers, discard, gather, unpack } from './pack.js';
import { serve } from './shelf.js';
import type { Case, Story } from './story.js';
import { agree, type Transfer } from './transfer.js';

const COURIER_KMH = 50;

/** A unit of which nobody noted that it came out of its case, and the event by which it went in. */
export interface Slip {
  unit: string;
  packed: string;
}

/** A whole case goes to a hospital. @param earlier the event by which its last owner got it */
export function sendCase(
  story: Story,
  clock: Clock,
  from: Organisation,
  to: Organisation,
  { code, units }: Omit<Case, 'packed'>,
  earlier: string,
): void {
  const isSoldByOther = story.plot.takes('SOLD_BY_ANOTHER');
  const seller = isSoldByOther ? strangerTo(story, to) : story.owner;
  const transfer = agree(story.works, from, to, seller, to);
  const shipping = ship(story, clock.passHours(1, 30), transfer, [code]);
  if (isSoldByOther) story.plot.tell('SOLD_BY_ANOTHER', code, [shipping, earlier]);
  receive(story, travel(clock, transfer), transfer, [code]);
  open(story, clock, to, { code, units });
}

/** Units go to a pharmacy in a tote, by courier; some never arrive, some were never sent. */
export function sendTote(
  story: Story,
  clock: Clock,
  from: Organisation,
  to: Organisation,
  units: string[],
  slip?: Slip,
): void {
  const { plot, works, owner, goods } = story;
  const [code] = commissionContainers(story, clock, from, 1) as [string];
  const packed = gather(story, clock.pass(5, 30), from, code, units, goods.storage.room);
  if (slip) plot.tell('REPARENTED_WITHOUT_DELETE', slip.unit, [packed, slip.packed]);
  const transfer = agree(works, from, to, owner, to);
  const isUnsent = plot.takes('NEVER_SHIPPED');
  clock.passHours(1, 20);
  const shipping = isUnsent ? undefined : ship(story, clock, transfer, [code]);
  if (shipping !== undefined && plot.takes('NEVER_RECEIVED')) {
    return plot.tell('NEVER_RECEIVED', code, [shipping]);
  }
  const receiving = receive(story, travel(clock, transfer), transfer, [code]);
  if (isUnsent) plot.tell('NEVER_SHIPPED', code, [receiving]);
  open(story, clock, to, { code, units });
}

function open(
  story: Story,
  clock: Clock,
  place: Organisation,
  { code, units }: Omit<Case, 'packed'>,
): void {
  unpack(story, clock.pass(20, 200), place, code, units);
  discard(story, clock.pass(5, 30), place, [code]);
  serve(story, clock, place, units);
}

function travel(clock: Clock, { from, to }: Transfer): Clock {
  const hours = distanceKm(from, to) / COURIER_KMH;
  return clock.passHours(4 + hours, 12 + hours * 1.2);
}

/** Somebody who has nothing to do with these goods. */
function strangerTo({ works, owner }: Story, buyer: Organisation): Organisation {
  const others = ORGANISATIONS.filter(
    ({ companyPrefix }) => ![owner, buyer].some((party) => party.companyPrefix === companyPrefix),
  );
  return works.random.pick(others as [Organisation, ...Organisation[]]);
}
