import { utf8 } from '../crypto/bytes.js';
import { cidOf } from '../crypto/cid.js';
import type { RecordBlock } from '../crypto/seal.js';

/** A sealed record as IPFS knows it: its address and the exact bytes behind it. */
export interface EncodedBlock {
  cid: string;
  bytes: Uint8Array;
}

/**
 * What `@helia/json` makes of a sealed record, byte for byte and with the same CID (tests hold the two equal), at a
 * fifth of the cost: the members are base64url, so there is nothing to escape, and one hash is enough.
 */
export function encodeBlock(block: RecordBlock): EncodedBlock {
  const { protected: header, aad, iv, ciphertext, tag } = block;
  const bytes = utf8(
    `{"protected":"${header}","aad":"${aad}","iv":"${iv}","ciphertext":"${ciphertext}","tag":"${tag}"}`,
  );
  return { cid: cidOf(bytes), bytes };
}
