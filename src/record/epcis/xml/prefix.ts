import { AppError } from '../../../error.js';

/** Where the names of our own members of an event are. */
export const PROVTRAIL = 'https://provtrail.dev/ns#';
const COUNT_MAX = 256;

/** Namespaces whose prefix the 2.0 JSON knows, whatever prefix the XML had for them. */
const USUAL = new Map([
  ['urn:epcglobal:cbv:mda', 'cbvmda'],
  ['urn:epcglobal:cbv:mda:', 'cbvmda'],
  ['https://ref.gs1.org/cbv/', 'cbv'],
  ['https://gs1.org/voc/', 'gs1'],
  ['https://ref.gs1.org/voc/', 'gs1'],
]);

/** Not free for other namespaces: known to the context of EPCIS, or read as the scheme of a URI. */
const RESERVED = new Set([
  'epcis',
  'xml',
  'xmlns',
  'http',
  'https',
  'urn',
  'ni',
  ...USUAL.values(),
]);

/** The prefixes of one record: as in the XML, unless one prefix stood for two namespaces in it. */
export class Prefixes {
  private readonly prefixes = new Map<string, string>();
  private readonly namespaces = new Map([['provtrail', PROVTRAIL]]);

  /** True when nothing but our own prefix was asked for. */
  get isEmpty(): boolean {
    return this.prefixes.size === 0;
  }

  /** `prefix:local`. @param wish the prefix in the XML */
  nameOf(namespace: string, wish: string, local: string): string {
    return `${this.prefixOf(namespace, wish)}:${local}`;
  }

  /** The prefixes as the text of a JSON-LD context. */
  format(): string {
    const members = [...this.namespaces].map(
      ([prefix, namespace]) => `${JSON.stringify(prefix)}:${JSON.stringify(namespace)}`,
    );
    return `{${members.join(',')}}`;
  }

  private prefixOf(namespace: string, wish: string): string {
    const known = this.prefixes.get(namespace);
    if (known !== undefined) return known;
    if (this.prefixes.size >= COUNT_MAX) {
      throw new AppError('TOO_LARGE', `a record has at most ${COUNT_MAX} namespaces`);
    }
    const prefix = USUAL.get(namespace) ?? this.freePrefix(wish);
    this.prefixes.set(namespace, prefix);
    if (!this.namespaces.has(prefix)) this.namespaces.set(prefix, namespace);
    return prefix;
  }

  private freePrefix(wish: string): string {
    const stem = wish === '' ? 'ns' : wish;
    let prefix = stem;
    for (let i = 2; RESERVED.has(prefix) || this.namespaces.has(prefix); i++)
      prefix = `${stem}${i}`;
    return prefix;
  }
}
