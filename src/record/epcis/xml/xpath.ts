import type { XmlElement } from './element.js';

const PLAIN_NAME = /^[A-Za-z]{1,40}$/;
/** What usually has siblings of its name, which may be yet to come when a place is told. */
const ITEM = /(?:Event|^Vocabulary|^VocabularyElement|^extension)$/;
const PREFIXES = new Map<string, string>(
  ['1', '2'].flatMap((version): [string, string][] => [
    [`urn:epcglobal:epcis:xsd:${version}`, 'epcis:'],
    [`urn:epcglobal:epcis-query:xsd:${version}`, 'epcisq:'],
    [`urn:epcglobal:epcis-masterdata:xsd:${version}`, 'epcismd:'],
  ]),
);

/**
 * The XPath of an element, fit for an error message: it ends before the first name that may be the sender's own.
 * Positions are given where they tell siblings apart, and for every event and vocabulary element.
 *
 * @param root what the path is relative to; absent, it is absolute
 */
export function formatXPath(element: XmlElement, root?: XmlElement): string {
  const steps: (string | undefined)[] = [];
  for (let at: XmlElement | undefined = element; at && at !== root; at = at.parent) {
    steps.unshift(formatStep(at));
  }
  const hidden = steps.indexOf(undefined);
  const shown = hidden === -1 ? steps : steps.slice(0, hidden);
  return shown.map((step) => `/${step}`).join('');
}

/** `/@name`, or nothing for a name of the sender's own. */
export function formatAttributeStep(name: string): string {
  return PLAIN_NAME.test(name) ? `/@${name}` : '';
}

function formatStep(element: XmlElement): string | undefined {
  const { local, namespace, index, parent } = element;
  const prefix = namespace === '' ? '' : PREFIXES.get(namespace);
  if (prefix === undefined || !PLAIN_NAME.test(local)) return undefined;
  if (!parent) return prefix + local;
  const isTold = index > 1 || ITEM.test(local) || hasTwin(parent, element);
  return `${prefix}${local}${isTold ? `[${index}]` : ''}`;
}

function hasTwin(parent: XmlElement, { local, namespace }: XmlElement): boolean {
  const twins = parent.children.filter(
    (child) => child.local === local && child.namespace === namespace,
  );
  return twins.length > 1;
}
