/** What events are about, as against records: an instance, a class or lot, somebody. */
export type ThingKind = 'ITEM' | 'CLASS' | 'PARTY';

/** A thing as a node of lineage. */
export interface Thing {
  /** Its number among nodes: the negative id of the term that holds its URI. */
  node: number;
  kind: ThingKind;
  /** Canonical. */
  uri: string;
}

/** Something that knows things. */
export interface ThingSource {
  /**
   * The things these canonical URIs name, each as its node; null for one no event known by `upTo` has named. Records are never
   * meant.
   */
  nodesOf(uris: readonly string[], upTo: number): (number | null)[];
  /** In the order of `nodes`, which are all things. */
  describe(nodes: readonly number[]): Thing[];
}
