const GTIN_LINK = 'https://id.gs1.org/01/';
const CLASS_CHARACTERS = GTIN_LINK.length + 14;

/**
 * The class of an instance, both in canonical form: the GTIN of an SGTIN, as `https://id.gs1.org/01/<GTIN-14>`.
 * Undefined for what is no instance of a GTIN.
 */
export function classOfInstance(epc: string): string | undefined {
  if (!epc.startsWith(GTIN_LINK) || epc.indexOf('/21/', CLASS_CHARACTERS) < 0) return undefined;
  return epc.slice(0, CLASS_CHARACTERS);
}

/** The lot in the path of a canonical Digital Link, decoded. */
export function lotInLink(epc: string): string | undefined {
  if (!epc.startsWith(GTIN_LINK)) return undefined;
  const lot = /^\/10\/([^/]+)/.exec(epc.slice(CLASS_CHARACTERS))?.[1];
  return lot === undefined ? undefined : decodeURIComponent(lot);
}
