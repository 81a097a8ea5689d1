import { join } from 'node:path';
import { toBase64url, utf8 } from '../../src/crypto/bytes.js';
import { cidOf } from '../../src/crypto/cid.js';
import { sha256 } from '../../src/crypto/digest.js';
import type { RandomBytes } from '../../src/crypto/random.js';
import { generateSigningKey, signerFromJwk, type Signer } from '../../src/crypto/signing-key.js';
import { encodeEntry, entryCid, type Entry } from '../../src/ledger/entry.js';
import { Ledger, type LedgerOptions } from '../../src/ledger/ledger.js';
import {
  formatStatement,
  type Genesis,
  type RecordPut,
  type SignedStatement,
  type Statement,
} from '../../src/ledger/statement.js';

/** The moment all test logs begin. */
export const START = Date.UTC(2026, 0, 2, 3, 4, 5);
export const ORIGIN = 'hospital-a.provtrail';

/** Bytes that differ from call to call and not from run to run. */
export function seededBytes(seed: string): RandomBytes {
  let calls = 0;
  return (count) => {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; at += 32) {
      bytes.set(sha256(utf8(`${seed}/${calls++}`)).subarray(0, count - at), at);
    }
    return bytes;
  };
}

export function keyOf(name: string): Signer {
  return signerFromJwk(generateSigningKey(seededBytes(`key of ${name}`)));
}

export const logSigner = keyOf('log');
export const author = keyOf('author');
export const stranger = keyOf('stranger');

const random = seededBytes('statements');
const base64url = (count: number) => toBase64url(random(count));

/** A record.put for that log, new each time. */
export function buildPut(log: string, members: Partial<RecordPut> = {}): RecordPut {
  return {
    v: 1,
    type: 'record.put',
    log,
    iat: START,
    nonce: base64url(16),
    rid: base64url(16),
    ver: 1,
    record: cidOf(random(32)),
    size: 512,
    cekc: base64url(32),
    class: 'fhir.resource',
    links: [],
    ...members,
  };
}

export function buildGenesis(members: Partial<Genesis> = {}): Genesis {
  return {
    v: 1,
    type: 'genesis',
    log: '',
    iat: START,
    nonce: base64url(16),
    org: { name: 'Hospital A', slug: 'hospital-a', identifiers: { npi: '1234567893' } },
    logKey: logSigner.publicJwk,
    authorKeys: [author.publicJwk],
    inception: START,
    ...members,
  };
}

export function buildKeyChange(
  type: 'key.add' | 'key.revoke',
  log: string,
  key: Signer,
  members: object = {},
): Statement {
  const { nonce } = buildPut(log);
  const jwk = key.publicJwk;
  return { v: 1, type, log, iat: START, nonce, jwk, use: 'sign', of: log, ...members };
}

export function sign(statement: Statement, signer: Signer = author): Promise<SignedStatement> {
  return formatStatement(statement, signer);
}

/** That many signed puts for the log. */
export function signPuts(log: string, count: number): Promise<SignedStatement[]> {
  return Promise.all(Array.from({ length: count }, () => sign(buildPut(log))));
}

let made = 0;

/** A new log in a directory of its own under `root`. */
export async function createLedger(
  root: string,
  options: Partial<LedgerOptions> = {},
): Promise<{ ledger: Ledger; directory: string }> {
  const directory = join(root, `ledger-${made++}`);
  const ledger = await Ledger.create(directory, {
    organisation: { name: 'Hospital A', slug: 'hospital-a', identifiers: {} },
    origin: ORIGIN,
    logSigner,
    authorSigner: author,
    now: () => START,
    randomBytes: seededBytes(directory),
    ...options,
  });
  return { ledger, directory };
}

export function openLedger(
  directory: string,
  options: Partial<LedgerOptions> = {},
): Promise<Ledger> {
  return Ledger.open(directory, { logSigner, now: () => START, ...options });
}

/** A log as bytes, put together by hand so that a test can forge any part of it. */
export class PaperLog {
  readonly entries: Uint8Array[] = [];
  log = '';

  static async begin(
    genesis: Genesis = buildGenesis(),
    signer: Signer = author,
  ): Promise<PaperLog> {
    const paper = new PaperLog();
    paper.add(await sign(genesis, signer));
    paper.log = paper.last;
    return paper;
  }

  get last(): string {
    const bytes = this.entries.at(-1);
    return bytes ? entryCid(bytes) : '';
  }

  /** Adds an entry around the statement; `members` forges the entry. */
  add(statement: SignedStatement, members: Partial<Entry> = {}): Uint8Array {
    const { last: prev } = this;
    const seq = this.entries.length;
    const bytes = encodeEntry({ v: 1, seq, prev, at: START, statement, ...members });
    this.entries.push(bytes);
    return bytes;
  }

  async put(members: Partial<RecordPut> = {}, entry: Partial<Entry> = {}): Promise<Uint8Array> {
    return this.add(await sign(buildPut(this.log, members)), entry);
  }
}
