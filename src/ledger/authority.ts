import { thumbprint, type PublicJwk } from '../crypto/signing-key.js';
import { AppError } from '../error.js';
import type { KeyAdd, KeyRevoke, Genesis, Statement } from './statement.js';

/** Who may speak for a log at one position. A value: the next position has another one. */
export interface Authority {
  /** Signs the checkpoints. */
  logKey: PublicJwk;
  /** When the log began, ms since the epoch. */
  inception: number;
  /** Author keys in force, by kid, in the order they were added. */
  authors: ReadonlyMap<string, PublicJwk>;
  /** Kids that were in force once; they never come back. */
  revoked: ReadonlySet<string>;
}

/** Where a statement is to stand. */
export interface Place {
  /** Id of the log, "" before there is a genesis. */
  log: string;
  seq: number;
  /** Time of the entry, ms since the epoch. */
  at: number;
  /** Undefined before there is a genesis. */
  authority: Authority | undefined;
}

/** How far an author's clock may be ahead of the log's, or behind its beginning. */
export const CLOCK_SKEW_MS = 300_000;

/**
 * The rules a statement must keep at its place, the same for the log that takes it and for whoever checks the
 * log: its log, its time, its author's key in force there. Signature and nonce are checked elsewhere.
 *
 * @returns who may speak from the next position on
 * @throws AppError ENTRY_REFUSED
 */
export function admit(statement: Statement, author: string, place: Place): Authority {
  if (statement.type === 'genesis') return begin(statement, author, place);
  const { authority, log, seq, at } = place;
  if (authority === undefined) throw refuse('a log begins with its genesis', seq);
  if (statement.log !== log) throw refuse('the statement was signed for another log', seq);
  checkTime(statement.iat, at, authority.inception, seq);
  if (!authority.authors.has(author)) throw refuse("the author's key is not in force", seq);
  if (statement.type === 'key.add') return addKey(statement, authority, place);
  if (statement.type === 'key.revoke') return revokeKey(statement, authority, place);
  return authority;
}

function begin(genesis: Genesis, author: string, { authority, seq, at }: Place): Authority {
  if (authority !== undefined || seq !== 0) throw refuse('a log has one genesis', seq);
  checkTime(genesis.iat, at, genesis.inception, seq);
  const authors = new Map(genesis.authorKeys.map((jwk) => [thumbprint(jwk), jwk]));
  if (authors.size !== genesis.authorKeys.length) throw refuse('a key is named twice', seq);
  if (!authors.has(author)) throw refuse('a genesis is signed by one of its author keys', seq);
  const { logKey, inception } = genesis;
  return { logKey, inception, authors, revoked: new Set() };
}

function addKey(statement: KeyAdd, authority: Authority, { log, seq }: Place): Authority {
  const kid = thumbprint(statement.jwk);
  if (statement.of !== log) throw refuse('the key is for another log', seq);
  if (authority.authors.has(kid)) throw refuse('the key is in force already', seq);
  // whoever a key was taken from must not get it back through somebody else
  if (authority.revoked.has(kid)) throw refuse('a revoked key never comes back', seq);
  return { ...authority, authors: new Map([...authority.authors, [kid, statement.jwk]]) };
}

function revokeKey(statement: KeyRevoke, authority: Authority, { log, seq }: Place): Authority {
  const kid = thumbprint(statement.jwk);
  const authors = new Map(authority.authors);
  if (statement.of !== log) throw refuse('the key is for another log', seq);
  if ((statement.compromisedSince ?? 0) > seq) {
    throw refuse('a key is not compromised in the future', seq);
  }
  if (!authors.delete(kid)) throw refuse('the key to revoke is not in force', seq);
  if (authors.size === 0) throw refuse('the last author key cannot be revoked', seq);
  return { ...authority, authors, revoked: new Set([...authority.revoked, kid]) };
}

function checkTime(iat: number, at: number, inception: number, seq: number): void {
  if (iat > at + CLOCK_SKEW_MS) throw refuse('the statement is dated too far ahead', seq);
  if (iat < inception - CLOCK_SKEW_MS) throw refuse('the statement is older than the log', seq);
}

function refuse(message: string, seq: number): AppError {
  return new AppError('ENTRY_REFUSED', message, { seq });
}
