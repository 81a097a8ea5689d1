import { DISPOSITION, PARTY, STEP } from '../../../src/record/cbv/known-term.js';
import type { EpcisAction } from '../../../src/record/epcis/fact/event-fact.js';
import { TraceLog, type EventSpec } from './trace-log.js';
import fc from '../../support/fast-check.js';

const GTINS = ['10614141073464', '09506000134352'];
export const LOTS = ['A', 'B'];

export const UNITS = Array.from({ length: 6 }, (_, i) => unitOf(i % 2, i));
/** Some are cases with a serial number of their own, some logistic units. */
export const CONTAINERS = [
  'https://id.gs1.org/01/50614141073464/21/9',
  'https://id.gs1.org/00/106141412345678908',
  'https://id.gs1.org/00/006141410000000018',
];
const SITES = ['0614141007295', '0614141111114', '9506000111117'].map(
  (gln) => `https://id.gs1.org/414/${gln}`,
);
const PLACES = [...SITES, `${SITES[0]}/254/dock`];
const PARTIES = SITES.map((site) => site.replace('/414/', '/417/'));

export function unitOf(gtin: number, serial: number): string {
  return `https://id.gs1.org/01/${GTINS[gtin]}/21/${serial}`;
}

export function gtinOf(gtin: number): string {
  return `https://id.gs1.org/01/${GTINS[gtin]}`;
}

const items = [...UNITS, ...CONTAINERS];
const some = fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: 3 });
const place = fc.option(fc.constantFrom(...PLACES), { nil: undefined });
const party = fc.option(
  fc.record({
    type: fc.constantFrom(PARTY.owning_party, PARTY.possessing_party),
    value: fc.constantFrom(...PARTIES),
  }),
  { nil: undefined },
);
const step = fc.constantFrom(
  ...[STEP.commissioning, STEP.shipping, STEP.receiving, STEP.dispensing, STEP.decommissioning],
  ...[STEP.destroying, STEP.storing, STEP.departing],
);
const disposition = fc.option(
  fc.constantFrom(DISPOSITION.in_transit, DISPOSITION.dispensed, DISPOSITION.returned),
  { nil: undefined, freq: 2 },
);

const around = fc.record({
  hour: fc.integer({ min: 0, max: 12 }),
  readPoint: place,
  bizLocation: place,
  destination: party,
  source: party,
  bizStep: fc.option(step, { nil: undefined }),
  disposition,
  recall: fc.constantFrom('set', 'unset', undefined, undefined, undefined),
});

const actions = (...names: EpcisAction[]) => fc.constantFrom(...names);

/** Mostly packing, and events of what is packed into. */
const what = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('ObjectEvent'),
      action: actions('ADD', 'OBSERVE', 'OBSERVE', 'OBSERVE', 'DELETE'),
      epcs: fc.oneof(
        some,
        fc.constantFrom(...CONTAINERS).map((container) => [container]),
      ),
      lot: fc.option(fc.constantFrom(...LOTS), { nil: undefined, freq: 4 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constantFrom(...Array<string>(9).fill('AggregationEvent'), 'AssociationEvent'),
      action: actions('ADD', 'ADD', 'ADD', 'DELETE', 'OBSERVE'),
      parent: fc.constantFrom(...CONTAINERS),
      children: fc.oneof({ weight: 5, arbitrary: some }, fc.constant([])),
    }),
  },
  fc.record({
    type: fc.constant('TransformationEvent'),
    inputs: some,
    outputs: some,
    lot: fc.constantFrom(...LOTS),
  }),
  fc.record({
    type: fc.constant('TransactionEvent'),
    action: actions('OBSERVE'),
    parent: fc.constantFrom(...CONTAINERS),
    epcs: some,
  }),
);

const happening = fc.record({
  what,
  around,
  isInOrder: fc.boolean(),
  isError: fc.constantFrom(...Array<boolean>(11).fill(false), true),
});

/** Commissionings of all units, then anything, some of it declared an error later. */
export const world = fc
  .record({
    lots: fc.array(fc.constantFrom(...LOTS), { minLength: 6, maxLength: 6 }),
    rest: fc.array(happening, { minLength: 1, maxLength: 24 }),
  })
  .map(({ lots, rest }) => {
    const log = new TraceLog();
    UNITS.forEach((unit, i) => {
      const said = { action: 'ADD' as const, bizStep: STEP.commissioning, bizLocation: SITES[0]! };
      log.event({ ...said, epcs: [unit], lot: lots[i]!, hour: i % 3 });
    });
    const erroneous: EventSpec[] = [];
    rest.forEach(({ what, around, isInOrder, isError }, i) => {
      const { hour, source, destination, recall, ...where } = around;
      const spec = present({
        ...what,
        ...where,
        hour: isInOrder ? Math.ceil(i / 2) : hour,
        id: `event-${i}`,
        sources: source && [source],
        destinations: destination && [destination],
        set: recall === 'set' ? [DISPOSITION.recalled] : undefined,
        unset: recall === 'unset' ? [DISPOSITION.recalled] : undefined,
      });
      log.event(spec);
      if (isError) erroneous.push(spec);
    });
    for (const spec of erroneous) log.declareError(spec);
    return log;
  });

function present(spec: object): EventSpec {
  const said = Object.entries(spec).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said) as EventSpec;
}
