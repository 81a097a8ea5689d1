import { isResourceType } from './resource-type.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const OID = /^[0-2](?:\.(?:0|[1-9]\d*))+$/;
const RESTFUL = /^((?:https?:\/\/|urn:)[^?#]+)\/([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;
const RELATIVE = /^([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;
const CONDITIONAL = /^([A-Za-z]+)\?identifier=([^&,]+)$/;

/** Longer references are refused at capture, and ignored in what was captured elsewhere. */
export const REFERENCE_MAX_CHARACTERS = 4_096;

/**
 * The name a reference's text stands for, in the one form records are known by: `<base>/Type/id`, `Type/id` where no
 * base is known, `urn:uuid:...`, `identifier:<system>|<value>`. Versions and fragments are cut off. Undefined for a
 * local reference (`#id`), which does not leave its resource.
 *
 * @param base the server or source the resource came from: relative references stay within it
 */
export function normaliseReference(text: string, base?: string): string | undefined {
  if (text === '' || text.startsWith('#') || text.length > REFERENCE_MAX_CHARACTERS)
    return undefined;
  if (/^urn:uuid:/i.test(text)) return text.toLowerCase();
  const conditional = CONDITIONAL.exec(text);
  if (conditional && isResourceType(conditional[1])) return formatToken(conditional[2]!);
  if (text.includes('?')) return text;
  const plain = withoutVersion(text.split('#', 1)[0]!);
  return base !== undefined && isRelative(plain) ? `${base}/${plain}` : plain;
}

function isRelative(name: string): boolean {
  return isResourceType(RELATIVE.exec(name)?.[1]);
}

function withoutVersion(reference: string): string {
  const end = reference.lastIndexOf('/_history/');
  return end === -1 ? reference : reference.slice(0, end);
}

/** Parts of a RESTful URL, or of a name within a source: `http://server/fhir` `Claim` `1`. */
export function splitUrl(url: string): { base: string; type: string; id: string } | undefined {
  const match = RESTFUL.exec(withoutVersion(url));
  if (!match || !isResourceType(match[2])) return undefined;
  return { base: match[1]!, type: match[2], id: match[3]! };
}

/** The type a normalised name tells, if it does. */
export function typeOfName(name: string): string | undefined {
  const type = RELATIVE.exec(name)?.[1] ?? splitUrl(name)?.type;
  return isResourceType(type) ? type : undefined;
}

/** The names a resource has by its type and id: a UUID or OID is the same one everywhere. */
export function namesOf(type: string, id: string, base?: string): string[] {
  const names = [base === undefined ? `${type}/${id}` : `${base}/${type}/${id}`];
  if (UUID.test(id)) names.push(`urn:uuid:${id.toLowerCase()}`);
  if (OID.test(id)) names.push(`urn:oid:${id}`);
  return names;
}

/**
 * The name a conditional request has for its resource, by its one search parameter `identifier=system|value`.
 *
 * @param query `identifier=http://npi|9`
 */
export function nameByQuery(type: string, query: string): string | undefined {
  const token = CONDITIONAL.exec(`${type}?${query}`)?.[2];
  const name = token === undefined ? undefined : formatToken(token);
  return name !== undefined && /^identifier:[^|]+\|./.test(name) ? name : undefined;
}

/** The name of whatever carries a business identifier. */
export function formatIdentifierName(system: string, value: string): string {
  return `identifier:${system}|${value}`;
}

/** A search token `system|value`, which may be percent-encoded. */
function formatToken(token: string): string {
  const text = decodeToken(token);
  const bar = text.indexOf('|');
  return formatIdentifierName(text.slice(0, Math.max(bar, 0)), text.slice(bar + 1));
}

function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
