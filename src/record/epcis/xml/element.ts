/** Prefixes and what they stand for where an element is: its own declarations before those around it. */
export interface Scope {
  own: Readonly<Record<string, string>>;
  outer?: Scope;
}

export interface XmlAttribute {
  prefix: string;
  local: string;
  /** Empty for an attribute without prefix. */
  namespace: string;
  value: string;
}

/** An element with all that is in it, or, while a document passes by, only its place. */
export interface XmlElement {
  prefix: string;
  local: string;
  namespace: string;
  /** Without declarations of namespaces. */
  attributes: XmlAttribute[];
  scope: Scope;
  parent?: XmlElement;
  /** 0 for the outermost. */
  depth: number;
  children: XmlElement[];
  /** All text directly in it, CDATA included. */
  text: string;
  /** From 1, among the siblings of its name. */
  index: number;
  /** Where it stands in the text read: from `start` up to, not including, `end`. */
  start: number;
  end: number;
}

const STANDARD = /^urn:epcglobal:(?:epcis(?:-query|-masterdata)?:)?xsd:[12]$/;
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** True for the namespaces of EPCIS, and none: the standard's inner elements are not qualified. */
export function isStandard(namespace: string): boolean {
  return namespace === '' || STANDARD.test(namespace);
}

/** What a prefix stands for; undefined when it was not declared. */
export function resolvePrefix(scope: Scope, prefix: string): string | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    if (Object.hasOwn(at.own, prefix)) return at.own[prefix];
  }
  return undefined;
}

/** All that is declared in a scope, as one object. */
export function flattenScope(scope: Scope): Record<string, string> {
  const all: Record<string, string> = {};
  for (let at: Scope | undefined = scope; at; at = at.outer)
    Object.assign(all, { ...at.own, ...all });
  return all;
}

/** The value of an attribute that has no namespace. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.find(({ local, namespace }) => local === name && namespace === '')
    ?.value;
}

/** True for `xsi:nil`: the element is there to say that there is no value. */
export function isNil(element: XmlElement): boolean {
  return element.attributes.some(
    ({ local, namespace, value }) =>
      namespace === XSI && local === 'nil' && /^(true|1)$/.test(value),
  );
}

/** Children, with those that the standard wraps in `extension` and `baseExtension` for older schemas' sake. */
export function* unwrappedChildren(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    if (isWrapper(child)) yield* unwrappedChildren(child);
    else yield child;
  }
}

export function isWrapper({ local, namespace }: XmlElement): boolean {
  return (local === 'extension' || local === 'baseExtension') && isStandard(namespace);
}
