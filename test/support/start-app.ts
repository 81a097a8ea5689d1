import { join } from 'node:path';
import { App } from '../../src/app.js';
import { readConfig, type Config } from '../../src/config.js';

/** A configuration for a node in a directory of the test's own, everything on this thread. */
export function buildConfig(dataDirectory: string, overrides: Partial<Config> = {}): Config {
  return {
    ...readConfig({}, {}),
    dataDirectory,
    logLevel: 'silent',
    threads: false,
    port: 0,
    ...overrides,
  };
}

let made = 0;

/** Makes an organisation under `root` and opens its node: the real rooms on a real disk. */
export async function startApp(root: string, overrides: Partial<Config> = {}): Promise<App> {
  const dataDirectory = join(root, `node-${made++}`);
  await App.init(dataDirectory, { organisation: 'Hospital A', keyFileRounds: 1_000 });
  return App.open(buildConfig(dataDirectory, overrides));
}
