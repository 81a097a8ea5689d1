import { iso } from '../coding.js';
import { DAY_MS, type Clock } from './clock.js';
import { at } from './journal.js';
import { ilmdOf, newUnit, type Lot, type Story } from './story.js';

/** How many units go into each case. */
export type Batches = readonly number[];

const COMMISSIONING = { action: 'ADD', bizStep: 'commissioning', disposition: 'active' };

/** Units come off the line, a case full at a time. */
export function commissionUnits(story: Story, clock: Clock, batches: Batches): string[][] {
  const { works, product, lot } = story;
  const told = batches.map((count) => {
    const units = Array.from({ length: count }, () => newUnit(works, product));
    return { units, eventID: commission(story, clock.pass(5, 30), units, lot) };
  });
  const { units, eventID } = works.random.pick(told as [Told, ...Told[]]);
  plantSecond(story, clock, units, eventID);
  return told.map((each) => each.units);
}

/** Units of the product that somebody else says he made. */
export function plantForeign(story: Story, clock: Clock, forger: Story['owner']): void {
  const { works, journal, plot, product, lot } = story;
  if (!plot.takes('FOREIGN_COMMISSIONING')) return;
  const unit = newUnit(works, product);
  const members = { ...COMMISSIONING, epcList: [unit], ...ilmdOf(otherNumber(lot)) };
  const eventID = journal.write(clock.pass(5, 60).time, 'ObjectEvent', at(forger), members);
  plot.tell('FOREIGN_COMMISSIONING', unit, [eventID]);
}

interface Told {
  units: string[];
  eventID: string;
}

/** A serial number is given out twice, before it has left the line: as it was, or with another lot or expiry. */
function plantSecond(story: Story, clock: Clock, units: string[], first: string): void {
  const { plot, lot } = story;
  const lots = [
    { reason: 'SECOND_COMMISSIONING', said: lot, others: [] },
    { reason: 'LOT_CONFLICT', said: otherNumber(lot), others: SECOND },
    { reason: 'EXPIRY_CONFLICT', said: otherExpiry(lot), others: SECOND },
  ] as const;
  for (const [i, { reason, said, others }] of lots.entries()) {
    if (!plot.takes(reason)) continue;
    const unit = units[i]!;
    const eventID = commission(story, clock.pass(5, 30), [unit], said);
    plot.tell(reason, unit, [eventID, first], ...others);
  }
}

const SECOND = ['SECOND_COMMISSIONING'] as const;

function commission({ journal, owner }: Story, clock: Clock, epcList: string[], lot: Lot): string {
  const members = { ...COMMISSIONING, epcList, ...ilmdOf(lot) };
  return journal.write(clock.time, 'ObjectEvent', at(owner), members);
}

/** A number that no lot has. */
function otherNumber(lot: Lot): Lot {
  return { ...lot, number: `${lot.number}X` };
}

function otherExpiry(lot: Lot): Lot {
  const expiry = iso(Date.parse(lot.expiry) + 90 * DAY_MS).slice(0, 10);
  return { ...lot, expiry };
}
