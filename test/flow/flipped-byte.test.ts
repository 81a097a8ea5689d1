import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { verifyDataDirectory, type Verification } from '../../src/query/verification.js';
import { openLevel } from '../../src/level.js';
import { buildObservation } from '../support/build-record.js';
import { startApp } from '../support/start-app.js';
import { tempDirectory } from '../support/temp-directory.js';

const root = tempDirectory();
const RECORDS = 300;
let directory: string;
let whole: Verification;
let copies = 0;

beforeAll(async () => {
  const app = await startApp(root);
  directory = app.config.dataDirectory;
  const documents = Array.from({ length: RECORDS }, (_, n) => ({ text: buildObservation(n) }));
  await app.capture.capture({ documents, mode: 'proceed' });
  await app.close();
  whole = await verifyDataDirectory(directory);
});

/** The bytes that hold data: LevelDB's own text log and lock, and the parts it no longer reads, do not count. */
function dataFiles(base: string): string[] {
  return ['blocks', 'ledger'].flatMap((store) =>
    readdirSync(join(base, store))
      .filter((name) => !/^LOG|^LOCK$/.test(name))
      .map((name) => join(store, name)),
  );
}

function copy(): string {
  const path = join(root, `copy-${copies++}`);
  cpSync(directory, path, { recursive: true });
  return path;
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at]! ^= 0x40;
  writeFileSync(path, bytes);
}

/** Moves what is in the write-ahead logs into tables, as time does. */
async function settle(base: string): Promise<void> {
  for (const store of ['blocks', 'ledger']) {
    const level = await openLevel(join(base, store));
    await level.compactRange(Uint8Array.of(0), Uint8Array.of(255));
    await level.close();
  }
}

describe('verify', () => {
  it('finds an intact directory valid and counts what is in it', () => {
    expect(whole).toMatchObject({
      verdict: 'VALID',
      entries: RECORDS + 1,
      records: RECORDS,
      blocks: RECORDS,
      problems: [],
      head: { origin: 'hospital-a.provtrail', size: RECORDS + 1 },
    });
  });

  it.each(['write-ahead logs', 'tables'])(
    'never calls a directory valid that has lost or changed anything to a flipped byte in the %s',
    async (where) => {
      const base = copy();
      if (where === 'tables') await settle(base);
      let found = 0;
      const files = dataFiles(base);
      for (const [i, file] of files.entries()) {
        const size = readFileSync(join(base, file)).length;
        const places = Math.min(6, size);
        for (let k = 0; k < places; k++) {
          const at = Math.floor(((k + ((i * 7 + k) % 5) / 5) / places) * size);
          const damaged = join(root, `copy-${copies++}`);
          cpSync(base, damaged, { recursive: true });
          flip(join(damaged, file), at);
          const { verdict, problems, ...counts } = await verifyDataDirectory(damaged);
          if (verdict === 'VALID') {
            const { verdict: _v, problems: _p, ...expected } = whole;
            expect({ file, at, ...counts }).toEqual({ file, at, ...expected });
          } else {
            found++;
            expect(problems.length).toBeGreaterThan(0);
            expect(problems.every(({ place }) => place.length > 0)).toBe(true);
          }
        }
      }
      expect(found).toBeGreaterThan(8);
    },
    60_000,
  );

  it('names the checkpoint when it was changed', async () => {
    const base = copy();
    flip(join(base, 'ledger', 'checkpoint'), 40);
    const { verdict, problems } = await verifyDataDirectory(base);
    expect(verdict).toBe('INVALID');
    expect(problems.map(({ place }) => place)).toContain('checkpoint');
  });

  it('names the entry whose block was changed', async () => {
    const base = copy();
    await settle(base);
    const file = dataFiles(base).find((name) => /^blocks.*\.ldb$/.test(name))!;
    flip(join(base, file), 20_000);
    const { problems } = await verifyDataDirectory(base);
    expect(problems[0]!.place).toMatch(/^block of entry \d+$/);
  });

  it('tells a directory without blocks from a whole one', async () => {
    const base = copy();
    const level = await openLevel(join(base, 'blocks'));
    await level.clear();
    await level.close();
    const { verdict, blocks, problems } = await verifyDataDirectory(base);
    expect([verdict, blocks, problems.length]).toEqual(['INVALID', 0, RECORDS]);
  });
});
