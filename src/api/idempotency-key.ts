import type { Viewer } from '../access/viewer.js';

/** Two callers who happen to choose the same key must not get each other's receipts. */
export function ownKey(
  { organisation, subject }: Viewer,
  key: string | null | undefined,
): string | undefined {
  return key == null ? undefined : JSON.stringify([organisation, subject, key]);
}
