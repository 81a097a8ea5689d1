import { parseInstant } from '../../../src/record/instant.js';
import {
  isAnonymous,
  XSD,
  type ProvDocument,
  type ProvKey,
  type ProvRecord,
  type ProvValue,
} from '../../../src/record/prov/prov.js';

const WHOLE = new Set(
  `integer int long short byte nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger unsignedInt
  unsignedLong unsignedShort unsignedByte`.split(/\s+/),
);

/** A statement of a document, with what is anonymous in it left open. */
interface Statement {
  /** Kind, id, and each attribute, in any order. */
  parts: string[][];
  anonymous: string[];
}

/** At most so many ways to pair the anonymous are tried. */
const TRIES_MAX = 10_000;

/**
 * Whether two documents say the same: prefixes, order, repetition and the spelling of times and numbers do not count; anonymous ids
 * may be called otherwise, each by one other throughout.
 */
export function sameMeaning(one: ProvDocument, other: ProvDocument): boolean {
  const [a, b] = [statementsOf(one), statementsOf(other)];
  return pair(a, b, { tries: 0 });
}

/** Colours tell the anonymous apart by all that is said of them; where that does not do, pairs are tried. */
function pair(
  a: Statement[],
  b: Statement[],
  budget: { tries: number },
  fixed: [Map<string, string>, Map<string, string>] = [new Map(), new Map()],
): boolean {
  if (budget.tries++ > TRIES_MAX) throw new Error('too many ways to pair anonymous ids');
  const colours = [refine(a, fixed[0]), refine(b, fixed[1])] as const;
  const classes = colours.map(classesOf);
  const [ofA, ofB] = classes as [Map<string, string[]>, Map<string, string[]>];
  if (ofA.size !== ofB.size) return false;
  for (const [colour, ids] of ofA) if (ofB.get(colour)?.length !== ids.length) return false;
  const open = [...ofA].find(([, ids]) => ids.length > 1);
  if (!open) return setsAreEqual(render(a, colours[0]), render(b, colours[1]));
  const [colour, [id]] = open;
  const mark = `#${fixed[0].size}`;
  return ofB.get(colour)!.some((candidate) => {
    const next = [
      new Map(fixed[0]).set(id!, mark),
      new Map(fixed[1]).set(candidate, mark),
    ] as const;
    return pair(a, b, budget, [...next]);
  });
}

function refine(statements: Statement[], fixed: Map<string, string>): Map<string, string> {
  let colours = new Map(
    statements.flatMap(({ anonymous }) => anonymous.map((id) => [id, fixed.get(id) ?? ''])),
  );
  for (let count = -1; count !== new Set(colours.values()).size;) {
    count = new Set(colours.values()).size;
    const said = new Map<string, string[]>();
    for (const { parts, anonymous } of statements) {
      for (const id of new Set(anonymous)) {
        const text = say(parts, (part) => (part === id ? '*' : (colours.get(part) ?? part)));
        said.set(id, [...(said.get(id) ?? []), text]);
      }
    }
    colours = new Map(
      [...said].map(([id, texts]) => [id, hash(JSON.stringify([colours.get(id), texts.sort()]))]),
    );
  }
  return colours;
}

/** Colours grow with each round, so they are cut short. */
function hash(text: string): string {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 16777619);
    high = Math.imul(high ^ text.charCodeAt(i), 2654435761) ^ (low >>> 15);
  }
  return `~${low >>> 0}.${high >>> 0}`;
}

function classesOf(colours: Map<string, string>): Map<string, string[]> {
  const classes = new Map<string, string[]>();
  for (const [id, colour] of colours) classes.set(colour, [...(classes.get(colour) ?? []), id]);
  return classes;
}

function render(statements: Statement[], colours: Map<string, string>): Set<string> {
  return new Set(statements.map(({ parts }) => say(parts, (part) => colours.get(part) ?? part)));
}

/** Sets, not lists: nothing said twice, and in no order. */
function say(parts: string[][], nameOf: (part: string) => string): string {
  return JSON.stringify([...new Set(parts.map((part) => JSON.stringify(part.map(nameOf))))].sort());
}

function setsAreEqual(a: Set<string>, b: Set<string>): boolean {
  return a.size === b.size && [...a].every((text) => b.has(text));
}

function statementsOf(document: ProvDocument): Statement[] {
  const contexts = [{ id: '', records: document.records }, ...document.bundles];
  const bundles = document.bundles.map(({ id }) => ({ kind: 'bundle', id, attributes: [] }));
  const used = new Set(
    contexts.flatMap(({ records }) =>
      records.flatMap(({ attributes }) => attributes.flatMap(({ value }) => namesIn(value))),
    ),
  );
  return [
    ...bundles.map((bundle) => toStatement('', bundle, used)),
    ...contexts.flatMap(({ id, records }) => records.map((each) => toStatement(id, each, used))),
  ];
}

/** What an anonymous relation nobody speaks of is called says nothing: it has no id. */
function toStatement(
  bundle: string,
  record: Omit<ProvRecord, 'kind'> & { kind: string },
  used: Set<string>,
): Statement {
  const { kind, attributes } = record;
  const isThing = ['entity', 'activity', 'agent', 'bundle'].includes(kind);
  const id = isThing || !isAnonymous(record.id) || used.has(record.id) ? record.id : '';
  const said = attributes.map(({ name, value }) => [
    JSON.stringify([name, ...partsOf(value)]),
    ...namesIn(value).filter(isAnonymous),
  ]);
  const parts = [['in', bundle, kind, id], ...said];
  return { parts, anonymous: parts.flat().filter(isAnonymous) };
}

function namesIn(value: ProvValue): string[] {
  if ('key' in value) return [...namesIn(value.key), value.entity];
  return 'name' in value ? [value.name] : [];
}

function partsOf(value: ProvValue): string[] {
  const open = (name: string) => (isAnonymous(name) ? '_:' : name);
  if ('key' in value) return [...keyParts(value.key, open), open(value.entity)];
  return keyParts(value, open);
}

function keyParts(value: ProvKey, open: (name: string) => string): string[] {
  if ('name' in value) return ['name', value.type, open(value.name)];
  const { text, type, lang = '' } = value;
  return ['text', type, lang.toLowerCase(), valueOf(text, type)];
}

/** What is spelt in more than one way, in one of them. */
function valueOf(text: string, type: string): string {
  const local = type.startsWith(XSD) ? type.slice(XSD.length) : '';
  if (local === 'dateTime') return toInstant(text) ?? text;
  if (local === 'boolean') return { '1': 'true', '0': 'false' }[text] ?? text;
  if (local === 'double' || local === 'float') {
    return Number.isNaN(Number(text)) ? text : String(Number(text));
  }
  if (WHOLE.has(local))
    return /^[+-]?\d+$/.test(text) ? String(BigInt(text.replace(/^\+/, ''))) : text;
  return local === 'decimal' ? toDecimal(text) : text;
}

/** Finer than a millisecond, where the text is. */
function toInstant(text: string): string | undefined {
  const instant = parseInstant(text);
  if (instant === undefined) return undefined;
  const fraction = /\.\d{3}(\d+)/.exec(text)?.[1]?.replace(/0+$/, '') ?? '';
  return `${instant}.${fraction}`;
}

function toDecimal(text: string): string {
  const match = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text);
  if (!match) return text;
  const [, sign, whole, fraction = ''] = match;
  const digits = `${whole === '' ? '0' : whole}.${fraction}`;
  return `${sign === '-' && digits !== '0.' ? '-' : ''}${digits}`;
}
