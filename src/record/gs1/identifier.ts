import { formatDigitalLink, parseDigitalLink } from './digital-link.js';
import { parseElementString } from './element-string.js';
import type { Gs1Identifier } from './key.js';
import { shapeFault } from './shape.js';
import { parseUrn } from './urn.js';

export type { Gs1Identifier } from './key.js';
export { formatDigitalLink } from './digital-link.js';
export { identifierFault } from './shape.js';
export { formatUrn } from './urn.js';

/** Longer texts are left as they are. The longest key takes a tenth of this; the rest is for domain and query. */
const TEXT_MAX_CHARACTERS = 2_048;

/**
 * Reads a GS1 identifier in any of its forms: EPC URN (`urn:epc:id:sgtin:...`, `urn:epc:class:lgtin:...`,
 * `urn:epc:idpat:sgtin:....*`), Digital Link, element string `(01)...(21)...`, or what a scanner sends (`]d2...`).
 * Undefined for anything else. What is read may still be faulty: see `identifierFault`.
 */
export function parseIdentifier(text: string): Gs1Identifier | undefined {
  if (text.length > TEXT_MAX_CHARACTERS) return undefined;
  switch (text[0]) {
    case 'u':
    case 'U':
      return parseUrn(text);
    case 'h':
    case 'H':
      return parseDigitalLink(text);
    case '(':
    case ']':
      return parseElementString(text);
    default:
      return undefined;
  }
}

/** The one form by which a thing is known inside; a text that is no whole identifier stays as it is. */
export function canonicalEpc(text: string): string {
  const id = parseIdentifier(text);
  return id && shapeFault(id) === undefined ? formatDigitalLink(id) : text;
}
