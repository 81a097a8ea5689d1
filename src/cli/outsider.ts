import { AppError } from '../error.js';
import { fromBase64 } from '../ledger/base64.js';
import { decodeEntry, entryCid } from '../ledger/entry.js';
import { decodeStatement } from '../ledger/statement.js';
import { decodeBundle, formatTilePath, TILE_WIDTH, tileWidth } from '../ledger/tile.js';
import { hashLeaf } from '../ledger/tree.js';
import { verifyCheckpoint, verifyInclusion } from '../ledger/verify.js';

/** A log as somebody knows it who trusts nothing else: its name and the CID of its first entry. */
export interface KnownLog {
  origin: string;
  cid: string;
}

/** An inclusion proof as the API gives it, hashes in base64. */
export interface GivenProof {
  seq: number;
  size: number;
  hashes: string[];
  root: string;
  checkpoint?: string | null;
}

/**
 * Checks a proof as an outsider would, with the public parts of a node's log and no token: the key from the first
 * entry, the first entry by its CID, the checkpoint by that key, the leaf from the entry's bytes, the root by the path.
 *
 * @throws AppError PROOF_REFUSED, SIGNATURE_REFUSED, UNAVAILABLE
 */
export async function checkFromOutside(
  url: string,
  log: KnownLog,
  proof: GivenProof,
): Promise<void> {
  const logKey = await readLogKey(url, log, proof.size);
  const { size, root } = await verifyCheckpoint(proof.checkpoint ?? '', {
    origin: log.origin,
    logKey,
  });
  if (size !== proof.size) throw new AppError('PROOF_REFUSED', 'the proof is of another tree');
  const leaf = hashLeaf(await readEntry(url, log, proof.seq, size));
  verifyInclusion(proof.hashes.map(fromBase64), proof.seq, size, leaf, root);
}

async function readLogKey(url: string, log: KnownLog, size: number) {
  const genesis = await readEntry(url, log, 0, size);
  if (entryCid(genesis) !== log.cid) throw new AppError('PROOF_REFUSED', 'this is another log');
  const statement = decodeStatement(decodeEntry(genesis).statement);
  if (statement.type !== 'genesis') throw new AppError('PROOF_REFUSED', 'the log has no genesis');
  return statement.logKey;
}

async function readEntry(
  url: string,
  { origin }: KnownLog,
  seq: number,
  size: number,
): Promise<Uint8Array> {
  const index = Math.floor(seq / TILE_WIDTH);
  const width = tileWidth(0, index, size);
  const path = formatTilePath({ level: 'entries', index, width });
  const response = await fetch(`${url}/log/${origin}/${path}`);
  const entry = decodeBundle(new Uint8Array(await response.arrayBuffer()))[seq % TILE_WIDTH];
  if (!response.ok || entry === undefined) {
    throw new AppError('UNAVAILABLE', 'the entry is not served');
  }
  return entry;
}
