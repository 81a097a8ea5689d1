import { isObject } from '../../json-object.js';

/** Contexts of GS1: what they define, the closed lists of the CBV say. */
const GS1_CONTEXT = /^https:\/\/(?:ref\.gs1\.org\/standards\/epcis|gs1\.github\.io\/EPCIS)\//;

/**
 * The terms and prefixes that the JSON-LD contexts of one event define. Contexts are read only when something
 * is asked, and something is asked only of terms that the CBV does not have.
 */
export class OwnTerms {
  /** Name to IRI; to nothing when the context does not say it plainly. */
  private iris?: Map<string, string>;
  /** A context that we do not have may define any prefix. */
  private hasForeign = false;

  /**
   * @param outer JSON text of the document's context
   * @param inner the event's own
   */
  constructor(
    private readonly outer: string | undefined,
    private readonly inner: unknown,
  ) {}

  /** True for a word that a context gives a meaning to. */
  defines(word: string): boolean {
    return this.read().has(word);
  }

  /** The IRI that a CURIE stands for, itself when that cannot be told; undefined if no context has its prefix. */
  expand(curie: string): string | undefined {
    const colon = curie.indexOf(':');
    const iri = this.read().get(curie.slice(0, colon));
    if (iri === undefined) return this.hasForeign ? curie : undefined;
    return iri === '' ? curie : iri + curie.slice(colon + 1);
  }

  private read(): ReadonlyMap<string, string> {
    if (this.iris) return this.iris;
    const iris = (this.iris = new Map<string, string>());
    const outer: unknown = this.outer === undefined ? [] : JSON.parse(this.outer);
    for (const context of [outer, this.inner].flat() as unknown[]) {
      if (typeof context === 'string') this.hasForeign ||= !GS1_CONTEXT.test(context);
      else if (isObject(context)) {
        for (const [name, meaning] of Object.entries(context)) iris.set(name, iriOf(meaning));
      }
    }
    return iris;
  }
}

function iriOf(meaning: unknown): string {
  const iri = isObject(meaning) ? meaning['@id'] : meaning;
  return typeof iri === 'string' ? iri : '';
}
