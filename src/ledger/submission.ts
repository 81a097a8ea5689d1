import type { PublicJwk } from '../crypto/signing-key.js';
import { Pace } from './pace.js';
import {
  authorOf,
  checkStatementSize,
  decodeStatement,
  statementCid,
  type SignedStatement,
  type Statement,
} from './statement.js';
import { verifyStatement } from './verify.js';

/** A statement read and found well-formed, on its way to a position. */
export interface Submission {
  signed: SignedStatement;
  statement: Statement;
  author: string;
  cid: string;
}

const VERIFYING_AT_ONCE = 256;

/**
 * Reads statements, a stretch at a time. Statements just signed by this process are trusted to carry their
 * author's signature; all others are verified, against the keys in force now. Both are judged again at their place.
 *
 * @throws AppError SIGNATURE_REFUSED, ENTRY_REFUSED, ENTRY_TOO_LARGE and what decodeStatement throws
 */
export async function readSubmissions(
  statements: readonly SignedStatement[],
  trusted: boolean,
  keyOf: (kid: string) => PublicJwk | undefined,
): Promise<Submission[]> {
  if (!trusted) await verifyAll(statements, keyOf);
  const pace = new Pace();
  const submissions: Submission[] = [];
  for (const signed of statements) {
    checkStatementSize(signed);
    const statement = decodeStatement(signed);
    submissions.push({ signed, statement, author: authorOf(signed), cid: statementCid(signed) });
    if (pace.isDue()) await pace.rest();
  }
  return submissions;
}

async function verifyAll(
  statements: readonly SignedStatement[],
  keyOf: (kid: string) => PublicJwk | undefined,
): Promise<void> {
  for (let i = 0; i < statements.length; i += VERIFYING_AT_ONCE) {
    const some = statements.slice(i, i + VERIFYING_AT_ONCE);
    await Promise.all(some.map((signed) => verifyStatement(signed, { keyOf })));
  }
}
