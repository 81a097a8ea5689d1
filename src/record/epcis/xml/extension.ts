import { isNil, isStandard, unwrappedChildren, XSI, type XmlElement } from './element.js';
import { listNode, Members, scalarNode, type JsonNode } from './json-node.js';
import type { Prefixes } from './prefix.js';

/** Makes the value of a member of an element. */
export type Convert = (element: XmlElement, prefixes: Prefixes) => JsonNode;

export interface Shape {
  /** How the children that the standard names are converted; all others are extensions. */
  converts: ReadonlyMap<string, Convert>;
  /** Names whose value is a list even of one. */
  lists?: ReadonlySet<string>;
}

const NOT_MEMBERS = new Set([XSI, 'http://www.w3.org/XML/1998/namespace']);

/**
 * What anyone may add to an event, as the 2.0 JSON has it: text, or an object of what is in it, in which what is there
 * more than once is a list. A type that `xsi:type` declares is dropped; text stays text, as in the examples of GS1.
 * Attributes of the element's own, which the JSON has no form for, become `@name`, and its text `#text`.
 */
export const convertExtension: Convert = (element, prefixes) => {
  if (isNil(element)) return scalarNode({ from: element }, null);
  const members = new Members(element);
  let count = 0;
  for (const { prefix, local, namespace, value } of element.attributes) {
    if (namespace === XSI) continue;
    const isForeign = namespace !== '' && !NOT_MEMBERS.has(namespace);
    const name = isForeign
      ? prefixes.nameOf(namespace, prefix, local)
      : `@${namespace === '' ? '' : 'xml:'}${local}`;
    members.add(name, scalarNode({ from: element, attribute: local }, value));
    count++;
  }
  for (const child of element.children) {
    members.add(memberName(child, prefixes), convertExtension(child, prefixes));
    count++;
  }
  const text = element.text.trim();
  if (count === 0) return scalarNode({ from: element }, text);
  if (text !== '') members.add('#text', scalarNode({ from: element }, text));
  return members.build();
};

/** The name of the member an element becomes: bare in the namespaces of EPCIS, else `prefix:local`. */
export function memberName({ local, namespace, prefix }: XmlElement, prefixes: Prefixes): string {
  return isStandard(namespace) ? local : prefixes.nameOf(namespace, prefix, local);
}

/** An object of the standard: its children by their names, extensions under theirs. */
export function convertObject(
  element: XmlElement,
  prefixes: Prefixes,
  { converts, lists }: Shape,
  members = new Members(element),
): JsonNode {
  for (const { prefix, local, namespace, value } of element.attributes) {
    if (isStandard(namespace) || NOT_MEMBERS.has(namespace)) continue;
    const name = prefixes.nameOf(namespace, prefix, local);
    members.add(name, scalarNode({ from: element, attribute: local }, value));
  }
  for (const child of unwrappedChildren(element)) {
    const convert = isStandard(child.namespace) ? converts.get(child.local) : undefined;
    // A standard element that says it has no value is as good as absent.
    if (convert && isNil(child)) continue;
    members.add(memberName(child, prefixes), (convert ?? convertExtension)(child, prefixes));
  }
  return members.build(lists);
}

export function objectAs(shape: Shape): Convert {
  return (element, prefixes) => convertObject(element, prefixes, shape);
}

/** A list of the children of a name; anything else in it is kept as something its reader refuses. */
export function listAs(name: string, convert: Convert): Convert {
  return (element, prefixes) => {
    const children = [...unwrappedChildren(element)];
    if (children.length === 0 && element.text.trim() !== '') return convertText(element, prefixes);
    const items = children.map((child) => {
      const isNamed = child.local === name && isStandard(child.namespace);
      return (isNamed ? convert : convertExtension)(child, prefixes);
    });
    return listNode(element, items);
  };
}

/** The text of an element that has nothing else in it, without the white space around it (XML Schema's collapse). */
export const convertText: Convert = (element, prefixes) =>
  element.children.length > 0
    ? convertExtension(element, prefixes)
    : scalarNode({ from: element }, element.text.trim());
