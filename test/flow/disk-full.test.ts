import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App } from '../../src/app.js';
import { decodeEntry } from '../../src/ledger/entry.js';
import { decodeStatement } from '../../src/ledger/statement.js';
import { verifyDataDirectory } from '../../src/query/verification.js';
import { buildConfig } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';

const root = tempDirectory();
const LIMIT_KIB = 1_500;

describe('a node whose disk is full', () => {
  it('says STORE_FULL, retryable, and keeps its log consistent with all it acknowledged', async () => {
    const directory = join(root, 'node');
    await App.init(directory, { organisation: 'Hospital A', keyFileRounds: 1_000 });
    // The operating system refuses to let any file grow past the limit, as a full disk would.
    const command = `trap '' XFSZ; ulimit -f ${LIMIT_KIB}; exec "$0" test/flow/capture-until-full.mjs "$1"`;
    const run = spawnSync('bash', ['-c', command, process.execPath, directory], {
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    const { outcomes, acked } = JSON.parse(run.stdout) as {
      outcomes: Record<string, number>;
      acked: { seq: number; recordCid: string }[];
    };
    expect(outcomes['STORE_FULL true']).toBeGreaterThan(0);
    expect(Object.keys(outcomes).sort()).toEqual(['STORE_FULL true', 'ok']);

    const { verdict, problems } = await verifyDataDirectory(directory);
    expect({ verdict, problems }).toEqual({ verdict: 'VALID', problems: [] });
    const app = await App.open(buildConfig(directory));
    for (const { seq, recordCid } of acked) {
      const { statement } = decodeEntry(await app.ledger.entry(seq));
      expect(decodeStatement(statement)).toMatchObject({ record: recordCid });
      await app.archive.getBytes(recordCid);
      const { scopeId, epoch } = (await app.archive.ref(recordCid))!;
      expect(await app.keyring.scope(scopeId, epoch)).toBeDefined();
    }
    const { receipts } = await app.capture.capture({
      documents: [{ text: '{"resourceType":"Patient","id":"after"}' }],
      mode: 'rollback',
      waitFor: 'INDEXED',
    });
    expect(receipts[0]!.seq).toBeGreaterThanOrEqual(acked.length);
    await app.close();
  });
});
