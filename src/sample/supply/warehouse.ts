import type { Clock } from './clock.js';
import { at } from './journal.js';
import type { Organisation } from './organisation.js';
import { discard, readLogger, unpack, type LoggedPallet } from './pack.js';
import type { Case, Story } from './story.js';

/** Cases come off their pallets and into the room that suits them. */
export function unloadPallets(
  story: Story,
  clock: Clock,
  place: Organisation,
  pallets: LoggedPallet[],
): Case[] {
  for (const pallet of pallets) {
    readLogger(story, clock, place, pallet);
    const children = pallet.cases.map(({ code }) => code);
    unpack(story, clock.pass(15, 60), place, pallet.code, children);
  }
  const codes = pallets.map(({ code }) => code);
  discard(story, clock.pass(5, 30), place, codes);
  const cases = pallets.flatMap((pallet) => pallet.cases);
  store(story, clock, place, cases);
  return cases;
}

/** Cases into the room that suits them. */
export function store(story: Story, clock: Clock, place: Organisation, cases: Case[]): void {
  const { journal, goods } = story;
  journal.write(clock.pass(10, 60).time, 'ObjectEvent', at(place, goods.storage.room), {
    action: 'OBSERVE',
    bizStep: 'storing',
    disposition: 'sellable_not_accessible',
    epcList: cases.map(({ code }) => code),
  });
}

/** The order is put together: a TransactionEvent ties it to what will go out. */
export function commit(
  { journal }: Story,
  clock: Clock,
  place: Organisation,
  bizTransaction: string,
  cases: Case[],
): void {
  journal.write(clock.pass(20, 120).time, 'TransactionEvent', at(place), {
    action: 'ADD',
    bizStep: 'picking',
    bizTransactionList: [{ type: 'po', bizTransaction }],
    epcList: cases.map(({ code }) => code),
  });
}
