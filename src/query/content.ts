import { isAppError } from '../error.js';
import { openRecord } from '../crypto/seal.js';
import type { RecordNode } from '../graph/record/record-node.js';
import { decodeStatement } from '../ledger/statement.js';
import { extractContent } from '../record/extract.js';
import type { Identifier } from '../record/draft.js';
import type { Reader } from './reader.js';
import { mayRead } from './record.js';

export type ContentState = 'AVAILABLE' | 'SEALED' | 'ERASED' | 'UNAVAILABLE';

/** What a viewer gets to see of a record's content. Everything but the state is absent unless it is AVAILABLE. */
export interface Content {
  state: ContentState;
  /** The plaintext as captured: JSON, numbers as they were spelt. */
  text?: string;
  mediaType?: string;
}

/** What is to be done for each content, however small, takes as long as so many of its characters. */
const OPENING_CHARACTERS = 8_192;

/**
 * The one place where content is opened for a viewer. The rule is asked first, and a viewer who may not read
 * gets the answer of a node that cannot: SEALED, whatever the state of the block.
 */
export async function openContent(reader: Reader, node: RecordNode): Promise<Content> {
  if (!mayRead(reader, node)) return { state: 'SEALED' };
  reader.remainingMs();
  reader.spend(OPENING_CHARACTERS);
  try {
    const content = await open(reader, node);
    reader.spend(content.text?.length ?? 0);
    return content;
  } catch (error) {
    if (!isAppError(error, 'UNAVAILABLE') && !isAppError(error, 'SEAL_REFUSED')) throw error;
    reader.rooms.logger.warn({ seq: node.seq, code: error.code }, 'content cannot be opened');
    return { state: 'UNAVAILABLE' };
  }
}

/** Block, entry and key come from three stores; hash, statement and commitment tie them together. */
async function open({ rooms, load }: Reader, node: RecordNode): Promise<Content> {
  const { archive, keyring, ledger } = rooms;
  const { recordCid, rid, ver } = node;
  const [ref, block, { entry }] = await Promise.all([
    archive.ref(recordCid),
    archive.get(recordCid),
    load.entry.load(node.seq),
  ]);
  const scope = ref && (await keyring.scope(ref.scopeId, ref.epoch));
  const statement = decodeStatement(entry.statement);
  if (!scope || !('cekc' in statement)) return { state: 'SEALED' };
  const text = openRecord({ block, log: ledger.log, rid, ver, scope, commitment: statement.cekc });
  return { state: 'AVAILABLE', text, mediaType: node.mediaType };
}

/** The business identifiers a content names; they are content themselves. Null when it cannot be read. */
export function identifiersOf({ text, mediaType }: Content): Identifier[] | null {
  if (text === undefined || mediaType === undefined) return null;
  try {
    return extractContent(text, mediaType).identifiers;
  } catch (error) {
    // sealed by a version of this program that knew more kinds of content
    if (isAppError(error)) return null;
    throw error;
  }
}
