/** The bounds a request lives within. A bound that is reached is said so: an error before work, a truncated answer during it. */
export interface Limits {
  /** Lexical tokens of one GraphQL document. */
  queryTokensMax: number;
  /** Nesting of selections, fragments followed. */
  depthMax: number;
  /** The same for introspection, whose standard query is deeper than any of ours. */
  introspectionDepthMax: number;
  /** Aliased fields, fragments followed. */
  aliasesMax: number;
  /** Fields selected, fragments followed. */
  fieldsMax: number;
  /** Directives applied, fragments followed. */
  directivesMax: number;
  /** Cost of one operation: about one point for each value that may be answered. */
  costMax: number;
  /** How long one request may work, milliseconds. */
  deadlineMs: number;
  /** Largest page of a connection. */
  firstMax: number;
  /** Most ids of one `nodes` call. */
  idsMax: number;
  /** Most nodes of one lineage answer. */
  lineageNodesMax: number;
  /** Most steps from a root in one lineage answer. */
  lineageDepthMax: number;
  /** Most roots of one lineage question. */
  lineageRootsMax: number;
  /** Most paths of one answer. */
  pathsMax: number;
  /** Longest path looked for, in edges. */
  pathLengthMax: number;
  /** Characters of content one request may open; work on them counts as well. */
  contentCharactersMax: number;
  /** Most documents of one capture mutation. */
  documentsMax: number;
}

export const DEFAULT_LIMITS: Limits = {
  queryTokensMax: 2_000,
  depthMax: 12,
  introspectionDepthMax: 20,
  aliasesMax: 30,
  fieldsMax: 500,
  directivesMax: 50,
  costMax: 20_000,
  deadlineMs: 10_000,
  firstMax: 500,
  idsMax: 500,
  lineageNodesMax: 10_000,
  lineageDepthMax: 1_000,
  lineageRootsMax: 100,
  pathsMax: 20,
  pathLengthMax: 50,
  contentCharactersMax: 33_554_432,
  documentsMax: 1_000,
};
