import { isAnonymous, type ProvName, type ProvPrefixes } from './prov.js';

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

/**
 * The prefixes of one document or bundle by what they stand for. A name is looked up once for each length of those, not
 * compared with each: a document may have as many prefixes as names.
 */
export class Homes {
  private readonly byLength: [length: number, Map<string, string[]>][];

  constructor(readonly prefixes: ProvPrefixes) {
    const byLength = new Map<number, Map<string, string[]>>();
    for (const [prefix, home] of [...prefixes].sort(inOrder)) {
      const homes = byLength.get(home.length) ?? new Map<string, string[]>();
      byLength.set(home.length, homes);
      const same = homes.get(home);
      if (same) same.push(prefix);
      else homes.set(home, [prefix]);
    }
    this.byLength = [...byLength];
  }

  /** Namespaces the name begins with, each with its prefixes in order. */
  *of(name: ProvName): Generator<[home: string, prefixes: string[]]> {
    for (const [length, homes] of this.byLength) {
      if (length > name.length) continue;
      const home = name.slice(0, length);
      const prefixes = homes.get(home);
      if (prefixes) yield [home, prefixes];
    }
  }
}

/** How names are written in a document or bundle: by the prefix that leaves the least to say. */
export class Qualifier {
  private readonly known = new Map<ProvName, string>();

  /** @param innerToOuter the prefixes of an inner one hide those outside */
  constructor(
    private readonly minted: MintedPrefixes,
    private readonly innerToOuter: readonly Homes[],
  ) {}

  qualify(name: ProvName): string {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const text = isAnonymous(name) ? name : (this.declared(name) ?? this.mint(name));
    this.known.set(name, text);
    return text;
  }

  private declared(name: ProvName): string | undefined {
    let best: { prefix: string; home: string } | undefined;
    for (const [depth, homes] of this.innerToOuter.entries()) {
      for (const [home, prefixes] of homes.of(name)) {
        const prefix = prefixes.find(
          (one) => !this.isHidden(one, depth) && canWrite(one, name.slice(home.length)),
        );
        if (prefix === undefined) continue;
        if (!best || inOrder([prefix, home], [best.prefix, best.home]) < 0) best = { prefix, home };
      }
    }
    if (!best) return undefined;
    const local = name.slice(best.home.length);
    return best.prefix === 'default' ? local : `${best.prefix}:${local}`;
  }

  private isHidden(prefix: string, depth: number): boolean {
    return this.innerToOuter.slice(0, depth).some(({ prefixes }) => prefixes.has(prefix));
  }

  private mint(name: ProvName): string {
    const home = LAST_STEP.exec(name)?.[0] ?? name;
    return `${this.minted.of(home)}:${name.slice(home.length)}`;
  }
}

/** Without a prefix, what has a colon in it, or is nothing, would not be read back as what it is. */
function canWrite(prefix: string, local: string): boolean {
  return prefix !== 'default' || (local !== '' && !local.includes(':'));
}

/** The longest namespace first, so that the first that fits is the one. */
function inOrder([prefix, home]: [string, string], [other, otherHome]: [string, string]): number {
  return otherHome.length - home.length || rank(prefix) - rank(other) || (prefix < other ? -1 : 1);
}

/** A prefix says more than none. */
function rank(prefix: string): number {
  return prefix === 'default' ? 1 : 0;
}
