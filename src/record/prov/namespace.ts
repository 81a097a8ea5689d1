import { provFault, type Place } from './fault.js';
import { isTable } from './number-text.js';
import { isAnonymous, PROV, XSD, type ProvName, type ProvPrefixes } from './prov.js';

const PREFIX = /^[^\s:/?#]{1,256}$/;
/** What a prefix stands for comes before every name that has it: a longer one would multiply the document. */
const URI_MAX_CHARACTERS = 1_024;
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
    if (uri.length > URI_MAX_CHARACTERS) {
      const message = `a prefix stands for a URI of at most ${URI_MAX_CHARACTERS} characters`;
      throw provFault(place, message, 'leave the rest to the names');
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
  private readonly innerToOuter: ProvPrefixes[];
  private readonly known = new Map<string, ProvName>();

  constructor(...outerToInner: ProvPrefixes[]) {
    this.innerToOuter = [KNOWN_PREFIXES, ...outerToInner].reverse();
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
      const home = this.homeOf('default');
      return text === '' || home === undefined ? undefined : home + text;
    }
    const prefix = text.slice(0, colon);
    const home = prefix === 'default' ? undefined : this.homeOf(prefix);
    return home === undefined ? undefined : home + text.slice(colon + 1);
  }

  /** Asked of each in turn: a document with many bundles would take long to merge the prefixes for each. */
  private homeOf(prefix: string): string | undefined {
    for (const prefixes of this.innerToOuter) {
      const home = prefixes.get(prefix);
      if (home !== undefined) return home;
    }
    return undefined;
  }
}
