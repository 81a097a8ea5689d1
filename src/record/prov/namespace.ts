import { provFault, type Place } from './fault.js';
import { isTable } from './number-text.js';
import { isAnonymous, PROV, XSD, type ProvName, type ProvPrefixes } from './prov.js';

const PREFIX = /^[^\s:/?#]{1,256}$/;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:\S*$/;

/** Bound unless a document says otherwise. */
export const KNOWN_PREFIXES: ProvPrefixes = new Map([
  ['prov', PROV],
  ['xsd', XSD],
]);

export const NO_PREFIXES: ProvPrefixes = new Map();

/** The prefixes a document or bundle declares. @throws AppError INVALID_RECORD */
export function readPrefixes(value: unknown, path: Place['path']): ProvPrefixes {
  if (value === undefined) return NO_PREFIXES;
  const place = { path: [...path, 'prefix'] };
  const hint = 'write it as {"ex": "http://example.org/"}; "default" is for names without a prefix';
  if (!isTable(value)) throw provFault(place, 'prefix is an object', hint);
  const prefixes = new Map<string, string>();
  for (const [prefix, uri] of Object.entries(value)) {
    if (!PREFIX.test(prefix) || prefix === '_') throw provFault(place, 'not a prefix', hint);
    if (typeof uri !== 'string' || !URI.test(uri)) {
      throw provFault(place, 'a prefix stands for an absolute URI', hint);
    }
    if (prefix === 'prov' && uri !== PROV) {
      throw provFault(place, 'the prefix prov is bound', `leave it out, or bind it to ${PROV}`);
    }
    prefixes.set(prefix, `${uri}#` === XSD ? XSD : uri);
  }
  return prefixes;
}

/** What names mean in a document or bundle: its own prefixes come before those around it. */
export class Namespaces {
  private readonly prefixes: ReadonlyMap<string, string>;
  private readonly known = new Map<string, ProvName>();

  constructor(...outerToInner: ProvPrefixes[]) {
    this.prefixes = new Map([KNOWN_PREFIXES, ...outerToInner].flatMap((each) => [...each]));
  }

  /** The whole name; undefined when it is empty or its prefix is not declared. */
  resolve(text: string): ProvName | undefined {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const name = this.expand(text);
    if (name !== undefined) this.known.set(text, name);
    return name;
  }

  private expand(text: string): ProvName | undefined {
    if (isAnonymous(text)) return text.length > 2 ? text : undefined;
    const colon = text.indexOf(':');
    if (colon < 0) {
      const home = this.prefixes.get('default');
      return text === '' || home === undefined ? undefined : home + text;
    }
    const prefix = text.slice(0, colon);
    const home = prefix === 'default' ? undefined : this.prefixes.get(prefix);
    return home === undefined ? undefined : home + text.slice(colon + 1);
  }
}
