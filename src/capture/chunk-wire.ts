import type { PressedChunk, PressedRecord } from './press.js';

/**
 * A chunk as it crosses from the press thread: two texts and one buffer. Cloning thousands of small objects
 * costs twice as much.
 */
export interface ChunkWire {
  json: string;
  /** The long texts of the records end to end, so that none of them is escaped and parsed. */
  texts: string;
  /** The blocks end to end; moved, not copied. */
  blocks: ArrayBuffer;
}

/** A record without its block and its long texts, and how long those are. */
type RecordWire = Omit<PressedRecord, 'block' | 'submission' | 'extractText'> & {
  cid: string;
  sizeBytes: number;
  submission: Omit<PressedRecord['submission'], 'text'>;
  statementLength: number;
  extractLength: number;
};

export function encodeChunk({ records, ...rest }: PressedChunk): ChunkWire {
  const sizeBytes = records.reduce((sum, { block }) => sum + block.bytes.length, 0);
  const blocks = new Uint8Array(sizeBytes);
  let texts = '';
  let at = 0;
  const wires = records.map((record): RecordWire => {
    const { block, submission, extractText, ...others } = record;
    const { text, ...statement } = submission;
    blocks.set(block.bytes, at);
    at += block.bytes.length;
    texts += text + extractText;
    return {
      ...others,
      cid: block.cid,
      sizeBytes: block.bytes.length,
      submission: statement,
      statementLength: text.length,
      extractLength: extractText.length,
    };
  });
  return { json: JSON.stringify({ ...rest, records: wires }), texts, blocks: blocks.buffer };
}

export function decodeChunk({ json, texts, blocks }: ChunkWire): PressedChunk {
  const { records, ...rest } = JSON.parse(json) as Omit<PressedChunk, 'records'> & {
    records: RecordWire[];
  };
  let [at, textAt] = [0, 0];
  const takeText = (length: number) => texts.slice(textAt, (textAt += length));
  return {
    ...rest,
    records: records.map((record): PressedRecord => {
      const { cid, sizeBytes, submission, statementLength, extractLength, ...others } = record;
      const bytes = new Uint8Array(blocks, at, sizeBytes);
      at += sizeBytes;
      const text = takeText(statementLength);
      const extractText = takeText(extractLength);
      return { ...others, block: { cid, bytes }, submission: { ...submission, text }, extractText };
    }),
  };
}
