import { concat, fromUtf8, utf8 } from '../crypto/bytes.js';
import { sha256 } from '../crypto/digest.js';
import type { LevelWrite } from '../level.js';
import type { CaptureJob } from './job.js';
import { formatJobId } from './job-id.js';

/** How jobs lie in LevelDB: `j` id -> owner and JSON; `o` owner id -> nothing; `r` id -> nothing, while it runs. */
const KIND = { job: 0x6a, own: 0x6f, running: 0x72 } as const;

const OWNER_BYTES = 16;
export const ID_BYTES = 16;

/** Who made a job. */
export interface JobOwner {
  organisation: string;
  subject: string;
}

/** What stands for an owner: the store need not name anyone. */
export function hashOwner({ organisation, subject }: JobOwner): Uint8Array {
  return sha256(utf8(JSON.stringify([organisation, subject]))).subarray(0, OWNER_BYTES);
}

export interface JobRow {
  id: Uint8Array;
  owner: Uint8Array;
  job: CaptureJob;
}

export function jobKey(id: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(KIND.job), id);
}

/** The writes that put a row in the place of its former state. */
export function putRow({ id, owner, job }: JobRow): LevelWrite[] {
  const { id: _, ...rest } = job;
  const running = concat(Uint8Array.of(KIND.running), id);
  return [
    { type: 'put', key: jobKey(id), value: concat(owner, utf8(JSON.stringify(rest))) },
    { type: 'put', key: ownKey(owner, id), value: new Uint8Array() },
    job.finishedAt === undefined
      ? { type: 'put', key: running, value: new Uint8Array() }
      : { type: 'del', key: running },
  ];
}

export function deleteRow({ id, owner }: Pick<JobRow, 'id' | 'owner'>): LevelWrite[] {
  return [jobKey(id), ownKey(owner, id)].map((key) => ({ type: 'del', key }));
}

export function readRow(id: Uint8Array, value: Uint8Array): JobRow {
  const rest = JSON.parse(fromUtf8(value.subarray(OWNER_BYTES))) as Omit<CaptureJob, 'id'>;
  return { id, owner: ownerIn(value), job: { id: formatJobId(id), ...rest } };
}

export function ownerIn(value: Uint8Array): Uint8Array {
  return value.subarray(0, OWNER_BYTES);
}

/** The id at the end of a key. */
export function idOfKey(key: Uint8Array): Uint8Array {
  return key.slice(-ID_BYTES);
}

export function jobRange(): { gte: Uint8Array; lt: Uint8Array } {
  return rangeOf(KIND.job);
}

export function runningRange(): { gte: Uint8Array; lt: Uint8Array } {
  return rangeOf(KIND.running);
}

/** The jobs of an owner, those before an id when one is given. */
export function ownRange(owner: Uint8Array, before?: Uint8Array) {
  const last = before ?? new Uint8Array(ID_BYTES).fill(0xff);
  return { gte: ownKey(owner, new Uint8Array(ID_BYTES)), lt: ownKey(owner, last) };
}

function ownKey(owner: Uint8Array, id: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(KIND.own), owner, id);
}

function rangeOf(kind: number): { gte: Uint8Array; lt: Uint8Array } {
  return { gte: Uint8Array.of(kind), lt: Uint8Array.of(kind + 1) };
}
