import { isAnonymous, type ProvName, type ProvPrefixes } from './prov.js';
import { KNOWN_PREFIXES } from './namespace.js';

/** Where a URI nobody declared a prefix for is parted. */
const LAST_STEP = /^[^]*[/#:]/;

/** Prefixes made for names that no declared one fits: those of the whole document. */
export class MintedPrefixes {
  private readonly byHome = new Map<string, string>();
  private last = 0;

  /** @param taken what is declared anywhere in the document */
  constructor(private readonly taken: ReadonlySet<string>) {}

  /** @param home the namespace */
  of(home: string): string {
    const known = this.byHome.get(home);
    if (known !== undefined) return known;
    do this.last++;
    while (this.taken.has(`ns${this.last}`));
    const prefix = `ns${this.last}`;
    this.byHome.set(home, prefix);
    return prefix;
  }

  all(): Map<string, string> {
    return new Map([...this.byHome].map(([home, prefix]) => [prefix, home]));
  }
}

/** How names are written in a document or bundle: by the prefix that leaves the least to say. */
export class Qualifier {
  private readonly known = new Map<ProvName, string>();
  /** The longest namespace first, so that the first that fits is the one. */
  private readonly homes: [prefix: string, home: string][];

  constructor(
    private readonly minted: MintedPrefixes,
    ...outerToInner: ProvPrefixes[]
  ) {
    const prefixes = new Map([KNOWN_PREFIXES, ...outerToInner].flatMap((each) => [...each]));
    this.homes = [...prefixes].sort(
      ([prefix, home], [other, otherHome]) =>
        otherHome.length - home.length || rank(prefix) - rank(other) || (prefix < other ? -1 : 1),
    );
  }

  qualify(name: ProvName): string {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const text = isAnonymous(name) ? name : (this.declared(name) ?? this.mint(name));
    this.known.set(name, text);
    return text;
  }

  private declared(name: ProvName): string | undefined {
    for (const [prefix, home] of this.homes) {
      if (!name.startsWith(home)) continue;
      const local = name.slice(home.length);
      if (prefix !== 'default') return `${prefix}:${local}`;
      // with a colon in it, or nothing, it would not be read back as what it is
      if (local !== '' && !local.includes(':')) return local;
    }
    return undefined;
  }

  private mint(name: ProvName): string {
    const home = LAST_STEP.exec(name)?.[0] ?? name;
    return `${this.minted.of(home)}:${name.slice(home.length)}`;
  }
}

/** A prefix says more than none. */
function rank(prefix: string): number {
  return prefix === 'default' ? 1 : 0;
}
