import DataLoader from 'dataloader';
import type { RecordNode } from '../graph/record/record-node.js';
import { decodeEntry, type Entry } from '../ledger/entry.js';
import { openContent, type Content } from './content.js';
import type { Reader } from './reader.js';

/** One entry of the log, decoded, with the bytes its hash is taken over. */
export interface LoadedEntry {
  entry: Entry;
  bytes: Uint8Array;
}

/** Batched, remembered look-ups of one reader. Keys name the viewer, so that no cache can cross from one to another. */
export interface Loaders {
  /** A record version by the CID of its block; null when it is not indexed. No rule is asked here. */
  record: DataLoader<string, RecordNode | null, string>;
  /** The same by ledger position. */
  recordAt: DataLoader<number, RecordNode | null, string>;
  entry: DataLoader<number, LoadedEntry, string>;
  /** Content, after the rules. */
  content: DataLoader<RecordNode, Content, string>;
}

/** How many records are opened at a time: more would only wait for the same disk and threads. */
const OPEN_AT_ONCE = 64;

export function createLoaders(reader: Reader): Loaders {
  const { viewer, rooms } = reader;
  const whose = JSON.stringify([viewer.organisation, viewer.subject, viewer.role, viewer.scopes]);
  const keyOf = (id: string | number) => `${whose} ${id}`;
  return {
    record: new DataLoader<string, RecordNode | null, string>(
      (cids) => loadRecords(reader, [...cids]),
      { cacheKeyFn: keyOf },
    ),
    recordAt: new DataLoader<number, RecordNode | null, string>(
      (seqs) => reader.ask((read) => read.recordsBySeq([...seqs])),
      { cacheKeyFn: keyOf },
    ),
    entry: new DataLoader<number, LoadedEntry, string>(
      (seqs) => loadEach(seqs, (seq) => loadEntry(rooms, seq)),
      { cacheKeyFn: keyOf },
    ),
    content: new DataLoader<RecordNode, Content, string>(
      (nodes) => loadEach(nodes, (node) => openContent(reader, node)),
      { cacheKeyFn: ({ recordCid }) => keyOf(recordCid), maxBatchSize: OPEN_AT_ONCE },
    ),
  };
}

/**
 * A record may be published and not yet indexed: whoever asks for one that is not found waits until what is
 * in the log by now has been indexed, so that a receipt can be followed at once.
 */
async function loadRecords(reader: Reader, cids: string[]): Promise<(RecordNode | null)[]> {
  const { follower, ledger } = reader.rooms;
  const found = await reader.ask((read) => read.recordsByCid(cids));
  if (found.every((node) => node !== null) || follower.lag().entries === 0) return found;
  await reader.within(follower.caughtUp(ledger.head().size));
  return reader.ask((read) => read.recordsByCid(cids));
}

async function loadEntry({ ledger }: Reader['rooms'], seq: number): Promise<LoadedEntry> {
  const bytes = await ledger.entry(seq);
  return { bytes, entry: decodeEntry(bytes) };
}

/** One failure must not fail its neighbours. */
async function loadEach<K, V>(
  keys: readonly K[],
  load: (key: K) => Promise<V>,
): Promise<(V | Error)[]> {
  const settled = await Promise.allSettled(keys.map(load));
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error)));
}
