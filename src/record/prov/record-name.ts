import { isCid } from '../../crypto/cid.js';

/** Under it a record version is an entity: the CID of its block, which names it for good. */
export const RECORD_HOME = 'urn:cid:';

export function formatRecordName(cid: string): string {
  return RECORD_HOME + cid;
}

/** The CID of the record that a URI names; undefined for any other URI. */
export function parseRecordName(uri: string): string | undefined {
  const cid = uri.startsWith(RECORD_HOME) ? uri.slice(RECORD_HOME.length) : undefined;
  return isCid(cid) ? cid : undefined;
}
