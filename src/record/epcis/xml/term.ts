import { resolvePrefix, type Scope } from './element.js';
import type { Prefixes } from './prefix.js';

/** What a term says, with the names the CBV has for that in a URN and in a Web vocabulary IRI. */
const KINDS = {
  bizStep: ['bizstep', 'BizStep'],
  disposition: ['disp', 'Disp'],
  bizTransaction: ['btt', 'BTT'],
  party: ['sdt', 'SDT'],
  reason: ['er', 'ER'],
  component: ['comp', 'Comp'],
  sensor: undefined,
} as const;

export type TermKind = keyof typeof KINDS;

const URN = /^urn:epcglobal:cbv:([a-z]+):([A-Za-z][A-Za-z0-9_]*)$/;
const IRI = /^https:\/\/ref\.gs1\.org\/cbv\/([A-Za-z]+)-([A-Za-z][A-Za-z0-9_]*)$/;
const SENSOR = /^https:\/\/(?:ref\.)?gs1\.org\/voc\/([A-Za-z][A-Za-z0-9_]*)$/;
const CURIE = /^([^:/]+):(?!\/\/)(.+)$/;
const SCHEMES = new Set(['urn', 'http', 'https', 'ni']);
/** Senders use these without declaring them. */
const IMPLIED = new Map([
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['gs1', 'https://gs1.org/voc/'],
]);

/**
 * A term of the CBV as the 2.0 JSON has it, a bare word, from URN, IRI or CURIE (CBV 2.0 section 7). Any other URI
 * stays; in a CURIE of another vocabulary the prefix becomes one that the record declares.
 */
export function formatTerm(kind: TermKind, text: string, scope: Scope, prefixes: Prefixes): string {
  const [, prefix = '', local = ''] = CURIE.exec(text) ?? [];
  const namespace = SCHEMES.has(prefix)
    ? undefined
    : (resolvePrefix(scope, prefix) ?? IMPLIED.get(prefix));
  if (prefix === '' || namespace === undefined) return bareWord(kind, text) ?? text;
  return bareWord(kind, namespace + local) ?? prefixes.nameOf(namespace, prefix, local);
}

function bareWord(kind: TermKind, uri: string): string | undefined {
  const names = KINDS[kind];
  if (!names) return SENSOR.exec(uri)?.[1];
  const [, name, word] = URN.exec(uri) ?? IRI.exec(uri) ?? [];
  return name === names[0] || name === names[1] ? word : undefined;
}
