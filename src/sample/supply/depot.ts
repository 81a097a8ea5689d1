import type { Clock } from './clock.js';
import { sendCase, sendTote, type Slip } from './delivery.js';
import { organisationsOf, type Organisation } from './organisation.js';
import { discard, unpack } from './pack.js';
import type { Case, Story } from './story.js';

const UNITS_PER_TOTE = 9;

/** Units out of their cases, and the one that nobody noted. */
export interface Opened {
  units: string[];
  slip?: Slip;
}

/** Some cases stay whole, at least one; the others are opened, at least one. */
export function openCases(
  story: Story,
  clock: Clock,
  depot: Organisation,
  cases: Case[],
): [whole: Case[], opened: Opened] {
  const count = story.works.random.between(1, Math.ceil(cases.length / 3));
  const [whole, others] = [cases.slice(0, count), cases.slice(count)];
  const slip = story.plot.takes('REPARENTED_WITHOUT_DELETE') ? slipOut(story, others) : undefined;
  const emptied: string[] = [];
  for (const { code, units } of others) {
    const noted = units.filter((unit) => unit !== slip?.unit);
    unpack(story, clock.pass(10, 60), depot, code, noted);
    // to the records the unit is still in it, and the end of the case would be a way out
    if (noted.length === units.length) emptied.push(code);
  }
  discard(story, clock.pass(5, 30), depot, emptied);
  return [whole, { units: others.flatMap(({ units }) => units), slip }];
}

/** Whole cases to hospitals, the rest in totes to whoever dispenses; each goes its own way. */
export function sendOut(
  story: Story,
  clock: Clock,
  depot: Organisation,
  whole: Case[],
  bought: string,
  { units, slip }: Opened,
): void {
  const { random } = story.works;
  const { region } = depot;
  for (const each of whole) {
    const to = random.pick(organisationsOf(region, 'hospital'));
    sendCase(story, clock.pass(10, 90).fork(), depot, to, each, bought);
  }
  const totes = Math.max(2, Math.round(units.length / UNITS_PER_TOTE));
  const order = Array.from({ length: totes }, (_, i) => units.filter((_, at) => at % totes === i));
  for (const tote of order) {
    const to = random.pick(organisationsOf(region, 'pharmacy', 'hospital'));
    const slipped = slip && tote.includes(slip.unit) ? slip : undefined;
    sendTote(story, clock.pass(10, 90).fork(), depot, to, tote, slipped);
  }
}

function slipOut({ works }: Story, cases: Case[]): Slip {
  const { units, packed } = works.random.pick(cases as [Case, ...Case[]]);
  return { unit: works.random.pick(units as [string, ...string[]]), packed };
}
