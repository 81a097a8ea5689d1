import { toBase64url, utf8 } from '../crypto/bytes.js';
import { cidOf, isCid } from '../crypto/cid.js';
import { AppError } from '../error.js';
import { Pace } from './pace.js';
import { RightEdge } from './right-edge.js';
import type { StatementSources } from './statement.js';
import { hashLeaf } from './tree.js';

/** The most sources one statement can name. */
export const SOURCES_MAX = 100_000;
/** Statement CIDs in one part of a list; every part but the last has so many. */
export const PART_SOURCES = 4_096;

/** A public block of a list of sources. */
export interface ListBlock {
  cid: string;
  bytes: Uint8Array;
}

export interface SourceList {
  /** What stands in the statement. */
  sources: StatementSources;
  /** The list itself and its parts: durable before the statement is appended (law 1). */
  blocks: ListBlock[];
}

/** Reads blocks: for each CID its bytes, their hash checked, or why there are none. */
export type ReadBlocks = (cids: readonly string[]) => Promise<(Uint8Array | AppError)[]>;

/**
 * The list of a derivative's sources: `{"count":..., "parts":[CID...], "v":1}`, each part a JSON array of at most 4,096
 * statement CIDs. Its Merkle root (RFC 9162, leaf data: the CID's text) stands in the signed statement, so that one
 * source can be proven without the others.
 *
 * @param statements CIDs of the sources' statements, in order; distinct
 * @throws AppError TOO_LARGE, EMPTY_INPUT
 */
export async function formatSourceList(statements: readonly string[]): Promise<SourceList> {
  checkCount(statements.length);
  const tree = new RightEdge();
  const pace = new Pace();
  for (const cid of statements) {
    tree.append(hashLeaf(utf8(cid)));
    if (pace.isDue()) await pace.rest();
  }
  const parts: ListBlock[] = [];
  for (let at = 0; at < statements.length; at += PART_SOURCES) {
    parts.push(formatBlock(JSON.stringify(statements.slice(at, at + PART_SOURCES))));
  }
  const cids = parts.map(({ cid }) => cid);
  const list = formatBlock(`{"count":${statements.length},"parts":${JSON.stringify(cids)},"v":1}`);
  const sources = {
    count: statements.length,
    root: toBase64url(tree.root()),
    list: list.cid,
  };
  return { sources, blocks: [...parts, list] };
}

/**
 * CIDs of the parts of a list, in order.
 *
 * @throws AppError UNAVAILABLE (the block is not there), ENTRY_REFUSED (it is no list of so many sources)
 */
export async function readParts(
  { count, list }: StatementSources,
  read: ReadBlocks,
): Promise<string[]> {
  const parts = decodeList(blockOf(await read([list])), count);
  if (parts === undefined) throw refuse('the block is not the list the statement names');
  return parts;
}

/**
 * The sources of one part.
 *
 * @param index of the part
 * @throws AppError UNAVAILABLE, ENTRY_REFUSED
 */
export async function readPart(
  { count }: StatementSources,
  parts: readonly string[],
  index: number,
  read: ReadBlocks,
): Promise<string[]> {
  const expected = Math.min(PART_SOURCES, count - index * PART_SOURCES);
  const cids = decodeCids(blockOf(await read([parts[index]!]), `part ${index} of the list: `));
  if (cids?.length !== expected) throw refuse(`part ${index} of the list is not whole`);
  return cids;
}

/** All sources, part by part. Their root is for `verifySourceList`. @throws AppError UNAVAILABLE, ENTRY_REFUSED */
export async function* readSourceList(
  sources: StatementSources,
  read: ReadBlocks,
): AsyncGenerator<string[]> {
  const parts = await readParts(sources, read);
  for (const index of parts.keys()) yield await readPart(sources, parts, index, read);
}

/**
 * Reads a whole list and holds it against the root that was signed.
 *
 * @returns how many blocks it has
 * @throws AppError UNAVAILABLE (a block is missing or damaged), ENTRY_REFUSED (another list, another root)
 */
export async function verifySourceList(
  sources: StatementSources,
  read: ReadBlocks,
): Promise<number> {
  const tree = new RightEdge();
  let blocks = 1;
  for await (const cids of readSourceList(sources, read)) {
    for (const cid of cids) tree.append(hashLeaf(utf8(cid)));
    blocks++;
  }
  if (toBase64url(tree.root()) !== sources.root) {
    throw refuse('the sources do not have the root the statement names');
  }
  return blocks;
}

/** How many parts a list of so many sources has. */
export function partCount(count: number): number {
  return Math.ceil(count / PART_SOURCES);
}

function checkCount(count: number): void {
  if (count === 0) throw new AppError('EMPTY_INPUT', 'a list of sources has one at least');
  if (count <= SOURCES_MAX) return;
  throw new AppError('TOO_LARGE', `a dataset has at most ${SOURCES_MAX} sources`, {
    limit: SOURCES_MAX,
    hint: 'capture parts of it as datasets of their own, and name those as its sources',
  });
}

function formatBlock(text: string): ListBlock {
  const bytes = utf8(text);
  return { cid: cidOf(bytes), bytes };
}

function blockOf([block]: (Uint8Array | AppError)[], of = 'the list: '): Uint8Array {
  if (block instanceof AppError) throw new AppError(block.code, of + block.message, block.data);
  if (block === undefined) throw new AppError('UNAVAILABLE', `${of}the block is not available`);
  return block;
}

function decodeList(bytes: Uint8Array, count: number): string[] | undefined {
  const text = new TextDecoder().decode(bytes);
  const match = /^\{"count":(\d{1,6}),"parts":(\[.*\]),"v":1\}$/.exec(text);
  const parts = match && decodeTexts(match[2]!);
  return parts?.length === partCount(count) && Number(match![1]) === count ? parts : undefined;
}

function decodeCids(bytes: Uint8Array): string[] | undefined {
  return decodeTexts(new TextDecoder().decode(bytes));
}

/** A JSON array of CIDs in its one spelling. */
function decodeTexts(text: string): string[] | undefined {
  if (!/^\["[a-z2-7",]*"\]$/.test(text)) return undefined;
  const cids = text.slice(2, -2).split('","');
  return cids.every(isCid) ? cids : undefined;
}

function refuse(message: string): AppError {
  return new AppError('ENTRY_REFUSED', message);
}
