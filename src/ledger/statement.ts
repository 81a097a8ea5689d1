import { fromBase64url, fromUtf8, utf8 } from '../crypto/bytes.js';
import { decodeCanonical, encodeCanonical, type Canonical } from '../crypto/canonical.js';
import { cidOf } from '../crypto/cid.js';
import { signFlattened, type FlattenedJws } from '../crypto/jws.js';
import type { PublicJwk, Signer } from '../crypto/signing-key.js';
import { AppError } from '../error.js';
import { checkStatementShape } from './statement-shape.js';

/** Members of every statement (FORMATS section 3). */
export interface StatementHead {
  v: 1;
  /** Id of the log it is meant for, "" in a genesis: a statement has no force in another log. */
  log: string;
  /** When it was signed, by the author's clock; ms since the epoch. */
  iat: number;
  /** 16 bytes base64url. The same author never signs two statements under one nonce. */
  nonce: string;
}

/** Entry 0 of a log: whose it is and which keys speak for it. */
export interface Genesis extends StatementHead {
  type: 'genesis';
  org: {
    name: string;
    slug: string;
    /** Public identifiers of the organisation: PGLN, company prefixes, NPI. */
    identifiers: { [scheme: string]: string | string[] };
  };
  /** Signs the log's checkpoints. */
  logKey: PublicJwk;
  /** May sign statements from the start. */
  authorKeys: PublicJwk[];
  /** When the log began, ms since the epoch. */
  inception: number;
}

/** Gives a key the right to sign statements from the next entry on. */
export interface KeyAdd extends StatementHead {
  type: 'key.add';
  jwk: PublicJwk;
  use: 'sign';
  /** The log whose authors the key joins: this one. */
  of: string;
}

/** Takes that right away, for good. */
export interface KeyRevoke extends StatementHead {
  type: 'key.revoke';
  jwk: PublicJwk;
  use: 'sign';
  of: string;
  /** First position at which the key may already have been in a stranger's hands. */
  compromisedSince?: number;
}

export type RecordClass = 'fhir.resource' | 'epcis.event' | 'master.data' | 'dataset';

/**
 * More sources than `links` has room for: what their list hashes to, and where it is. The blocks of the list are public,
 * for an author chose to publish it (`source-list.ts`).
 */
export interface StatementSources {
  count: number;
  /** RFC 9162 Merkle root over the CIDs of the sources' statements, base64url. */
  root: string;
  /** CID of the list. */
  list: string;
}

interface RecordBody {
  /** Id of the record, 16 bytes base64url: random, or an HMAC under a secret, which nobody else can tell from random. */
  rid: string;
  /** Version, 1 for the first. */
  ver: number;
  /** CID of the sealed block. */
  record: string;
  /** Size of the padded plaintext in bytes. */
  size: number;
  /** Commitment to the content key, 32 bytes base64url. */
  cekc: string;
  class: RecordClass;
  /** Links the author chose to publish, to other statements. */
  links: { rel: string; statement: string }[];
  /** Of a derivative with more sources than `links` holds: each is one it was derived from. */
  sources?: StatementSources;
}

export interface RecordPut extends StatementHead, RecordBody {
  type: 'record.put';
}

export interface RecordCorrect extends StatementHead, RecordBody {
  type: 'record.correct';
  /** CID of the statement of the version before. */
  replaces: string;
}

export type Statement = Genesis | KeyAdd | KeyRevoke | RecordPut | RecordCorrect;

/** A statement under its author's signature: flattened JWS whose payload is the statement's JCS text. */
export type SignedStatement = FlattenedJws;

export const STATEMENT_TYP = 'provtrail-statement+jws';

/** Leaves room for what an entry adds around it: see ENTRY_SIZE_MAX_BYTES. */
const STATEMENT_SIZE_MAX_BYTES = 65_535 - 160;
const HEADER = /^\{"alg":"Ed25519","kid":"([A-Za-z0-9_-]{43})","typ":"provtrail-statement\+jws"\}$/;
const AUTHORS_MAX = 1_000;
/** Author of each header seen: there are few, and every statement carries one. */
const authors = new Map<string, string>();

/**
 * Signs a statement. Its shape is checked before, so nothing is signed that no log would take.
 * @throws AppError ENTRY_REFUSED, NON_CANONICAL, ENTRY_TOO_LARGE
 */
export async function formatStatement(
  statement: Statement,
  signer: Signer,
): Promise<SignedStatement> {
  const value = statement as unknown as Canonical;
  const text = encodeCanonical(value);
  checkStatementShape(value);
  const signed = await signFlattened(text, STATEMENT_TYP, signer);
  checkSignedSize(encodeSigned(signed));
  return signed;
}

/**
 * Reads a statement without judging its signature.
 * @throws AppError NON_CANONICAL, MALFORMED_JSON, TOO_DEEP, TOO_LARGE, ENTRY_REFUSED (unknown type or version,
 *   a member that is missing, unknown or of another shape; `pointer` names it)
 */
export function decodeStatement(signed: SignedStatement): Statement {
  const value = decodeCanonical(fromUtf8(fromBase64url(signed.payload)));
  checkStatementShape(value);
  return value;
}

/**
 * The kid in the protected header, which must be exactly the header of a statement.
 * @throws AppError SIGNATURE_REFUSED
 */
export function authorOf(signed: SignedStatement): string {
  const known = authors.get(signed.protected);
  if (known !== undefined) return known;
  const kid = readHeader(signed.protected);
  if (authors.size >= AUTHORS_MAX) authors.clear();
  authors.set(signed.protected, kid);
  return kid;
}

/** JCS text of the signed statement; its members are base64url and need no escaping. */
export function encodeSigned({ payload, protected: header, signature }: SignedStatement): string {
  return `{"payload":"${payload}","protected":"${header}","signature":"${signature}"}`;
}

/** The statement's address: CID of its JCS text, signature included. */
export function statementCid(signed: SignedStatement): string {
  return cidOf(utf8(encodeSigned(signed)));
}

/** @param text what encodeSigned made. @throws AppError ENTRY_TOO_LARGE */
export function checkSignedSize(text: string): void {
  if (text.length <= STATEMENT_SIZE_MAX_BYTES) return;
  throw new AppError(
    'ENTRY_TOO_LARGE',
    `a signed statement has at most ${STATEMENT_SIZE_MAX_BYTES} bytes`,
    { limit: STATEMENT_SIZE_MAX_BYTES },
  );
}

function readHeader(encoded: string): string {
  // a statement's header has one possible length: anything longer is refused before it is decoded
  if (encoded.length <= 160) {
    const kid = HEADER.exec(fromUtf8(fromBase64url(encoded)))?.[1];
    if (kid !== undefined) return kid;
  }
  throw new AppError('SIGNATURE_REFUSED', 'not the protected header of a statement');
}
