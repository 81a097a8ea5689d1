import { attributeOf, isStandard, type XmlElement } from './element.js';
import { convertExtension, convertText, listAs, type Convert } from './extension.js';
import { listNode, Members, scalarNode, type JsonNode } from './json-node.js';
import type { Prefixes } from './prefix.js';

const MASTER_DATA = /^urn:epcglobal:cbv:mda[#:]/;

const convertChildren = listAs('id', convertText);

/** An element of a vocabulary: its id, its attributes, and the ids of what belongs to it. */
export function convertVocabularyElement(element: XmlElement, prefixes: Prefixes): JsonNode {
  const members = new Members(element);
  addId(members, element);
  const attributes = element.children.filter((child) => isNamed(child, 'attribute'));
  if (attributes.length > 0) {
    members.add(
      'attributes',
      listNode(
        element,
        attributes.map((at) => convertAttribute(at, prefixes)),
      ),
    );
  }
  const children = element.children.find((child) => isNamed(child, 'children'));
  if (children) members.add('children', convertChildren(children, prefixes));
  return members.build();
}

/** The value of an attribute is text, or elements of the sender's own. */
const convertAttribute: Convert = (element, prefixes) => {
  const members = new Members(element);
  addId(members, element);
  const value = element.children.length > 0 ? { ...element, attributes: [] } : undefined;
  members.add(
    'attribute',
    value
      ? { ...convertExtension(value, prefixes), from: element }
      : convertText(element, prefixes),
  );
  return members.build();
};

/** The CBV's own attributes have the name the 2.0 JSON has for them. */
function addId(members: Members, element: XmlElement): void {
  const id = attributeOf(element, 'id')?.trim().replace(MASTER_DATA, 'cbvmda:');
  if (id !== undefined) members.add('id', scalarNode({ from: element, attribute: 'id' }, id));
}

function isNamed({ local, namespace }: XmlElement, name: string): boolean {
  return local === name && isStandard(namespace);
}
