import type { Clock } from './clock.js';
import { giai } from './epc.js';
import { at } from './journal.js';
import type { Organisation, Room } from './organisation.js';
import { summary } from './sensor.js';
import { newContainer, nextSerial, type Case, type Pallet, type Story } from './story.js';

const CASES_PER_PALLET = 3;

/** Units into cases, cases onto pallets; cold goods get a logger on every pallet. */
export function packLot(
  story: Story,
  clock: Clock,
  packer: Organisation,
  batches: string[][],
): LoggedPallet[] {
  const cases = packCases(story, clock, packer, batches);
  const count = Math.ceil(cases.length / CASES_PER_PALLET);
  const codes = commissionContainers(story, clock, packer, count);
  return codes.map((code, i) => {
    const load = cases.filter((_, place) => place % count === i);
    const children = load.map((each) => each.code);
    gather(story, clock.pass(10, 40), packer, code, children);
    const pallet = { code, cases: load };
    return story.goods.storage.isColdChain ? attachLogger(story, clock, packer, pallet) : pallet;
  });
}

function packCases(story: Story, clock: Clock, packer: Organisation, batches: string[][]): Case[] {
  const codes = commissionContainers(story, clock, packer, batches.length);
  return batches.map((units, i) => {
    const code = codes[i]!;
    return { code, units, packed: gather(story, clock.pass(5, 20), packer, code, units) };
  });
}

export function commissionContainers(
  { works, journal }: Story,
  clock: Clock,
  packer: Organisation,
  count: number,
): string[] {
  const epcList = Array.from({ length: count }, () => newContainer(works, packer));
  const members = { action: 'ADD', bizStep: 'commissioning', disposition: 'active', epcList };
  journal.write(clock.pass(2, 10).time, 'ObjectEvent', at(packer), members);
  return epcList;
}

/** Children go into a parent. */
export function gather(
  { journal }: Story,
  { time }: Clock,
  packer: Organisation,
  parentID: string,
  childEPCs: string[],
  room?: Room,
): string {
  return journal.write(time, 'AggregationEvent', at(packer, room), {
    action: 'ADD',
    bizStep: 'packing',
    disposition: 'in_progress',
    parentID,
    childEPCs,
  });
}

/** Children come out of a parent, all that are named. */
export function unpack(
  { journal }: Story,
  { time }: Clock,
  place: Organisation,
  parentID: string,
  childEPCs: string[],
): string {
  return journal.write(time, 'AggregationEvent', at(place), {
    action: 'DELETE',
    bizStep: 'unpacking',
    disposition: 'in_progress',
    parentID,
    childEPCs,
  });
}

/** The end of containers that are empty. */
export function discard(
  { journal }: Story,
  { time }: Clock,
  place: Organisation,
  epcList: string[],
): void {
  if (epcList.length === 0) return;
  const members = {
    action: 'DELETE',
    bizStep: 'decommissioning',
    disposition: 'inactive',
    epcList,
  };
  journal.write(time, 'ObjectEvent', at(place), members);
}

/** A pallet and the logger that travels with it. */
export interface LoggedPallet extends Pallet {
  logger?: { epc: string; since: number };
}

function attachLogger(
  { works, journal }: Story,
  clock: Clock,
  packer: Organisation,
  pallet: Pallet,
): LoggedPallet {
  const epc = giai(packer.companyPrefix, `LOGGER${nextSerial(works)}`);
  const since = clock.pass(2, 10).time;
  journal.write(since, 'AssociationEvent', at(packer), {
    action: 'ADD',
    bizStep: 'installing',
    disposition: 'active',
    parentID: pallet.code,
    childEPCs: [epc],
  });
  return { ...pallet, logger: { epc, since } };
}

/** What the logger has kept is read, and it comes off. */
export function readLogger(
  { works, journal, goods }: Story,
  clock: Clock,
  place: Organisation,
  { code, logger }: LoggedPallet,
): void {
  if (!logger) return;
  const { time } = clock.pass(5, 30);
  const sensing = { storage: goods.storage, device: logger.epc, time };
  journal.write(time, 'ObjectEvent', at(place), {
    action: 'OBSERVE',
    bizStep: 'sensor_reporting',
    epcList: [logger.epc],
    ...summary(works.random, sensing, logger.since),
  });
  journal.write(clock.pass(2, 10).time, 'AssociationEvent', at(place), {
    action: 'DELETE',
    bizStep: 'removing',
    parentID: code,
    childEPCs: [logger.epc],
  });
}
