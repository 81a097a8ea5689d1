import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { formatProvJson } from '../../src/record/prov/format.js';
import { readProvJson } from '../../src/record/prov/read.js';
import { eachChange } from '../record/prov/change.js';
import { sameMeaning } from '../record/prov/same-meaning.js';
import { isShared } from '../support/shared-data.js';
import { SHARE } from '../support/share.js';

const FOLDER = resolve('../shared/vectors/prov');
const files = globSync('*.json', { cwd: FOLDER })
  .sort()
  .map((name) => ({ name: basename(name), bytes: readFileSync(resolve(FOLDER, name)) }));

(isShared(FOLDER) ? describe : describe.skip)('PROV-JSON of the ProvToolbox', () => {
  it('is 150 documents', () => {
    expect(files).toHaveLength(150);
  });

  it.each(files)('$name survives being read, written and read again', ({ bytes }) => {
    const read = readProvJson(bytes);
    const text = [...formatProvJson(read)].join('');
    const again = readProvJson(text);
    expect(sameMeaning(read, again)).toBe(true);
    // JSON that others read, and our own form is its own
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect([...formatProvJson(again)].join('')).toBe(text);
  });

  it('notices any one change in any of them', () => {
    let changes = 0;
    const unnoticed: string[] = [];
    for (const { name, bytes } of files) {
      const read = readProvJson(bytes);
      for (const { what, document } of eachChange(read)) {
        const isTried = changes++ % SHARE === 0;
        if (isTried && sameMeaning(read, document)) unnoticed.push(`${name}: ${what}`);
      }
    }
    expect(unnoticed).toEqual([]);
    expect(changes).toBeGreaterThan(4_000);
  });
});
