import { AppError } from '../error.js';
import { toBase64 } from '../ledger/base64.js';
import { thumbprint } from '../crypto/signing-key.js';
import { formatGlobalId } from './global-id.js';
import { formatPosition } from './position.js';
import type { Reader } from './reader.js';

/** A log as it is answered: facts that anyone may see. */
export interface LogView {
  id: string;
  origin: string;
  /** Id of the log: the CID of its genesis entry. */
  cid: string;
  organisation: { name: string; slug: string };
  /** Ids of the keys in force. */
  authors: string[];
}

export interface CheckpointView {
  origin: string;
  size: number;
  /** Base64, as in the text. */
  root: string;
  text: string;
}

export interface IndexStatus {
  position: number | null;
  lagEntries: number;
  lagMs: number;
  records: number;
  edges: number;
  dangling: number;
  unreadable: number;
}

/** The log of that name, or this node's own. @throws AppError NOT_FOUND */
export function getLog(reader: Reader, origin?: string): LogView {
  const log = getLogs(reader).find((one) => origin === undefined || one.origin === origin);
  if (log) return log;
  throw new AppError('NOT_FOUND', 'there is no such log here');
}

export function getLogs({ rooms }: Reader): LogView[] {
  const { ledger, organisation } = rooms;
  const { origin } = ledger;
  return [
    {
      id: formatGlobalId({ kind: 'Log', origin }),
      origin,
      cid: ledger.log,
      organisation,
      authors: ledger.keys().map(thumbprint),
    },
  ];
}

/** The latest checkpoint. */
export function getHead({ rooms }: Reader): CheckpointView {
  const { size, root, checkpoint } = rooms.ledger.head();
  return { origin: rooms.ledger.origin, size, root: toBase64(root), text: checkpoint };
}

/** Counts of relations are taken from content, so they are for those who may list records or watch the machine. */
export async function getIndexStatus(reader: Reader): Promise<IndexStatus | null> {
  if (!reader.may('record.list') && !reader.may('metrics.read')) return null;
  const { follower } = reader.rooms;
  const { cursor, ...counts } = await reader.ask((read) => read.status());
  const { entries, ms } = follower.lag();
  const position = formatPosition(cursor);
  return { ...counts, position, lagEntries: entries, lagMs: Math.round(ms) };
}
