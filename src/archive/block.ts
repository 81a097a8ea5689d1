import { json } from '@helia/json';
import { cidOf } from '../crypto/cid.js';
import type { RecordBlock } from '../crypto/seal.js';

/** A sealed record as IPFS knows it: its address and the exact bytes behind it. */
export interface EncodedBlock {
  cid: string;
  bytes: Uint8Array;
}

/** What `@helia/json` makes of a sealed record, before anything is written anywhere. */
export async function encodeBlock(block: RecordBlock): Promise<EncodedBlock> {
  let bytes: Uint8Array = new Uint8Array();
  const blockstore = {
    put: (cid: unknown, value: Uint8Array) => {
      bytes = value;
      return cid;
    },
  };
  await json({ blockstore } as unknown as Parameters<typeof json>[0]).add(block);
  // the same CID as was passed to put; making its text here costs a fifth
  return { cid: cidOf(bytes), bytes };
}
