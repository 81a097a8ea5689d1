import { toBase64url } from '../crypto/bytes.js';
import { systemRandomBytes, type RandomBytes } from '../crypto/random.js';
import type { Signer } from '../crypto/signing-key.js';
import { AppError } from '../error.js';
import { emptyLog, planGroup, type Change } from './group.js';
import { isNoteName } from './note.js';
import { formatStatement, type Genesis } from './statement.js';
import { readSubmissions } from './submission.js';

/** What a log begins with. */
export interface NewLog {
  organisation: Genesis['org'];
  /** The log's public name, which checkpoints carry: a host name, with a path or without. */
  origin: string;
  logSigner: Signer;
  authorSigner: Signer;
  now?: () => number;
  randomBytes?: RandomBytes;
}

/**
 * The first group of a log: its genesis alone, signed by the author.
 * @throws AppError BAD_USER_INPUT (origin), ENTRY_REFUSED (organisation)
 */
export async function planGenesis(log: NewLog): Promise<Change> {
  const { origin, authorSigner, now = Date.now } = log;
  if (!isNoteName(origin) || !/^[A-Za-z\d][\w.-]*(\/[A-Za-z\d][\w.-]*)*$/.test(origin)) {
    throw new AppError('BAD_USER_INPUT', 'an origin is a host name, with a path or without');
  }
  const at = now();
  const signed = await formatStatement(formatGenesis(log, at), authorSigner);
  const submissions = await readSubmissions([signed], true, () => undefined);
  const { outcomes, change } = await planGroup([submissions], [undefined], emptyLog(origin), at);
  if (change === undefined) throw outcomes[0];
  return change;
}

function formatGenesis(log: NewLog, at: number): Genesis {
  const { organisation, logSigner, authorSigner, randomBytes = systemRandomBytes } = log;
  return {
    v: 1,
    type: 'genesis',
    log: '',
    iat: at,
    nonce: toBase64url(randomBytes(16)),
    org: organisation,
    logKey: logSigner.publicJwk,
    authorKeys: [authorSigner.publicJwk],
    inception: at,
  };
}
