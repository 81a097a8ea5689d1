import { toHex } from '../crypto/bytes.js';
import { drawBytes, type RandomBytes } from '../crypto/random.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const COUNT_MAX = 0xfff;

/** Makes UUIDs of version 7 (RFC 9562) that grow, also within a millisecond: the newest is the greatest. */
export class JobIds {
  private ms = 0;
  private count = 0;

  constructor(private readonly randomBytes: RandomBytes) {}

  /** @param now ms */
  next(now: number): Uint8Array {
    if (now > this.ms) [this.ms, this.count] = [now, 0];
    else if (this.count < COUNT_MAX) this.count++;
    else [this.ms, this.count] = [this.ms + 1, 0];
    const id = new Uint8Array(16);
    const view = new DataView(id.buffer);
    view.setUint16(0, Math.floor(this.ms / 2 ** 32));
    view.setUint32(2, this.ms % 2 ** 32);
    view.setUint16(6, 0x7000 | this.count);
    id.set(drawBytes(this.randomBytes, 8), 8);
    id[8] = (id[8]! & 0x3f) | 0x80;
    return id;
  }
}

export function formatJobId(id: Uint8Array): string {
  return toHex(id).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Undefined for what is no id of a job. */
export function parseJobId(text: string): Uint8Array | undefined {
  if (!UUID.test(text)) return undefined;
  return Uint8Array.from(text.replaceAll('-', '').match(/../g)!, (byte) => parseInt(byte, 16));
}

/** When the job was made, ms. */
export function timeOfJobId(id: Uint8Array): number {
  const view = new DataView(id.buffer, id.byteOffset, id.byteLength);
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2);
}
