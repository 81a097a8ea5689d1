import { isCid } from '../crypto/cid.js';
import type { Path } from '../graph/path/path.js';
import { canonicalEpc, parseIdentifier } from '../record/gs1/identifier.js';
import type { Relation } from '../record/draft.js';
import { findOneRecord, parseAddress } from './address.js';
import type { LineageEdgeView } from './lineage.js';
import { mayFollow } from './lineage.js';
import { accessOf } from './lineage-access.js';
import { checkRange } from './lineage-question.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';
import { mayList, shapeRecord, type RecordView } from './record.js';

export interface PathView {
  /** All that stand on it, by what edges name them. */
  keys: string[];
  /** The records among them. */
  nodes: RecordView[];
  edges: LineageEdgeView[];
  length: number;
}

export interface PathResultView {
  paths: PathView[];
  isExhaustive: boolean;
  position: number | null;
}

export interface PathQuestion {
  /** Id, CID or rid of a record, or an identifier of a thing in any form. */
  from: string;
  to: string;
  k?: number;
  maxLength?: number;
  relations?: Relation[];
  knownAt?: number;
  /** Event time, ms. */
  asOf?: number;
}

/**
 * The k shortest paths between two records or things, either of which may come from the other. A path over a record the viewer
 * may not see is left out, and the answer is then not exhaustive.
 *
 * @throws AppError NOT_FOUND when either end is not there for this viewer, BAD_USER_INPUT, UNAUTHENTICATED
 */
export async function findPaths(reader: Reader, question: PathQuestion): Promise<PathResultView> {
  const { limits } = reader.rooms;
  const { k = 1, maxLength = 10, relations, knownAt, asOf } = question;
  checkRange('k', k, 1, limits.pathsMax);
  checkRange('maxLength', maxLength, 1, limits.pathLengthMax);
  reader.checkKnown();
  const [from, to, access] = await Promise.all([
    findEnd(reader, question.from),
    findEnd(reader, question.to),
    accessOf(reader, asOf),
  ]);
  const answer = await reader.ask((read) => {
    const deadlineMs = Math.floor(reader.remainingMs() * 0.8);
    const bounds = { k, maxLength, relations, knownAt, asOf, access, deadlineMs };
    return read.paths({ from, to, ...bounds });
  });
  const paths = await Promise.all(answer.paths.map((path) => shapePath(reader, path)));
  const visible = paths.filter((path) => path !== null);
  return {
    paths: visible,
    isExhaustive: answer.isExhaustive && visible.length === paths.length,
    position: formatPosition(answer.position + 1),
  };
}

/** What the index knows an end by. @throws AppError NOT_FOUND */
async function findEnd(reader: Reader, text: string): Promise<string> {
  if (!isCid(text) && parseIdentifier(text) !== undefined) return canonicalEpc(text);
  return (await findOneRecord(reader, parseAddress(text))).recordCid;
}

async function shapePath(reader: Reader, path: Path): Promise<PathView | null> {
  const cids = path.nodes.filter(isCid);
  const nodes = await Promise.all(cids.map((cid) => reader.load.record.load(cid)));
  const visible = nodes.filter(
    (node) => node !== null && mayFollow(reader, node) && mayList(reader, node),
  );
  if (visible.length < nodes.length) return null;
  return {
    keys: path.nodes,
    nodes: visible.map((node) => shapeRecord(reader, node!)),
    edges: path.edges,
    length: path.nodes.length - 1,
  };
}
