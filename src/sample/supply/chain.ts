import { iso } from '../coding.js';
import { Clock, DAY_MS } from './clock.js';
import { commissionUnits, plantForeign, type Batches } from './commission.js';
import { openCases, sendOut } from './depot.js';
import { haul } from './haul.js';
import { Journal } from './journal.js';
import { organisationsOf, type Organisation } from './organisation.js';
import { packLot, type LoggedPallet } from './pack.js';
import type { Plot } from './plot.js';
import { PRODUCTS, type Product } from './product.js';
import { repackLot } from './repack.js';
import { nextSerial, type Case, type Story, type Works } from './story.js';
import { agree } from './transfer.js';
import { commit, store, unloadPallets } from './warehouse.js';

const REPACKED_CHANCE = 0.25;
const SHORT_DATED_CHANCE = 0.15;
const SHELF_LIFE_DAYS = { short: 150, long: 730 };

/** The life of one lot, from the line to the patient; not in order of time, for its units part ways. */
export function tellLot(works: Works, startAt: number, plot: Plot, batches: Batches): Journal {
  const story = beginStory(works, startAt, plot);
  const clock = new Clock(works.random, startAt);
  const { region } = story.owner;
  const units = commissionUnits(story, clock, batches);
  let pallets = packLot(story, clock.passHours(1, 8), story.owner, units);
  if (works.random.chance(REPACKED_CHANCE)) {
    const [repackager] = organisationsOf(region, 'repackager');
    sell(story, clock, repackager, pallets);
    pallets = repackLot(story, clock, repackager, pallets);
  }
  const wholesaler = works.random.pick(organisationsOf(region, 'wholesaler'));
  const sale = sell(story, clock, wholesaler, pallets);
  const cases = unloadPallets(story, clock, wholesaler, pallets);
  plantForeign(story, clock.fork(), wholesaler);
  const depot = works.random.pick(organisationsOf(region, 'logistics', 'distributor'));
  const bought = forward(story, clock.passHours(4, 96), depot, cases) ?? sale;
  const [whole, opened] = openCases(story, clock, depot, cases);
  sendOut(story, clock, depot, whole, bought, opened);
  return story.journal;
}

function beginStory(works: Works, startAt: number, plot: Plot): Story {
  const { random } = works;
  const product = random.pick(PRODUCTS as readonly [Product, ...Product[]]);
  const { short, long } = SHELF_LIFE_DAYS;
  const days = random.chance(SHORT_DATED_CHANCE) ? short : long;
  const lot = {
    number: `L${String(nextSerial(works)).padStart(7, '0')}`,
    expiry: iso(startAt + days * DAY_MS).slice(0, 10),
  };
  const journal = new Journal(random);
  return { works, journal, plot, product, goods: product, lot, owner: product.maker };
}

/** Pallets go to their new owner. */
function sell(story: Story, clock: Clock, buyer: Organisation, pallets: LoggedPallet[]): string {
  const { works, owner } = story;
  const transfer = agree(works, owner, buyer, owner, buyer);
  const codes = pallets.map(({ code }) => code);
  const shipping = haul(story, clock.passHours(2, 72), transfer, codes);
  story.owner = buyer;
  return shipping;
}

/** Cases go on to a distributor, who buys them, or to a logistics firm, which only keeps them. Gives the sale, if any. */
function forward(
  story: Story,
  clock: Clock,
  depot: Organisation,
  cases: Case[],
): string | undefined {
  const { works, owner } = story;
  const isSale = depot.role === 'distributor';
  const transfer = agree(works, owner, depot, owner, isSale ? depot : owner);
  commit(story, clock, owner, transfer.order, cases);
  const codes = cases.map(({ code }) => code);
  const shipping = haul(story, clock, transfer, codes);
  store(story, clock, depot, cases);
  if (!isSale) return undefined;
  story.owner = depot;
  return shipping;
}
