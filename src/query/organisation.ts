import type { Reader } from './reader.js';

/**
 * Key ids of the authors that belong to organisations, each given by name, slug or log id, or by a key id itself; undefined
 * when they are all there are.
 */
export function authorsOf(
  { rooms: { organisation, ledger } }: Reader,
  organisations: readonly string[],
): string[] | undefined {
  // one node keeps the log of one organisation: every author in it speaks for that one
  const own = [organisation.name, organisation.slug, ledger.log];
  return organisations.some((name) => own.includes(name)) ? undefined : [...organisations];
}

/** For whom an author speaks. */
export function organisationOf({ rooms }: Reader, _author: string): string {
  return rooms.organisation.name;
}
