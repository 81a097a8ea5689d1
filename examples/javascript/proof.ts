import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { ask } from './client.ts';
import { ProofOf, type EntryParts } from './documents.ts';

interface Statement {
  record?: string;
  logKey?: { kty: string; crv: string; x: string };
}

/**
 * Checks that a record stands in the log, from hashes and the log's own key: the node need not be believed.
 *
 * @param logId the CID of the log's first entry, known from elsewhere; without it the node's word is taken for that
 * @returns what was checked, as words
 */
export async function verify(cid: string, logId?: string): Promise<string[]> {
  const { provenance, log } = await ask(ProofOf, { cid });
  const { entry, inclusionProof } = provenance;
  must(payloadOf(entry).record === cid, 'the entry names another record');

  const checkpoint = inclusionProof.checkpoint ?? '';
  const text = checkpoint.slice(0, checkpoint.lastIndexOf('\n\n') + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  const leaf = sha256(Buffer.concat([Buffer.of(0), bytesOf(entry)]));
  const path = inclusionProof.hashes.map((hash) => Buffer.from(hash, 'base64'));
  const found = rootOf(leaf, entry.seq, Number(size), path);
  must(found.toString('base64') === root, 'the proof leads to another root');

  must(log.entry !== null && cidOf(bytesOf(log.entry)) === (logId ?? log.cid), 'another log');
  const { logKey } = payloadOf(log.entry!);
  const key = createPublicKey({ key: logKey!, format: 'jwk' });
  const line = checkpoint.split('\n').find((each) => each.startsWith(`\u2014 ${origin} `));
  // behind four bytes that hint which key it is
  const signature = Buffer.from(line?.split(' ')[2] ?? '', 'base64').subarray(4);
  must(verifySignature(null, Buffer.from(text), key, signature), 'the signature does not match');

  return [
    "the entry names the record's CID",
    `its hash leads to the root of the checkpoint over ${size} entries`,
    "the log's first entry has the hash that is the log's id",
    'the checkpoint is signed by the key in that first entry',
  ];
}

/** An entry of the log has one spelling only: members sorted, no spaces, times in milliseconds. */
function bytesOf({ at, prev, seq, statement }: EntryParts): Buffer {
  const { payload, protected: header, signature } = statement;
  const signed = { payload, protected: header, signature };
  return Buffer.from(
    JSON.stringify({ at: Date.parse(at), prev: prev ?? '', seq, statement: signed, v: 1 }),
  );
}

function payloadOf({ statement }: EntryParts): Statement {
  return JSON.parse(Buffer.from(statement.payload, 'base64url').toString()) as Statement;
}

/** The root that an audit path leads to (RFC 9162 section 2.1.3.2). */
function rootOf(leaf: Buffer, seq: number, size: number, path: readonly Buffer[]): Buffer {
  let [hash, place, last] = [leaf, seq, size - 1];
  const up = () => ([place, last] = [Math.floor(place / 2), Math.floor(last / 2)]);
  for (const sibling of path) {
    const isRight = place % 2 === 1 || place === last;
    const pair = isRight ? [sibling, hash] : [hash, sibling];
    hash = sha256(Buffer.concat([Buffer.of(1), ...pair]));
    while (isRight && place % 2 === 0 && place > 0) up();
    up();
  }
  must(last === 0, 'the proof has another length');
  return hash;
}

/** CIDv1 of JSON bytes: version, codec and kind of hash, then the SHA-256, in base32. */
function cidOf(bytes: Buffer): string {
  const multihash = Buffer.concat([Buffer.from('0180041220', 'hex'), sha256(bytes)]);
  const bits = [...multihash].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g)!.map((group) => parseInt(group.padEnd(5, '0'), 2));
  return `b${groups.map((group) => 'abcdefghijklmnopqrstuvwxyz234567'[group]).join('')}`;
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function must(holds: boolean, fault: string): void {
  if (!holds) throw new Error(fault);
}
