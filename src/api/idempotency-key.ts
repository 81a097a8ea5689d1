import type { Viewer } from '../access/viewer.js';

/** Two callers who happen to choose the same key must not get each other's receipts. */
export function ownKey(
  { organisation, subject }: Viewer,
  key: string | undefined,
): string | undefined {
  return key === undefined ? undefined : JSON.stringify([organisation, subject, key]);
}
