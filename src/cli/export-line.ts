import type { Viewer } from '../access/viewer.js';
import { isAppError } from '../error.js';
import type { RecordNode } from '../graph/record/record-node.js';
import { decodeEntry } from '../ledger/entry.js';
import { readSourceList } from '../ledger/source-list.js';
import { decodeStatement } from '../ledger/statement.js';
import { Reader, type QueryRooms } from '../query/reader.js';

/** Some lines of an export, each ended by a newline. */
export interface ExportChunk {
  text: string;
  /** How many of them tell of a record. */
  records: number;
  /** Entries of the log behind it so far. */
  position: number;
}

/** Of records that may have a megabyte each, so a page may have as many megabytes. */
const PAGE = 128;

/**
 * The log from its first entry to the head it has now, one line an entry, after datasets the lists of their
 * sources, then one line with the checkpoint. All
 * entries are there, so the lines prove themselves: chain, signatures and root follow from them. A record is described
 * as far as this viewer may know of it, its content as far as the decision function lets it be read.
 */
export async function* exportLines(rooms: QueryRooms, viewer: Viewer): AsyncGenerator<ExportChunk> {
  const { follower, ledger } = rooms;
  const { size, root, checkpoint } = ledger.head();
  const limits = { ...rooms.limits, contentCharactersMax: Infinity };
  await follower.caughtUp(size);
  for (let from = 0; from < size; from += PAGE) {
    const position = Math.min(from + PAGE, size);
    const reader = new Reader({ ...rooms, limits }, viewer);
    const { text, records, datasets } = await formatPage(reader, from, position);
    yield { text, records, position };
    for (const seq of datasets) yield* formatSources(rooms, seq, position);
  }
  const head = {
    kind: 'checkpoint',
    origin: ledger.origin,
    size,
    root: Buffer.from(root).toString('base64'),
    checkpoint,
  };
  yield { text: `${JSON.stringify(head)}\n`, records: 0, position: size };
}

async function formatPage(
  reader: Reader,
  from: number,
  to: number,
): Promise<{ text: string; records: number; datasets: number[] }> {
  const { graph, ledger } = reader.rooms;
  const entries: { seq: number; text: string }[] = [];
  for await (const { seq, bytes } of ledger.entries(from, to)) {
    entries.push({ seq, text: new TextDecoder().decode(bytes) });
  }
  const found = await graph.read.recordsBySeq(entries.map(({ seq }) => seq));
  const nodes = new Map(found.filter((node) => node !== null).map((node) => [node.seq, node]));
  const shown = (seq: number): RecordNode | undefined => {
    const node = nodes.get(seq);
    return node && mayExport(reader, node) ? node : undefined;
  };
  const lines = await Promise.all(
    entries.map(({ seq, text }) => formatLine(reader, seq, text, shown(seq))),
  );
  const records = entries.filter(({ seq }) => shown(seq) !== undefined).length;
  const datasets = entries.flatMap(({ seq }) => (shown(seq)?.class === 'dataset' ? [seq] : []));
  return { text: lines.join(''), records, datasets };
}

/** The list of sources that the entry at `seq` names, if it names one: a line for each part. */
async function* formatSources(
  { ledger, archive }: QueryRooms,
  seq: number,
  position: number,
): AsyncGenerator<ExportChunk> {
  const statement = decodeStatement(decodeEntry(await ledger.entry(seq)).statement);
  if (!('sources' in statement) || !statement.sources) return;
  const read = (cids: readonly string[]) => archive.getManyBytes(cids);
  const format = (line: object) => ({
    text: `${JSON.stringify({ kind: 'sources', seq, ...line })}\n`,
    records: 0,
    position,
  });
  let part = 0;
  try {
    for await (const statements of readSourceList(statement.sources, read)) {
      yield format({ part: part++, statements });
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
    yield format({ part, state: 'UNAVAILABLE' });
  }
}

function mayExport(reader: Reader, { class: recordClass, type }: RecordNode): boolean {
  return reader.may('export', { class: recordClass, type });
}

/** Entry and content are compact JSON already; parsing them would respell their numbers. */
async function formatLine(
  reader: Reader,
  seq: number,
  entry: string,
  node: RecordNode | undefined,
): Promise<string> {
  if (node === undefined) return `{"kind":"entry","seq":${seq},"entry":${entry}}\n`;
  const { state, text, mediaType } = await reader.load.content.load(node);
  const { recordCid: cid, rid, ver: version, statementCid, entryCid, type } = node;
  const at = new Date(node.at).toISOString();
  const address = { kind: 'record', seq, at, cid, rid, version, statementCid, entryCid };
  const head = JSON.stringify({ ...address, class: node.class, type, state, mediaType });
  const content = text === undefined ? '' : `,"content":${text}`;
  return `${head.slice(0, -1)}${content},"entry":${entry}}\n`;
}
