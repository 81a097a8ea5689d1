import { utf8 } from '../crypto/bytes.js';
import { cidOf } from '../crypto/cid.js';
import type { PublicJwk, Signer } from '../crypto/signing-key.js';
import { Pace } from './pace.js';
import {
  authorOf,
  checkSignedSize,
  decodeStatement,
  encodeSigned,
  formatStatement,
  type SignedStatement,
  type Statement,
} from './statement.js';
import { verifyStatement } from './verify.js';

/** A statement read and found well-formed, on its way to a position. */
export interface Submission {
  statement: Statement;
  author: string;
  /** JCS text of the signed statement, as it will stand in the entry. */
  text: string;
  cid: string;
  /** Its nonce was drawn at random by this process a moment ago, so it need not be looked up. */
  isFresh?: boolean;
}

const VERIFYING_AT_ONCE = 256;

/**
 * Signs a statement and makes it ready for its place, so that the process that has the author's key need not read
 * its own statement again.
 * @throws AppError ENTRY_REFUSED, NON_CANONICAL, ENTRY_TOO_LARGE
 */
export async function formatSubmission<S extends Statement>(
  statement: S,
  signer: Signer,
  { isFresh = false } = {},
): Promise<Submission & { statement: S }> {
  const text = encodeSigned(await formatStatement(statement, signer));
  return { statement, author: signer.kid, text, cid: cidOf(utf8(text)), isFresh };
}

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
    submissions.push(readSubmission(signed));
    if (pace.isDue()) await pace.rest();
  }
  return submissions;
}

function readSubmission(signed: SignedStatement): Submission {
  const text = encodeSigned(signed);
  checkSignedSize(text);
  const statement = decodeStatement(signed);
  return { statement, author: authorOf(signed), text, cid: cidOf(utf8(text)) };
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
