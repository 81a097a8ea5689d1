import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, it } from '@jest/globals';

export interface VectorFile {
  name: string;
  bytes: Uint8Array;
}

/**
 * Describes tests over public data that lies beside the project and is not part of it. Without the data they are
 * skipped with a warning; where `CI` is set, its absence is a failure.
 */
export function describeVectors(
  title: string,
  pattern: string,
  define: (files: VectorFile[]) => void,
): void {
  const root = resolve('../shared/data');
  if (existsSync(root)) {
    const paths = globSync(pattern, { cwd: root }).sort();
    const read = (path: string) => ({
      name: basename(path),
      bytes: readFileSync(resolve(root, path)),
    });
    describe(title, () => define(paths.map(read)));
  } else if (process.env['CI']) {
    describe(title, () => {
      it('finds its data', () => {
        throw new Error(`there is no ../shared/data/${pattern}`);
      });
    });
  } else {
    console.warn(`SKIPPED: ${title}: there is no ../shared/data/${pattern}`);
    describe.skip(title, () => it('finds its data', () => {}));
  }
}
