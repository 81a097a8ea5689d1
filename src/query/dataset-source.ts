import { AppError } from '../error.js';
import type { RecordNode } from '../graph/record/record-node.js';
import { SOURCES_MAX } from '../ledger/source-list.js';
import { parseAddress, type RecordAddress } from './address.js';
import { caughtUp } from './caught-up.js';
import { parseGlobalId } from './global-id.js';
import type { Reader } from './reader.js';
import { mayList } from './record.js';

/** The records that sources are to be, or the places of those that are not there for this viewer. */
export interface ResolvedSources {
  /** CIDs of their statements, each once, in the order of the addresses. */
  statements: string[];
  /** Indexes of addresses that name no record this viewer may know of: the first ten. */
  missing: number[];
}

const MISSING_SHOWN = 10;
/** Records looked up in one question to the index. */
const AT_ONCE = 4_096;

/** A CID, a global id, a rid or a position in the log, whichever the text is. */
export function parseSource(text: string): RecordAddress {
  // shorter than any of the others
  return /^\d{1,15}$/.test(text) ? { seq: Number(text) } : parseAddress(text);
}

/**
 * What addresses mean now: a rid is its newest version.
 *
 * @throws AppError TOO_LARGE (more than 100,000), EMPTY_INPUT, UNAUTHENTICATED, DEADLINE
 */
export async function resolveSources(
  reader: Reader,
  addresses: readonly RecordAddress[],
): Promise<ResolvedSources> {
  reader.checkKnown();
  checkCount(addresses.length);
  await caughtUp(reader);
  const statements = new Set<string>();
  const missing: number[] = [];
  for (let from = 0; from < addresses.length; from += AT_ONCE) {
    const nodes = await findMany(reader, addresses.slice(from, from + AT_ONCE));
    for (const [i, node] of nodes.entries()) {
      if (node && mayList(reader, node)) statements.add(node.statementCid);
      else if (missing.length < MISSING_SHOWN) missing.push(from + i);
    }
  }
  return { statements: [...statements], missing };
}

/** One question for each way of naming, not one for each name. No rule is asked here. */
async function findMany(
  reader: Reader,
  addresses: readonly RecordAddress[],
): Promise<(RecordNode | null)[]> {
  const names = addresses.map(plainly);
  const cids = names.flatMap(({ cid }) => cid ?? []);
  const rids = names.flatMap(({ rid }) => rid ?? []);
  const seqs = names.flatMap(({ seq }) => seq ?? []);
  const [byCid, byRid, bySeq] = await Promise.all([
    cids.length > 0 ? reader.ask((read) => read.recordsByCid(cids)) : [],
    rids.length > 0 ? reader.ask((read) => read.recordsByRid(rids)) : [],
    seqs.length > 0 ? reader.ask((read) => read.recordsBySeq(seqs)) : [],
  ]);
  const next = { cid: 0, rid: 0, seq: 0 };
  return names.map(({ cid, rid, seq }) => {
    if (cid !== undefined) return byCid[next.cid++] ?? null;
    if (rid !== undefined) return byRid[next.rid++] ?? null;
    return seq === undefined ? null : (bySeq[next.seq++] ?? null);
  });
}

function plainly({ id, cid, rid, seq }: RecordAddress): Omit<RecordAddress, 'id'> {
  if (cid !== undefined) return { cid };
  if (rid !== undefined) return { rid };
  if (seq !== undefined) return { seq };
  const named = id === undefined ? undefined : parseGlobalId(id);
  return named?.kind === 'Record' ? { cid: named.cid } : {};
}

function checkCount(count: number): void {
  if (count === 0) throw new AppError('EMPTY_INPUT', 'a dataset has one source at least');
  if (count <= SOURCES_MAX) return;
  throw new AppError('TOO_LARGE', `a dataset has at most ${SOURCES_MAX} sources`, {
    limit: SOURCES_MAX,
    hint: 'capture parts of it as datasets of their own, and name those as its sources',
  });
}
