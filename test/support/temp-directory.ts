import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A new directory of this test file, gone when its tests are done. */
export function tempDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'provtrail-test-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
