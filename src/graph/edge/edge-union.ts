import {
  NODES_AT_ONCE,
  type EdgePage,
  type EdgeSource,
  type ScanDirection,
  type ScanMoment,
} from './edge-scan.js';
import type { RelationFilter } from './relation.js';

/** The edges of several sources as those of one: a few nodes at a time, each source after the other. */
export class EdgeUnion implements EdgeSource {
  constructor(private readonly sources: readonly EdgeSource[]) {}

  *pages(
    nodes: readonly number[],
    direction: ScanDirection,
    filter: RelationFilter,
    moment: ScanMoment,
  ): Generator<EdgePage> {
    for (let start = 0; start < nodes.length; start += NODES_AT_ONCE) {
      const asked = nodes.slice(start, start + NODES_AT_ONCE);
      // held back until it is known whether there is more: most nodes have edges of one source only
      let held: EdgePage = { rows: [], asked, done: start };
      for (const source of this.sources) {
        for (const page of source.pages(asked, direction, filter, moment)) {
          if (page.rows.length === 0) continue;
          if (held.rows.length > 0) yield held;
          held = { ...page, done: start };
        }
      }
      yield { ...held, done: start + asked.length };
    }
  }
}
