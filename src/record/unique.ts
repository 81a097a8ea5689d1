import type { Identifier } from './draft.js';

/** The identifiers without repetition, in order of first appearance. */
export function uniqueIdentifiers(identifiers: Identifier[]): Identifier[] {
  if (identifiers.length < 2) return identifiers;
  const seen = new Map<string, Identifier>();
  for (const identifier of identifiers) {
    const key = `${identifier.system}\0${identifier.value}`;
    if (!seen.has(key)) seen.set(key, identifier);
  }
  return [...seen.values()];
}
