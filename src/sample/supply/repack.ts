import type { Clock } from './clock.js';
import { at } from './journal.js';
import type { Organisation } from './organisation.js';
import { discard, packLot, unpack, type LoggedPallet } from './pack.js';
import { repacked } from './product.js';
import { ilmdOf, newUnit, type Story } from './story.js';
import { unloadPallets } from './warehouse.js';

/** Every unit goes into a pack of the repackager's, with his number and his lot; old cases end, new ones begin. */
export function repackLot(
  story: Story,
  clock: Clock,
  repackager: Organisation,
  pallets: LoggedPallet[],
): LoggedPallet[] {
  const cases = unloadPallets(story, clock, repackager, pallets);
  story.goods = repacked(story.product, repackager);
  story.lot = { ...story.lot, number: `${story.lot.number}R` };
  const batches = cases.map(({ code, units }) => {
    unpack(story, clock.pass(10, 40), repackager, code, units);
    return transform(story, clock.pass(20, 90), repackager, units);
  });
  const codes = cases.map(({ code }) => code);
  discard(story, clock.pass(5, 30), repackager, codes);
  return packLot(story, clock.passHours(1, 12), repackager, batches);
}

function transform(
  { works, journal, goods, lot }: Story,
  { time }: Clock,
  repackager: Organisation,
  inputEPCList: string[],
): string[] {
  const outputEPCList = inputEPCList.map(() => newUnit(works, goods));
  journal.write(time, 'TransformationEvent', at(repackager, goods.storage.room), {
    bizStep: 'repackaging',
    disposition: 'active',
    inputEPCList,
    outputEPCList,
    ...ilmdOf(lot),
  });
  return outputEPCList;
}
