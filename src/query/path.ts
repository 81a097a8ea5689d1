import type { Path } from '../graph/path.js';
import { findOneRecord, parseAddress } from './address.js';
import { checkRange, type LineageEdgeView } from './lineage.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';
import { mayFollow } from './lineage.js';
import { mayList, shapeRecord, type RecordView } from './record.js';

export interface PathView {
  nodes: RecordView[];
  edges: LineageEdgeView[];
  length: number;
}

export interface PathResultView {
  paths: PathView[];
  isExhaustive: boolean;
  position: number | null;
}

/**
 * The k shortest paths between two records, either of which may come from the other. A path over a record the viewer may not see is
 * left out, and the answer is then not exhaustive.
 *
 * @throws AppError NOT_FOUND when either end is not there for this viewer, BAD_USER_INPUT, UNAUTHENTICATED
 */
export async function findPaths(
  reader: Reader,
  question: { from: string; to: string; k?: number; maxLength?: number },
): Promise<PathResultView> {
  const { limits } = reader.rooms;
  const k = question.k ?? 1;
  const maxLength = question.maxLength ?? 10;
  checkRange('k', k, 1, limits.pathsMax);
  checkRange('maxLength', maxLength, 1, limits.pathLengthMax);
  const [from, to] = await Promise.all([
    findOneRecord(reader, parseAddress(question.from)),
    findOneRecord(reader, parseAddress(question.to)),
  ]);
  const ends = { from: from.recordCid, to: to.recordCid };
  const answer = await reader.ask((read) => {
    const deadlineMs = Math.floor(reader.remainingMs() * 0.8);
    return read.paths({ ...ends, k, maxLength, deadlineMs });
  });
  const paths = await Promise.all(answer.paths.map((path) => shapePath(reader, path)));
  const visible = paths.filter((path) => path !== null);
  return {
    paths: visible,
    isExhaustive: answer.isExhaustive && visible.length === paths.length,
    position: formatPosition(answer.position + 1),
  };
}

async function shapePath(reader: Reader, path: Path): Promise<PathView | null> {
  const nodes = await Promise.all(path.nodes.map((cid) => reader.load.record.load(cid)));
  const visible = nodes.filter(
    (node) => node !== null && mayFollow(reader, node) && mayList(reader, node),
  );
  if (visible.length < nodes.length) return null;
  return {
    nodes: visible.map((node) => shapeRecord(reader, node!)),
    edges: path.edges,
    length: nodes.length - 1,
  };
}
