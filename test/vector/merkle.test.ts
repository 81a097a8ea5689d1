import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isAppError } from '../../src/error.js';
import { verifyConsistency, verifyInclusion } from '../../src/ledger/verify.js';

const FOLDER = join(resolve('..', 'shared'), 'vectors', 'merkle');

/** transparency-dev/merkle testdata; `proof` is null for an empty one. */
interface Vector {
  desc: string;
  wantErr: boolean;
  proof: string[] | null;
}

interface InclusionVector extends Vector {
  leafIdx: bigint;
  treeSize: bigint;
  root: string;
  leafHash: string;
}

interface ConsistencyVector extends Vector {
  size1: bigint;
  size2: bigint;
  root1: string;
  root2: string;
}

const isThere = existsSync(FOLDER);
if (!isThere && process.env['CI'] === undefined) {
  console.warn('NOT TESTED: the Merkle proof vectors are not there (../shared/vectors/merkle)');
}

/** Integers as BigInt: the files hold uint64, and 2^64 - 1 must not be rounded before we see it. */
function read<T>(path: string): T {
  const reviver = (_: string, value: unknown, { source }: { source: string }) =>
    typeof value === 'number' ? BigInt(source) : value;
  return JSON.parse(readFileSync(path, 'utf8'), reviver as (key: string, value: unknown) => T) as T;
}

function vectors<T>(kind: string): [string, T][] {
  if (!isThere) return [];
  const folder = join(FOLDER, kind);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, read<T>(join(folder, name))]);
}

function verdict(check: () => void): 'accepted' | 'refused' {
  try {
    check();
    return 'accepted';
  } catch (error) {
    if (!isAppError(error, 'PROOF_REFUSED')) throw error;
    return 'refused';
  }
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64');
const expected = ({ wantErr }: Vector) => (wantErr ? 'refused' : 'accepted');

const inclusion = vectors<InclusionVector>('inclusion');
const consistency = vectors<ConsistencyVector>('consistency');

describe('the Merkle proof vectors', () => {
  it('are there, all of them, or this is not CI', () => {
    if (!isThere && process.env['CI'] === undefined) return;
    expect([inclusion.length, consistency.length]).toEqual([98, 98]);
  });

  it.each(isThere ? inclusion : [])('inclusion/%s', (_, vector) => {
    const { leafIdx, treeSize, leafHash, root, proof } = vector;
    const hashes = (proof ?? []).map(bytes);
    const check = () =>
      verifyInclusion(hashes, Number(leafIdx), Number(treeSize), bytes(leafHash), bytes(root));
    expect(verdict(check)).toBe(expected(vector));
  });

  it.each(isThere ? consistency : [])('consistency/%s', (_, vector) => {
    const { size1, size2, root1, root2, proof } = vector;
    const hashes = (proof ?? []).map(bytes);
    const check = () =>
      verifyConsistency(Number(size1), Number(size2), bytes(root1), bytes(root2), hashes);
    expect(verdict(check)).toBe(expected(vector));
  });
});
