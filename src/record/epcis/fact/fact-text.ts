import { URI_MAX_CHARACTERS } from '../value.js';

/** A text that is not longer than any that capture lets pass. */
export function shortText(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= URI_MAX_CHARACTERS ? value : undefined;
}

/** The texts of a member that is one or a list of them. */
export function textsIn(value: unknown): string[] {
  if (value === undefined) return [];
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.map(shortText).filter((text) => text !== undefined);
}

/** A finite number; -0 is 0, as JSON has it. */
export function finiteNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined;
}
