import type { EventFilter } from '../../../src/graph/event/event-filter.js';
import type { EventFacts } from '../../../src/record/epcis/fact/event-fact.js';
import type { EventSpec } from './event-log.js';
import fc from '../../support/fast-check.js';

export const GTIN = 'https://id.gs1.org/01/10614141073464';
export const OTHER_GTIN = 'https://id.gs1.org/01/20614141073461';
export const CASE = 'https://id.gs1.org/00/106141412345678908';
const TYPES = ['ObjectEvent', 'AggregationEvent', 'TransformationEvent'];
const UNITS = [`${GTIN}/21/1`, `${GTIN}/21/2`, `${OTHER_GTIN}/21/1`, CASE];
const LOTS = ['LOT-1', 'LOT/2'];
const CLASSES = [GTIN, `${GTIN}/10/LOT-1`];
const TERMS = ['https://ref.gs1.org/cbv/BizStep-shipping', 'https://ref.gs1.org/cbv/Disp-active'];
const PLACES = ['https://id.gs1.org/414/0614141000012', 'https://id.gs1.org/414/0614141000029'];
const VALUES = ['urn:one', 'urn:two'];
const KINDS = ['https://ref.gs1.org/cbv/BTT-po', 'https://ref.gs1.org/cbv/BTT-inv'];
const SENSED = ['https://gs1.org/voc/Temperature', 'https://gs1.org/voc/Speed'];
const NAMES = ['https://ns.example.com/a', 'https://ns.example.com/b'];
const TEMPERATURES = [270, 273.15, 275.15];

const some = <T>(...items: T[]) => fc.constantFrom(...items);
const listOf = <T>(items: readonly T[]) => fc.uniqueArray(some(...items), { maxLength: 2 });
const filled = <T>(items: readonly T[]) =>
  fc.uniqueArray(some(...items), { minLength: 1, maxLength: 2 });
const smallNumber = fc.integer({ min: 0, max: 4 });
const moment = fc.integer({ min: 0, max: 6 });

const typedFact = fc.record(
  { type: some(...KINDS), value: some(...VALUES) },
  { requiredKeys: ['value'] },
);

const sensorFact = fc.record(
  {
    type: some(...SENSED),
    exception: some('https://gs1.org/voc/ALARM_CONDITION'),
    time: moment,
    numbers: fc.record(
      { value: some(...TEMPERATURES), maxValue: some(...TEMPERATURES), percRank: smallNumber },
      { requiredKeys: [] },
    ),
    unit: some('KEL'),
    texts: fc.record({ deviceID: some(...VALUES) }),
  },
  { requiredKeys: [] },
);

const quantityFact = fc.record(
  {
    list: some(
      ...([
        'quantityList',
        'childQuantityList',
        'inputQuantityList',
        'outputQuantityList',
      ] as const),
    ),
    epcClass: some(...CLASSES),
    quantity: smallNumber,
    uom: some('KGM', 'GRM'),
  },
  { requiredKeys: ['list', 'epcClass'] },
);

const fieldFact = fc.record(
  {
    area: some('EVENT' as const, 'ILMD' as const),
    name: some(...NAMES),
    isInner: some(true as const),
    text: some('x', 'y'),
    number: smallNumber,
    time: moment,
  },
  { requiredKeys: ['area', 'name'] },
);

