import { fromBase64url, toBase64url } from '../crypto/bytes.js';

/** What this node must remember of a block to open it: whose record it is and under which key scope. */
export interface RecordRef {
  /** Of the record: 16 bytes, base64url. */
  rid: string;
  ver: number;
  /** 16 random bytes, base64url. */
  scopeId: string;
  epoch: number;
  /** Of the idempotency key it was captured under (`callOf`), so that a retry knows it again; absent without one. */
  call?: string;
}

const SIZE_BYTES = 40;
const CALL_BYTES = 16;

export function encodeRef(ref: RecordRef): Uint8Array {
  const bytes = new Uint8Array(SIZE_BYTES + (ref.call === undefined ? 0 : CALL_BYTES));
  bytes.set(fromBase64url(ref.rid), 0);
  bytes.set(fromBase64url(ref.scopeId), 16);
  const view = new DataView(bytes.buffer);
  view.setUint32(32, ref.ver);
  view.setUint32(36, ref.epoch);
  if (ref.call !== undefined) bytes.set(fromBase64url(ref.call), SIZE_BYTES);
  return bytes;
}

export function decodeRef(bytes: Uint8Array): RecordRef {
  const view = new DataView(bytes.buffer, bytes.byteOffset, SIZE_BYTES);
  return {
    rid: toBase64url(bytes.subarray(0, 16)),
    scopeId: toBase64url(bytes.subarray(16, 32)),
    ver: view.getUint32(32),
    epoch: view.getUint32(36),
    ...(bytes.length > SIZE_BYTES && { call: toBase64url(bytes.subarray(SIZE_BYTES)) }),
  };
}
