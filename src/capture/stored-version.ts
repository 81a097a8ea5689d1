import type { Archive } from '../archive/archive.js';
import { fromUtf8 } from '../crypto/bytes.js';
import type { Keyring } from '../crypto/keyring.js';
import type { ScopeKey } from '../crypto/scope.js';
import { openRecord, type RecordBlock } from '../crypto/seal.js';
import { AppError } from '../error.js';
import { decodeEntry } from '../ledger/entry.js';
import type { Ledger } from '../ledger/ledger.js';
import { decodeStatement, statementCid } from '../ledger/statement.js';
import type { Published } from './press.js';

/** A version that is in the log, and what it takes to open it; plain data, since it crosses to the press thread. */
export interface StoredVersion {
  seq: number;
  rid: string;
  ver: number;
  statementCid: string;
  /** `cekc` of its statement. */
  commitment: string;
  published: Published;
  /** Of the idempotency key it was captured under, where this node remembers one. */
  call?: string;
  /** Absent when the block or its key is gone. */
  sealed?: { block: Uint8Array; scope: ScopeKey };
}

export interface VersionRooms {
  ledger: Ledger;
  archive: Archive;
  keyring: Keyring;
}

/** The record versions at these positions. @throws AppError UNAVAILABLE (an entry), STORE_FAILED */
export async function readVersions(
  { ledger, archive, keyring }: VersionRooms,
  seqs: readonly number[],
): Promise<StoredVersion[]> {
  const stated = await Promise.all(
    seqs.map(async (seq) => readStated(seq, await ledger.entry(seq))),
  );
  const blocks = await archive.getManyBytes(stated.map(({ recordCid }) => recordCid));
  return Promise.all(
    stated.map(async ({ recordCid, ...version }, i) => {
      const block = blocks[i]!;
      const ref = await archive.ref(recordCid);
      const scope = ref && (await keyring.scope(ref.scopeId, ref.epoch));
      const told = { ...version, ...(ref?.call !== undefined && { call: ref.call }) };
      if (!scope || block instanceof AppError) return told;
      return { ...told, sealed: { block, scope } };
    }),
  );
}

function readStated(seq: number, bytes: Uint8Array): StoredVersion & { recordCid: string } {
  const { statement: signed } = decodeEntry(bytes);
  const statement = decodeStatement(signed);
  if (statement.type !== 'record.put' && statement.type !== 'record.correct') {
    throw new AppError('NONCE_REUSED', 'the nonce of a version was used for something else');
  }
  const { rid, ver, cekc: commitment, record: recordCid, links, sources } = statement;
  const published = { links, ...(sources && { sources }) };
  return { seq, rid, ver, statementCid: statementCid(signed), commitment, published, recordCid };
}

/** The text of a version; undefined when it cannot be opened any more. */
export function openVersion(version: StoredVersion, log: string): string | undefined {
  const { rid, ver, commitment, sealed } = version;
  if (!sealed) return undefined;
  try {
    const block = JSON.parse(fromUtf8(sealed.block)) as RecordBlock;
    return openRecord({ block, log, rid, ver, scope: sealed.scope, commitment });
  } catch {
    // whatever is wrong with it, it cannot be compared
    return undefined;
  }
}
