import { PROV_KINDS, roleOf, type ProvKind } from './kind.js';
import { KNOWN_PREFIXES, Namespaces } from './namespace.js';
import {
  isAnonymous,
  NAME_TYPES,
  PROV,
  XSD,
  type ProvAttribute,
  type ProvDocument,
  type ProvName,
  type ProvPrefixes,
  type ProvRecord,
  type ProvValue,
} from './prov.js';
import { RECORD_HOME } from './record-name.js';

/** Whatever is this program's own, attributes too. */
const OWN = 'urn:provtrail:';
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s"<>\\^`{|}]+$/;

const PREFIXES: ProvPrefixes = new Map([
  ...KNOWN_PREFIXES,
  ['cid', RECORD_HOME],
  ['gs1', 'https://id.gs1.org/'],
  ['pt', OWN],
]);
const NAMES = new Namespaces(PREFIXES);

/** A value as it is given: a string, a whole number, a flag, or one made by `provTime` and `provRef`. */
export type Given = string | number | boolean | ProvValue | null | undefined;
/** By qualified names (`prov:label`, `pt:lot`); what is null is left out. */
export type GivenMembers = Record<string, Given>;

/** @param text RFC 3339 */
export function provTime(text: string): ProvValue {
  return { text, type: `${XSD}dateTime` };
}

/** A name as a value; text that is no URI is made one. */
export function provRef(id: string): ProvValue {
  return { name: provUri(id), type: NAME_TYPES[0] };
}

/** The URI of a term like `prov:Collection`. */
export function provTerm(qualified: string): ProvValue {
  return { name: resolve(qualified), type: NAME_TYPES[0] };
}

/** Identifiers are URIs nearly always; whoever has another kind has it kept whole, percent-encoded. */
export function provUri(id: string): ProvName {
  return URI.test(id) || (isAnonymous(id) && id.length > 2)
    ? id
    : `${OWN}uri:${encodeURIComponent(id)}`;
}

/** Collects a document: things once each, however often they are met, and relations once, however often they are told. */
export class ProvCollector {
  private readonly things = new Map<string, ProvRecord>();
  private readonly relations: ProvRecord[] = [];
  private readonly told = new Set<string>();

  /** @returns the id; what is told of it adds to what is known, a later value of one name in place of the earlier */
  add(kind: 'entity' | 'activity' | 'agent', id: string, members: GivenMembers = {}): string {
    const name = provUri(id);
    const key = `${kind} ${name}`;
    const thing = this.things.get(key) ?? { kind, id: name, attributes: [] };
    const told = attributesOf(kind, members);
    const names = new Set(told.map((each) => each.name));
    thing.attributes = [...thing.attributes.filter((each) => !names.has(each.name)), ...told];
    this.things.set(key, thing);
    return id;
  }

  relate(kind: Exclude<ProvKind, 'entity' | 'activity' | 'agent'>, members: GivenMembers): void {
    const attributes = attributesOf(kind, members);
    const key = JSON.stringify([kind, attributes]);
    if (this.told.has(key)) return;
    this.told.add(key);
    this.relations.push({ kind, id: `_:${kind}${this.relations.length + 1}`, attributes });
  }

  get document(): ProvDocument {
    const order = (kind: ProvKind) => PROV_KINDS.indexOf(kind);
    const things = [...this.things.values()].sort((a, b) => order(a.kind) - order(b.kind));
    return { prefixes: PREFIXES, records: [...things, ...this.relations], bundles: [] };
  }
}

function attributesOf(kind: ProvKind, members: GivenMembers): ProvAttribute[] {
  return Object.entries(members).flatMap(([qualified, given]) => {
    if (given === null || given === undefined) return [];
    const name = resolve(qualified);
    const role = name.startsWith(PROV) ? roleOf(kind, name.slice(PROV.length)) : undefined;
    return [{ name, value: toValue(given, role) }];
  });
}

/** A string is what its place makes it: a name, a time or text. */
function toValue(given: NonNullable<Given>, role: string | undefined): ProvValue {
  if (typeof given === 'object') return given;
  if (typeof given === 'number') return { text: String(given), type: `${XSD}long` };
  if (typeof given === 'boolean') return { text: String(given), type: `${XSD}boolean` };
  if (role === 'time') return provTime(given);
  return role === undefined ? { text: given, type: `${XSD}string` } : provRef(given);
}

function resolve(qualified: string): ProvName {
  return NAMES.resolve(qualified) ?? qualified;
}
