import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { utf8 } from '../../src/crypto/bytes.js';
import { crc32c } from '../../src/ledger/crc32c.js';
import { checkLevelFiles } from '../../src/ledger/level-file.js';
import { openLevel } from '../../src/level.js';
import { share } from '../support/share.js';
import { tempDirectory } from '../support/temp-directory.js';
import { seededBytes } from './build-ledger.js';

const root = tempDirectory();
const directory = join(root, 'store');
const random = seededBytes('level files');

beforeAll(async () => {
  const level = await openLevel(directory);
  const put = (i: number, sizeBytes: number) => level.put(utf8(`key ${i}`), random(sizeBytes));
  for (let i = 0; i < 200; i++) await put(i, 1 + ((i * 997) % 3_000));
  await level.compactRange(Uint8Array.of(0), Uint8Array.of(255));
  for (let i = 200; i < 260; i++) await put(i, 1 + ((i * 997) % 3_000));
  await level.close();
});

async function faults(path: string): Promise<{ file: string; offset: number }[]> {
  const found = [];
  for await (const fault of checkLevelFiles(path)) found.push(fault);
  return found;
}

describe('crc32c', () => {
  it('has the value everyone quotes', () => {
    expect(crc32c(utf8('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(utf8('xx123456789xx'), 2, 11)).toBe(0xe3069283);
  });
});

describe('the files of a LevelDB', () => {
  it('are all intact when LevelDB has written them', async () => {
    const names = readdirSync(directory);
    expect(names.some((name) => name.endsWith('.ldb'))).toBe(true);
    expect(names.some((name) => name.endsWith('.log'))).toBe(true);
    expect(await faults(directory)).toEqual([]);
  });

  it('are named when any of their bytes is flipped', async () => {
    const names = readdirSync(directory).filter((name) => /^(\d+\.|MANIFEST|CURRENT)/.test(name));
    const copy = join(root, 'flipped');
    cpSync(directory, copy, { recursive: true });
    for (const file of names) {
      const bytes = readFileSync(join(directory, file));
      const step = Math.max(1, Math.floor(bytes.length / share(150)));
      const missed: number[] = [];
      for (let at = 0; at < bytes.length; at += step) {
        const damaged = Uint8Array.from(bytes);
        damaged[at]! ^= 1 << (at % 8);
        writeFileSync(join(copy, file), damaged);
        const [fault] = await faults(copy);
        if (fault?.file !== file) missed.push(at);
      }
      writeFileSync(join(copy, file), bytes);
      expect({ file, missed }).toEqual({ file, missed: [] });
    }
  });

  it('may end in a torn log, as a crash leaves it', async () => {
    const copy = join(root, 'torn');
    cpSync(directory, copy, { recursive: true });
    const log = readdirSync(copy).find((name) => name.endsWith('.log'))!;
    const bytes = readFileSync(join(copy, log));
    for (const lost of [1, 3, 200, 5_000]) {
      writeFileSync(join(copy, log), bytes.subarray(0, bytes.length - lost));
      expect(await faults(copy)).toEqual([]);
    }
    writeFileSync(join(copy, log), new Uint8Array(0));
    expect(await faults(copy)).toEqual([]);
  });

  it('are damaged when a table is cut short or emptied', async () => {
    const copy = join(root, 'cut');
    cpSync(directory, copy, { recursive: true });
    const table = readdirSync(copy).find((name) => name.endsWith('.ldb'))!;
    const bytes = readFileSync(join(copy, table));
    for (const left of [0, 10, 48, bytes.length - 1]) {
      writeFileSync(join(copy, table), bytes.subarray(0, left));
      expect((await faults(copy)).map(({ file }) => file)).toEqual([table]);
    }
    expect(existsSync(join(copy, 'CURRENT'))).toBe(true);
  });
});
