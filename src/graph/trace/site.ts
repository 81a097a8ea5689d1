import { formatDigitalLink, parseIdentifier } from '../../record/gs1/identifier.js';

/** The whole site a place is in: the GLN without extension; a place that has no GLN is its own. */
export function siteOf(location: string): string {
  const id = parseIdentifier(location);
  if (id?.kind !== 'SGLN') return location;
  return formatDigitalLink({ ...id, kind: 'GLN', qualifiers: [] });
}
