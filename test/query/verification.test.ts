import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { cpSync } from 'node:fs';
import { captureDataset } from '../../src/capture/dataset.js';
import { parseCid } from '../../src/crypto/cid.js';
import { indexKey, blockKey, decodePlace } from '../../src/archive/block-key.js';
import { openLevel } from '../../src/level.js';
import { decodeEntry } from '../../src/ledger/entry.js';
import { readParts } from '../../src/ledger/source-list.js';
import { decodeStatement, type RecordPut } from '../../src/ledger/statement.js';
import { verifyDataDirectory } from '../../src/query/verification.js';
import { buildObservation } from '../support/build-record.js';
import { startApp } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';

const root = tempDirectory();
let directory: string;
let seq: number;
let list: string;
let parts: string[];
let copies = 0;

beforeAll(async () => {
  const app = await startApp(root);
  directory = app.config.dataDirectory;
  const documents = Array.from({ length: 5_000 }, (_, n) => ({ text: buildObservation(n) }));
  const { receipts } = await app.capture.capture({ documents, mode: 'proceed' });
  const sources = receipts.map(({ statementCid }) => statementCid);
  const text = JSON.stringify({ type: 'Dataset', id: 'd', name: 'd' });
  ({ seq } = await captureDataset(app, { text, sources }));
  const { statement } = decodeEntry(await app.ledger.entry(seq));
  const named = (decodeStatement(statement) as RecordPut).sources!;
  list = named.list;
  parts = await readParts(named, (cids) => app.archive.getManyBytes(cids));
  await app.close();
});

/** Verifies a copy in which one block was changed, or taken away. */
async function verifyWithout(cid: string, change?: (bytes: Uint8Array) => Uint8Array) {
  const copy = join(root, `copy-${copies++}`);
  cpSync(directory, copy, { recursive: true });
  const level = await openLevel(join(copy, 'blocks'));
  const key = indexKey(parseCid(cid).multihash.digest);
  const place = blockKey(decodePlace((await level.get(key))!));
  if (change) await level.put(place, change((await level.get(place))!));
  else await level.del(key);
  await level.close();
  return verifyDataDirectory(copy);
}

function flip(bytes: Uint8Array): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  flipped[1_000 % bytes.length]! ^= 1;
  return flipped;
}

describe('verify of a dataset', () => {
  it('finds its whole list of sources', async () => {
    expect(await verifyDataDirectory(directory)).toMatchObject({
      verdict: 'VALID',
      records: 5_001,
      blocks: 5_001,
      listBlocks: 3,
      problems: [],
    });
  });

  it('names the entry and the part that has a flipped byte or is missing', async () => {
    for (const change of [flip, undefined]) {
      const { verdict, problems } = await verifyWithout(parts[1]!, change);
      expect(verdict).toBe('INVALID');
      expect(problems).toEqual([
        {
          place: `sources of entry ${seq}`,
          code: 'UNAVAILABLE',
          message: expect.stringContaining('part 1 of the list'),
        },
      ]);
      expect((await verifyWithout(list, change)).problems).toMatchObject([
        { place: `sources of entry ${seq}`, message: expect.stringContaining('the list') },
      ]);
    }
  });
});
