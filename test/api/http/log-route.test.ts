import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { publicJwk } from '../../../src/crypto/signing-key.js';
import { decodeBundle, formatTilePath, TILE_WIDTH, tileWidth } from '../../../src/ledger/tile.js';
import { ChainVerifier, verifyCheckpoint } from '../../../src/ledger/verify.js';
import { buildObservation } from '../../support/build-record.js';
import { tempDirectory } from '../../support/temp-directory.js';
import { startServer, type TestServer } from './support/start-server.js';

const directory = tempDirectory();
let node: TestServer;
let base: string;

beforeAll(async () => {
  node = await startServer(directory);
  base = `${node.url}/log/${node.rooms.ledger.origin}`;
  const documents = Array.from({ length: 600 }, (_, n) => ({ text: buildObservation(n) }));
  await node.app.capture.capture({ documents, mode: 'rollback' });
});
afterAll(() => node.close());

async function read(path: string): Promise<Uint8Array> {
  const answer = await fetch(`${base}/${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  return new Uint8Array(await answer.arrayBuffer());
}

function sha256(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());
}

/** Root of a full tile of hashes, by the definition of RFC 9162 and nothing of ours. */
function rootOfTile(tile: Uint8Array): Uint8Array {
  let row: Uint8Array[] = Array.from({ length: tile.length / 32 }, (_, i) =>
    tile.slice(i * 32, i * 32 + 32),
  );
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, i) =>
      sha256(Uint8Array.of(1), row[2 * i]!, row[2 * i + 1]!),
    );
  }
  return row[0]!;
}

describe('/log', () => {
  it('gives an outsider all it takes to check the whole log, without a token', async () => {
    const text = new TextDecoder().decode(await read('checkpoint'));
    const logKey = publicJwk(node.app.keys.log);
    const { origin } = node.rooms.ledger;
    const { size, root } = await verifyCheckpoint(text, { origin, logKey });
    expect(size).toBe(601);
    const chain = new ChainVerifier();
    for (let index = 0; index * TILE_WIDTH < size; index++) {
      const width = tileWidth(0, index, size);
      const hashes = await read(formatTilePath({ level: 0, index, width }));
      const entries = decodeBundle(await read(formatTilePath({ level: 'entries', index, width })));
      expect(entries).toHaveLength(width);
      for (const [i, entry] of entries.entries()) {
        const leaf = sha256(Uint8Array.of(0), entry);
        expect(Buffer.from(hashes.subarray(i * 32, i * 32 + 32)).equals(leaf)).toBe(true);
        await chain.add(entry);
      }
    }
    expect(Buffer.from(await chain.root()).toString('hex')).toBe(Buffer.from(root).toString('hex'));
  });

  it('serves the rows above, each hash the root of a tile below', async () => {
    const upper = await read('tile/1/000.p/2');
    for (const index of [0, 1]) {
      const lower = await read(`tile/0/00${index}`);
      expect(upper.slice(index * 32, index * 32 + 32)).toEqual(rootOfTile(lower));
    }
  });

  it('says what may be kept for ever and what may not', async () => {
    const caching = async (path: string) => {
      const { headers } = await fetch(`${base}/${path}`);
      return [headers.get('content-type'), headers.get('cache-control')];
    };
    const immutable = 'public, max-age=31536000, immutable';
    expect(await caching('checkpoint')).toEqual(['text/plain; charset=utf-8', 'no-cache']);
    expect(await caching('tile/0/000')).toEqual(['application/octet-stream', immutable]);
    expect(await caching('tile/entries/001')).toEqual(['application/octet-stream', immutable]);
    expect((await caching('tile/0/002.p/89'))[1]).toBe('public, max-age=300');
  });

  it('still serves a partial tile of an earlier tree', async () => {
    const whole = await read('tile/0/000');
    expect(await read('tile/0/000.p/7')).toEqual(whole.slice(0, 7 * 32));
    expect(decodeBundle(await read('tile/entries/002.p/5'))).toHaveLength(5);
  });

  it('has nothing beyond the tree, nothing under another name, and one spelling of each path', async () => {
    const paths = [
      'tile/0/002',
      'tile/0/002.p/90',
      'tile/0/003.p/1',
      'tile/entries/002',
      'tile/entries/002.p/90',
      'tile/1/000',
      'tile/1/000.p/3',
      'tile/2/000.p/1',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/0',
      'tile/0/x000/000',
      'tile/00/000',
      'tile/64/000.p/1',
      'tile/0/x999/x999/x999/x999/x999/999',
      'tile/0/-01',
      'tile/0/000/',
      'checkpoint/',
      '../../etc/passwd',
      '',
    ];
    for (const path of paths) {
      const answer = await fetch(`${base}/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const other = await fetch(`${node.url}/log/other.provtrail/checkpoint`);
    expect(other.status).toBe(404);
  });
});
