import { equalBytes } from '../../src/crypto/bytes.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { RightEdge } from '../../src/ledger/right-edge.js';
import type { Genesis } from '../../src/ledger/statement.js';
import { decodeBundle, TILE_WIDTH, tileWidth } from '../../src/ledger/tile.js';
import { HASH_SIZE_BYTES, hashLeaf } from '../../src/ledger/tree.js';
import {
  ChainVerifier,
  verifyCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '../../src/ledger/verify.js';

const SAMPLES = 24;

/**
 * Checks a whole published log as a stranger would, with ledger/verify and what the log hands out: chain, signatures,
 * checkpoint, proofs from many places, tiles and bundles. Throws at the first fault.
 */
export async function checkLedger(ledger: Ledger): Promise<void> {
  const { size, root, checkpoint } = ledger.head();
  const verifier = new ChainVerifier({ log: ledger.log });
  const edge = new RightEdge();
  const leaves: Uint8Array[] = [];
  const roots: Uint8Array[] = [edge.root()];
  let genesis: Genesis | undefined;
  for await (const { seq, bytes } of ledger.entries(0, size)) {
    const { statement } = await verifier.add(bytes);
    if (seq === 0) genesis = statement as Genesis;
    leaves.push(hashLeaf(bytes));
    edge.append(leaves[seq]!);
    roots.push(edge.root());
  }
  must(verifier.size === size, 'entries() yields as many entries as are published');
  must(equalBytes(await verifier.root(), root), 'the entries have the published root');
  const signed = await verifyCheckpoint(checkpoint, {
    origin: ledger.origin,
    logKey: genesis!.logKey,
  });
  must(signed.size === size && equalBytes(signed.root, root), 'the checkpoint is of the head');
  for (const seq of samples(0, size)) {
    const { hashes } = await ledger.inclusionProof(seq);
    verifyInclusion(hashes, seq, size, leaves[seq]!, root);
  }
  for (const from of samples(1, size + 1)) {
    const { hashes } = await ledger.consistencyProof(from);
    verifyConsistency(from, size, roots[from]!, root, hashes);
  }
  await checkTiles(ledger, size, leaves);
}

async function checkTiles(ledger: Ledger, size: number, leaves: Uint8Array[]): Promise<void> {
  for (const index of samples(0, Math.ceil(size / TILE_WIDTH))) {
    const width = tileWidth(0, index, size);
    const own = leaves.slice(index * TILE_WIDTH, index * TILE_WIDTH + width);
    const tile = await ledger.tile(0, index);
    must(tile.length === width * HASH_SIZE_BYTES, 'a tile has the width the size gives it');
    must(equalBytes(tile, Buffer.concat(own)), 'a tile holds the leaf hashes');
    const bundle = decodeBundle(await ledger.entryBundle(index));
    must(equalBytes(Buffer.concat(bundle.map(hashLeaf)), tile), 'a bundle hashes to its tile');
  }
}

/** Both ends and some between. */
function samples(start: number, end: number): number[] {
  const step = Math.max(1, Math.floor((end - start) / SAMPLES));
  const chosen = new Set([end - 1]);
  for (let at = start; at < end; at += step) chosen.add(at);
  return [...chosen].filter((at) => at >= start);
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the log is broken: ${what}`);
}
