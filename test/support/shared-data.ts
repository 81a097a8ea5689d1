import { existsSync } from 'node:fs';

/**
 * Whether the data of others is beside the project. Where it is not, that is said aloud and the caller skips; in CI it
 * counts as there, so that what needs it fails.
 */
export function isShared(path: string): boolean {
  if (existsSync(path)) return true;
  console.warn(`SKIPPED: there is no ${path}`);
  return process.env['CI'] !== undefined;
}
