import { parseXml } from '../xml/parse.js';
import { convertXml } from '../xml/convert.js';
import { readEvents, type EventInContext } from './event-hash.js';

/**
 * The events of EPCIS XML in their order, to be hashed as the JSON-LD they are converted to.
 *
 * @throws AppError what convertXml throws
 */
export function* readXmlEvents(xml: string): Generator<EventInContext> {
  const { text } = convertXml(xml);
  const ignored = ignoredIn(xml);
  for (const { event, context } of readEvents(JSON.parse(text))) {
    yield { event, context: { ...context, ignored } };
  }
}

/** Expanded names of the extensions that an `ignoreFields` of the document, in whatever namespace, has inside. */
function ignoredIn(xml: string): Set<string> {
  const ignored = new Set<string>();
  if (!xml.includes(':ignoreFields')) return ignored;
  parseXml(xml, {
    open: ({ local, namespace, parent }) =>
      local === 'ignoreFields' && namespace !== '' && parent !== undefined && !parent.parent,
    take: ({ children }) => {
      for (const { namespace, local } of children) {
        if (namespace !== '') ignored.add(`{${namespace}}${local}`);
      }
    },
  });
  return ignored;
}
