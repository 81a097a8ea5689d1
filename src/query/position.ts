/** The last ledger position an answer knows of; null when it knows of none. */
export function formatPosition(cursor: number): number | null {
  return cursor > 0 ? cursor - 1 : null;
}
