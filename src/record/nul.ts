import type { Findings } from './finding.js';
import { findString } from './json-fault.js';

/** Refuses strings with a NUL character: FHIR forbids them, XML has no way to say them, and C ends a string there. */
export function checkNul(text: string, value: unknown, found: Findings): void {
  if (!text.includes('\\u0000')) return;
  const path = findString(value, (string) => string.includes('\0'));
  if (path) found.add('a string holds a NUL character', path);
}
