import type { ProvKind } from './kind.js';

/*
 * The W3C PROV data model (PROV-DM, Recommendation of 30 April 2013; dictionaries: Note of the same day) without any syntax: every name is
 * the whole URI it stands for, lists are lists of values. What a document means does not hang on its prefixes.
 */

export const PROV = 'http://www.w3.org/ns/prov#';
export const XSD = 'http://www.w3.org/2001/XMLSchema#';

/** Types whose values are names, and resolved as such: the present one, and the one older documents have. */
export const NAME_TYPES = [`${PROV}QUALIFIED_NAME`, `${XSD}QName`] as const;
/** The type of text that says its language. */
export const TEXT_IN_LANGUAGE = `${PROV}InternationalizedString`;

/** A URI, or `_:` with a label that means something in this document alone. */
export type ProvName = string;

export interface ProvNameValue {
  name: ProvName;
  /** Of `NAME_TYPES`. */
  type: string;
}

export interface ProvLiteral {
  /** As it was spelt. */
  text: string;
  /** URI of its type. */
  type: string;
  /** BCP 47. */
  lang?: string;
}

/** What a dictionary holds under one key. */
export interface ProvPair {
  key: ProvKey;
  entity: ProvName;
}

export type ProvKey = ProvNameValue | ProvLiteral;
export type ProvValue = ProvKey | ProvPair;

export interface ProvAttribute {
  name: ProvName;
  value: ProvValue;
}

/** An entity, activity or agent, or a relation. Nothing says that an id has one record: the records of an id add up. */
export interface ProvRecord {
  kind: ProvKind;
  id: ProvName;
  /** What stands in a relation is an attribute, too. A name may stand several times. */
  attributes: ProvAttribute[];
}

/** Namespace by prefix; that of names without one is under `default`. Only how a document is written hangs on them. */
export type ProvPrefixes = ReadonlyMap<string, string>;

export interface ProvBundle {
  id: ProvName;
  /** Its own alone; those of its document hold in it, too. */
  prefixes: ProvPrefixes;
  records: ProvRecord[];
}

export interface ProvDocument {
  prefixes: ProvPrefixes;
  records: ProvRecord[];
  bundles: ProvBundle[];
}

export function isAnonymous(name: ProvName): boolean {
  return name.startsWith('_:');
}