const facts: fc.Arbitrary<EventFacts> = fc.record(
  {
    action: some('ADD' as const, 'OBSERVE' as const, 'DELETE' as const),
    bizStep: some(...TERMS),
    disposition: some(...TERMS),
    readPoint: some(...PLACES),
    bizLocation: some(...PLACES),
    parent: some(...UNITS),
    epcs: filled(UNITS),
    children: filled(UNITS),
    inputs: filled(UNITS),
    outputs: filled(UNITS),
    quantities: fc.array(quantityFact, { minLength: 1, maxLength: 2 }),
    bizTransactions: fc.array(typedFact, { minLength: 1, maxLength: 2 }),
    sources: fc.array(typedFact, { minLength: 1, maxLength: 1 }),
    destinations: fc.array(typedFact, { minLength: 1, maxLength: 1 }),
    transformationId: some(...VALUES),
    set: filled(TERMS),
    unset: filled(TERMS),
    lot: some(...LOTS),
    sensors: fc.array(sensorFact, { minLength: 1, maxLength: 3 }),
    fields: fc.array(fieldFact, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: [] },
);

/** Members an event of its type has, so that roles and types go together as in captured events. */
function fitting(type: string, all: EventFacts): EventFacts {
  const isTransformation = type === 'TransformationEvent';
  const own = isTransformation
    ? ['inputs', 'outputs', 'transformationId']
    : ['epcs', 'children', 'parent', 'action'];
  const others = isTransformation
    ? ['epcs', 'children', 'parent', 'action']
    : ['inputs', 'outputs', 'transformationId'];
  const members = Object.entries(all).filter(
    ([name]) => own.includes(name) || !others.includes(name),
  );
  return Object.fromEntries(members);
}

/** Error declarations name one of the others, before or behind them. */
export const randomEvents: fc.Arbitrary<EventSpec[]> = fc
  .array(
    fc.tuple(
      some(...TYPES),
      moment,
      facts,
      some('author-1', 'author-2'),
      fc.option(
        fc.record(
          {
            of: fc.nat(40),
            declaredAt: moment,
            reason: some(...VALUES),
            correctiveIds: listOf(VALUES),
          },
          { requiredKeys: ['of'] },
        ),
        { nil: undefined, freq: 6 },
      ),
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((drawn) =>
    drawn.map(([type, time, told, author, declared], i) => {
      const { of = i, ...error } = declared ?? {};
      const meant = drawn[of % drawn.length]!;
      if (!declared || meant[4]) {
        return { type, time, id: `urn:id:${i}`, author, facts: fitting(type, told) };
      }
      return {
        ...{ type: meant[0], time: meant[1], id: `urn:id:${of % drawn.length}`, author: meant[3] },
        facts: { ...fitting(meant[0], meant[2]), error },
      };
    }),
  );

const range = fc.record(
  {
    equal: fc.array(smallNumber, { maxLength: 2 }),
    from: smallNumber,
    above: smallNumber,
    to: smallNumber,
    below: smallNumber,
  },
  { requiredKeys: [] },
);
const degrees = fc.oneof(
  fc.record({ from: some(-3.15, 0, 2) }),
  fc.record({ below: some(0, 2) }),
  fc.record({ equal: fc.constant([0]) }),
);
const kelvins = fc.oneof(fc.record({ above: some(270, 273.15) }), fc.record({ to: some(273.15) }));
const window = fc.record({ from: moment, before: moment }, { requiredKeys: [] });
const typed = fc.array(
  fc.record(
    { type: some(...KINDS), values: listOf([...VALUES, 'urn:none']) },
    { requiredKeys: ['values'] },
  ),
  { maxLength: 2 },
);
const things = listOf([...UNITS, ...CLASSES, `${GTIN}/10/LOT%2F2`, OTHER_GTIN, `${GTIN}/21/none`]);
const terms = listOf([...TERMS, 'https://ref.gs1.org/cbv/BizStep-none']);

const sensor = fc.record(
  {
    type: some(...SENSED),
    texts: fc.array(
      fc.oneof(
        fc.record({ name: fc.constant('deviceID'), values: listOf(VALUES) }),
        fc.record({
          name: fc.constant('exception'),
          values: fc.constant(['https://gs1.org/voc/ALARM_CONDITION']),
        }),
      ),
      { maxLength: 2 },
    ),
    time: window.filter(({ from, before }) => from !== undefined || before !== undefined),
  },
  { requiredKeys: [] },
);
const measured = fc.oneof(
  fc.record({
    uom: fc.constant('CEL'),
    range: degrees,
    number: some('value' as const, 'maxValue' as const),
  }),
  fc.record({ uom: fc.constant('KEL'), range: kelvins }),
  fc.record({ range: kelvins }),
  fc.record({ number: fc.constant('percRank' as const), range }),
  fc.constant({}),
);

/** Conditions of every kind; a filter takes one or two. */
const leaves: Record<string, fc.Arbitrary<unknown>> = {
  afterSeq: fc.nat(40),
  beforeSeq: fc.nat(40),
  author: some('author-1', 'author-none'),
  eventType: listOf(TYPES),
  eventTime: window,
  recordTime: fc.nat(40).chain((from) =>
    fc.record({
      from: fc.constant(1_700_000_000_000 + from * 1_000),
      before: fc.nat(40).map((to) => 1_700_000_000_001 + to * 1_000),
    }),
  ),
  action: listOf(['ADD', 'OBSERVE', 'DELETE']),
  bizStep: terms,
  disposition: terms,
  setDisposition: terms,
  unsetDisposition: terms,
  readPoint: listOf(PLACES),
  bizLocation: listOf(PLACES),
  bizTransaction: typed,
  source: typed,
  destination: typed,
  transformationId: listOf(VALUES),
  eventId: listOf(['urn:id:0', 'urn:id:3', 'urn:id:none']),
  epc: things,
  parentId: things,
  inputEpc: things,
  outputEpc: things,
  anyEpc: things,
  epcClass: listOf(CLASSES),
  inputEpcClass: listOf(CLASSES),
  outputEpcClass: listOf(CLASSES),
  anyEpcClass: listOf(CLASSES),
  lot: listOf(LOTS),
  quantity: fc.array(fc.record({ uom: some('KGM', 'GRM'), range }, { requiredKeys: ['range'] }), {
    maxLength: 1,
  }),
  sensor: fc.array(
    fc.tuple(sensor, measured).map(([said, numbers]) => ({ ...said, ...numbers })),
    { maxLength: 2 },
  ),
  field: fc.array(
    fc.record(
      {
        area: some('EVENT', 'ILMD'),
        name: some(...NAMES, 'https://ns.example.com/none'),
        isInner: fc.boolean(),
        texts: listOf(['x', 'y']),
        range,
        time: window,
      },
      { requiredKeys: ['area', 'name'] },
    ),
    { maxLength: 2 },
  ),
  hasErrorDeclaration: fc.boolean(),
  isVoided: fc.boolean(),
  errorReason: listOf(VALUES),
  correctiveEventId: listOf(VALUES),
  errorDeclarationTime: window,
};

/** Names of conditions that were drawn: a test that all kinds were is possible. */
export const LEAF_NAMES = Object.keys(leaves);

const leaf = fc
  .constantFrom(...LEAF_NAMES)
  .chain((name) => leaves[name]!.map((value) => ({ [name]: value }) as EventFilter));
const plain = fc
  .array(leaf, { minLength: 0, maxLength: 2 })
  .map((parts) => Object.assign({}, ...parts) as EventFilter);

export const randomFilter: fc.Arbitrary<EventFilter> = fc.letrec<{ filter: EventFilter }>(
  (tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      plain,
      fc
        .tuple(plain, fc.array(tie('filter'), { maxLength: 3 }))
        .map(([own, or]) => ({ ...own, or })),
      fc
        .tuple(plain, fc.array(tie('filter'), { maxLength: 3 }))
        .map(([own, and]) => ({ ...own, and })),
      fc.tuple(plain, tie('filter')).map(([own, not]) => ({ ...own, not })),
    ),
  }),
).filter;
