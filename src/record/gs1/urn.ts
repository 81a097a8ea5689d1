import { checkDigitOf } from './check-digit.js';
import { toIdentifier, type Gs1Element, type Gs1Identifier } from './key.js';
import { decodePercent, encodeUrnValue } from './percent.js';
import { digitsOf, identifierFault } from './shape.js';
import { SCHEME_OF_KIND, SCHEMES, TAIL, type Scheme } from './urn-scheme.js';

/** Patterns with `*` for the serial number name a class of things; other patterns name no one thing. */
const CLASS_PATTERNS = new Set(['sgtin', 'upui', 'grai', 'gdti', 'sgcn', 'cpi', 'itip']);

const START = /^urn:epc:(id|class|idpat):([a-z]+):/i;
const COMPANY_PREFIX = /^\d{6,12}$/;

/** Reads an EPC URN, the URN of a lot, or a pattern that names a class. */
export function parseUrn(text: string): Gs1Identifier | undefined {
  const start = START.exec(text);
  if (!start) return undefined;
  const [type, name] = [start[1]!.toLowerCase(), start[2]!.toLowerCase()];
  const isPattern = type === 'idpat';
  if (isPattern && !CLASS_PATTERNS.has(name)) return undefined;
  const scheme = SCHEMES.get(`${isPattern ? 'id' : type}:${name}`);
  const parts = scheme && splitParts(text.slice(start[0].length), scheme);
  if (!parts) return undefined;
  const [last] = scheme.last === undefined ? [] : parts.splice(-1);
  if (!isPattern) return fromParts(scheme, parts, last);
  return last === '*' && !parts.includes('*') ? fromParts(scheme, parts) : undefined;
}

/** The EPC URN of an identifier; undefined if its company prefix is not known, or it is faulty or has no URN. */
export function formatUrn(id: Gs1Identifier): string | undefined {
  const { kind, key, companyPrefix } = id;
  if (companyPrefix === undefined || !COMPANY_PREFIX.test(companyPrefix)) return undefined;
  if (identifierFault(id)) return undefined;
  const name = SCHEME_OF_KIND[kind];
  const scheme = SCHEMES.get(name)!;
  const reference = referenceOf(scheme, key.value, companyPrefix);
  if (reference === undefined) return undefined;
  const last = lastOf(scheme, id);
  const isClass = scheme.last !== undefined && last === undefined;
  if (isClass && (id.qualifiers.length > 0 || !name.startsWith('id:'))) return undefined;
  const parts = [companyPrefix, reference];
  if (scheme.hasPieces) parts.push(key.value.slice(14, 16), key.value.slice(16, 18));
  if (scheme.last !== undefined) parts.push(isClass ? '*' : encodeUrnValue(last!));
  return `urn:epc:${isClass ? name.replace('id', 'idpat') : name}:${parts.join('.')}`;
}

/** Dots end parts; only the last part may hold some of its own. */
function splitParts(rest: string, scheme: Scheme): string[] | undefined {
  const count = 2 + (scheme.hasPieces ? 2 : 0) + (scheme.last === undefined ? 0 : 1);
  const split = rest.split('.');
  const last = split.slice(count - 1).join('.');
  const parts = [...split.slice(0, count - 1), last].map(decodePercent);
  const isWithout = last === '' && (scheme.last !== undefined || scheme.digits === undefined);
  if (split.length < count || isWithout) return undefined;
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function fromParts(scheme: Scheme, parts: string[], last?: string): Gs1Identifier {
  const [prefix, reference, ...pieces] = parts as [string, string, ...string[]];
  const value = valueOf(scheme, prefix, reference, pieces);
  const isTail = scheme.last === TAIL && value !== '';
  const key = { ai: scheme.ai, value: isTail ? value + (last ?? '') : value };
  const qualifiers: Gs1Element[] = [];
  if (last !== undefined && scheme.last !== TAIL)
    qualifiers.push({ ai: scheme.last!, value: last });
  return toIdentifier(key, qualifiers, prefix);
}

/** The key's value, empty if prefix and reference make none. */
function valueOf(scheme: Scheme, prefix: string, reference: string, pieces: string[]): string {
  const { digits, lead } = scheme;
  if (!COMPANY_PREFIX.test(prefix)) return '';
  if (digits === undefined) return reference === '' ? '' : prefix + reference;
  const body = moveLead(prefix, reference, lead);
  const isSound =
    /^\d*$/.test(reference) &&
    prefix.length + reference.length === digits &&
    pieces.every((piece) => /^\d\d$/.test(piece));
  return isSound ? body + checkDigitOf(body) + pieces.join('') : '';
}

function moveLead(prefix: string, reference: string, lead: Scheme['lead']): string {
  if (lead === 'moved') return reference.slice(0, 1) + prefix + reference.slice(1);
  return lead === 'zero' ? `0${prefix}${reference}` : prefix + reference;
}

/** The reference within a key's value: what is left without lead, prefix, check digit and tail. */
function referenceOf(scheme: Scheme, value: string, prefix: string): string | undefined {
  const { ai, digits, lead } = scheme;
  const at = lead === undefined ? 0 : 1;
  if (!value.startsWith(prefix, at)) return undefined;
  if (digits === undefined) {
    const text = value.slice(prefix.length);
    return text === '' ? undefined : encodeUrnValue(text);
  }
  const rest = value.slice(at + prefix.length, digitsOf(ai) - 1);
  return lead === 'moved' ? value[0] + rest : rest;
}

function lastOf(
  { ai, last }: Scheme,
  { kind, key, qualifiers }: Gs1Identifier,
): string | undefined {
  if (last === TAIL) return key.value.slice(digitsOf(ai)) || undefined;
  return qualifiers.find((q) => q.ai === last)?.value ?? (kind === 'GLN' ? '0' : undefined);
}
