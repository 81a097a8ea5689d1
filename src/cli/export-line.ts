import type { Viewer } from '../access/viewer.js';
import type { RecordNode } from '../graph/row.js';
import { Reader, type QueryRooms } from '../query/reader.js';

/** Some lines of an export, each ended by a newline. */
export interface ExportChunk {
  text: string;
  /** How many of them are records. */
  count: number;
  /** Entries of the log behind it so far. */
  position: number;
}

const PAGE = 500;

/**
 * Every record up to the head the log has now, in order of the log, then one line with the checkpoint of that head.
 * Content stands in a line as far as the decision function lets this viewer read it; numbers are spelt as captured.
 */
export async function* exportLines(rooms: QueryRooms, viewer: Viewer): AsyncGenerator<ExportChunk> {
  const { graph, follower, ledger } = rooms;
  const { size, root, checkpoint } = ledger.head();
  await follower.caughtUp(size);
  for (let from = 0; from < size; from += PAGE) {
    const position = Math.min(from + PAGE, size);
    const seqs = Array.from({ length: position - from }, (_, i) => from + i);
    const reader = new Reader(rooms, viewer);
    const found = await graph.read.recordsBySeq(seqs);
    const nodes = found.filter((node) => node !== null);
    const shown = nodes.filter(({ class: recordClass, type }) =>
      reader.may('export', { class: recordClass, type }),
    );
    const lines = await Promise.all(shown.map((node) => formatLine(reader, node)));
    yield { text: lines.join(''), count: lines.length, position };
  }
  const head = { kind: 'checkpoint', origin: ledger.origin, size, root: base64(root), checkpoint };
  yield { text: `${JSON.stringify(head)}\n`, count: 0, position: size };
}

async function formatLine(reader: Reader, node: RecordNode): Promise<string> {
  const { state, text, mediaType } = await reader.load.content.load(node);
  const { seq, at, recordCid, rid, ver, statementCid, entryCid, author, sizeBytes, type } = node;
  const line = {
    kind: 'record',
    seq,
    at: new Date(at).toISOString(),
    cid: recordCid,
    rid,
    version: ver,
    statementCid,
    entryCid,
    author,
    class: node.class,
    type,
    sizeBytes,
    state,
    mediaType,
  };
  const head = JSON.stringify(line);
  // The text is compact JSON already; parsing it would respell its numbers.
  return text === undefined ? `${head}\n` : `${head.slice(0, -1)},"content":${text}}\n`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
