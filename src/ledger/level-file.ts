import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32c, hasPrefixWithCrc } from './crc32c.js';

/** A file of a LevelDB whose checksums do not match. */
export interface FileFault {
  /** Name of the file. */
  file: string;
  /** Where the damaged part begins, in bytes. */
  offset: number;
}

const LOG_BLOCK_SIZE_BYTES = 32_768;
const LOG_HEADER_SIZE_BYTES = 7;
const TABLE_FOOTER_SIZE_BYTES = 48;
const TABLE_MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
/** Checksum and compression type behind each block of a table. */
const TABLE_TRAILER_SIZE_BYTES = 5;

interface Handle {
  offset: number;
  size: number;
}

/**
 * Checks every checksum in the files of a LevelDB, which LevelDB itself does not when it is read through
 * classic-level: a flipped bit in a table is handed out, and one in a log makes a whole batch vanish without
 * a word. Formats: doc/table_format.md and doc/log_format.md of LevelDB.
 *
 * Yields at most one fault a file. The end of a log may be torn, as a crash leaves it: that is no fault, and what
 * is missing there is missed by the checkpoint.
 */
export async function* checkLevelFiles(directory: string): AsyncGenerator<FileFault> {
  const names = (await readdir(directory)).sort();
  for (const file of names) {
    const check = checkOf(file, names);
    if (check === undefined) continue;
    const offset = check(await readFile(join(directory, file)));
    if (offset !== undefined) yield { file, offset };
  }
}

type Check = (bytes: Uint8Array) => number | undefined;

function checkOf(file: string, names: string[]): Check | undefined {
  if (/^\d+\.(ldb|sst)$/.test(file)) return faultOfTable;
  if (/^(\d+\.log|MANIFEST-\d+)$/.test(file)) return faultOfLog;
  // its only content is the name of another file
  const isNamed = (bytes: Uint8Array) => names.some((name) => `${name}\n` === text(bytes));
  return file === 'CURRENT' ? (bytes) => (isNamed(bytes) ? undefined : 0) : undefined;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Offset of the first damaged block. */
function faultOfTable(bytes: Uint8Array): number | undefined {
  const footer = bytes.length - TABLE_FOOTER_SIZE_BYTES;
  if (footer < 0 || !TABLE_MAGIC.every((byte, i) => bytes[footer + 40 + i] === byte)) {
    return Math.max(footer, 0);
  }
  const reader = new VarintReader(bytes, footer);
  const metaIndex = reader.handle();
  const index = reader.handle();
  if (bytes.subarray(reader.at, footer + 40).some((byte) => byte !== 0)) return footer;
  for (const list of [metaIndex, index]) {
    if (!isIntact(bytes, list)) return footer;
    for (const block of handlesIn(bytes, list)) if (!isIntact(bytes, block)) return block.offset;
  }
  return undefined;
}

function isIntact(bytes: Uint8Array, { offset, size }: Handle): boolean {
  const end = offset + size + 1;
  if (end + TABLE_TRAILER_SIZE_BYTES - 1 > bytes.length) return false;
  return crc32c(bytes, offset, end) === unmask(readUint32(bytes, end));
}

/** The blocks an index names. Each entry: key shared, key own, value size (varints), key, value (a handle). */
function* handlesIn(bytes: Uint8Array, { offset, size }: Handle): Generator<Handle> {
  const end = offset + size;
  const restarts = readUint32(bytes, end - 4);
  const reader = new VarintReader(bytes, offset);
  while (reader.at < end - 4 - 4 * restarts) {
    reader.next();
    const keySize = reader.next();
    const valueEnd = reader.next() + keySize + reader.at;
    reader.at += keySize;
    yield reader.handle();
    reader.at = valueEnd;
  }
}

/** Offset of the first damaged record that is not the torn end of the file. */
function faultOfLog(bytes: Uint8Array): number | undefined {
  let at = 0;
  while (at + LOG_HEADER_SIZE_BYTES <= bytes.length) {
    const blockEnd = at - (at % LOG_BLOCK_SIZE_BYTES) + LOG_BLOCK_SIZE_BYTES;
    if (at + LOG_HEADER_SIZE_BYTES > blockEnd) {
      if (bytes.subarray(at, blockEnd).some((byte) => byte !== 0)) return at;
      at = blockEnd;
      continue;
    }
    const size = bytes[at + 4]! + 256 * bytes[at + 5]!;
    const end = at + LOG_HEADER_SIZE_BYTES + size;
    if (end > blockEnd) return at;
    const checksum = unmask(readUint32(bytes, at));
    // a record that ends behind the file is torn, unless it is whole and only its length is wrong
    if (end > bytes.length) return hasPrefixWithCrc(bytes, at + 6, checksum) ? at : undefined;
    if (crc32c(bytes, at + 6, end) !== checksum) return at;
    at = end;
  }
  return undefined;
}

class VarintReader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  next(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80 || factor > 2 ** 49) return value;
    }
  }

  handle(): Handle {
    return { offset: this.next(), size: this.next() };
  }
}

function readUint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

/** LevelDB stores checksums rotated and shifted, so that data holding checksums does not look like its own. */
function unmask(stored: number): number {
  const rotated = (stored - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}
