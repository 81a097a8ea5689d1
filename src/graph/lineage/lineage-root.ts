import { AppError } from '../../error.js';
import type { EdgeSource } from '../edge/edge-scan.js';
import type { LineageAccess } from './lineage.js';
import type { ThingSource } from './lineage-thing.js';
import type { RecordReader } from '../record/record-reader.js';

/** Where edges and things are found. */
export interface LineageSources {
  /** Edges between records. */
  records: EdgeSource;
  /** With those of what events are about. */
  all: EdgeSource;
  things?: ThingSource;
}

/**
 * The nodes that CIDs and URIs name, in order. Whoever may not know the names of things cannot ask by them either.
 *
 * @throws AppError NOT_FOUND when one is not in the index at that position
 */
export function findRoots(
  names: readonly string[],
  access: LineageAccess | undefined,
  position: number,
  records: RecordReader,
  { things }: LineageSources,
): number[] {
  const found = records.recordsByCid(names, position).map((node) => node?.seq ?? null);
  const others = names.filter((_, i) => found[i] === null);
  const mayName = access === undefined || access.things === 'OPEN';
  const named = mayName && others.length > 0 ? (things?.nodesOf(others, position) ?? []) : [];
  const nodes = new Map(others.map((name, i) => [name, named[i] ?? null]));
  return names.map((name, i) => {
    const node = found[i] ?? nodes.get(name) ?? null;
    if (node !== null) return node;
    throw new AppError('NOT_FOUND', 'a root of the lineage is not in the index', { position });
  });
}
