import type { PressedChunk, PressedRecord } from './press.js';

/**
 * A chunk as it crosses from the press thread: one text and one buffer. Cloning thousands of small objects
 * costs twice as much.
 */
export interface ChunkWire {
  json: string;
  /** The blocks end to end; moved, not copied. */
  blocks: ArrayBuffer;
}

type RecordWire = Omit<PressedRecord, 'block'> & { cid: string; sizeBytes: number };

export function encodeChunk({ records, ...rest }: PressedChunk): ChunkWire {
  const sizeBytes = records.reduce((sum, { block }) => sum + block.bytes.length, 0);
  const blocks = new Uint8Array(sizeBytes);
  let at = 0;
  const wires = records.map(({ block, ...record }): RecordWire => {
    blocks.set(block.bytes, at);
    at += block.bytes.length;
    return { ...record, cid: block.cid, sizeBytes: block.bytes.length };
  });
  return { json: JSON.stringify({ ...rest, records: wires }), blocks: blocks.buffer };
}

export function decodeChunk({ json, blocks }: ChunkWire): PressedChunk {
  const { records, ...rest } = JSON.parse(json) as Omit<PressedChunk, 'records'> & {
    records: RecordWire[];
  };
  let at = 0;
  return {
    ...rest,
    records: records.map(({ cid, sizeBytes, ...record }): PressedRecord => {
      const bytes = new Uint8Array(blocks, at, sizeBytes);
      at += sizeBytes;
      return { ...record, block: { cid, bytes } };
    }),
  };
}
