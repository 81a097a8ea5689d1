/** The lists of events and of vocabularies: where they are in the XML, wrappers left out, and in the JSON. */
const EVENT_LISTS = new Map([
  ['/EPCISBody/EventList', '/epcisBody/eventList'],
  [
    '/EPCISBody/QueryResults/resultsBody/EventList',
    '/epcisBody/queryResults/resultsBody/eventList',
  ],
  ['/QueryResults/resultsBody/EventList', '/epcisBody/queryResults/resultsBody/eventList'],
  ['/resultsBody/EventList', '/epcisBody/queryResults/resultsBody/eventList'],
]);
const VOCABULARY_LISTS = new Map([
  ['/EPCISHeader/EPCISMasterData/VocabularyList', '/epcisHeader/epcisMasterData/vocabularyList'],
  ['/EPCISBody/VocabularyList', '/epcisBody/vocabularyList'],
  [
    '/EPCISBody/QueryResults/resultsBody/VocabularyList',
    '/epcisBody/queryResults/resultsBody/vocabularyList',
  ],
]);
const VOCABULARY_ELEMENT = '/Vocabulary/VocabularyElementList/VocabularyElement';

/** What an element of a document is, and the JSON pointer of the list it is or is in. */
export interface Role {
  name: 'body' | 'events' | 'event' | 'vocabularies' | 'vocabulary' | 'vocabularyElement';
  pointer: string;
}

/** @param place names from the document's child down: `/EPCISBody/EventList/ObjectEvent` */
export function roleOf(place: string, parentPlace: string): Role | undefined {
  if (place === '/EPCISBody') return { name: 'body', pointer: '/epcisBody' };
  if (place.endsWith(VOCABULARY_ELEMENT)) {
    const list = VOCABULARY_LISTS.get(place.slice(0, -VOCABULARY_ELEMENT.length));
    return role('vocabularyElement', list);
  }
  return (
    role('events', EVENT_LISTS.get(place)) ??
    role('event', EVENT_LISTS.get(parentPlace)) ??
    role('vocabularies', VOCABULARY_LISTS.get(place)) ??
    (place.endsWith('/Vocabulary')
      ? role('vocabulary', VOCABULARY_LISTS.get(parentPlace))
      : undefined)
  );
}

function role(name: Role['name'], pointer: string | undefined): Role | undefined {
  return pointer === undefined ? undefined : { name, pointer };
}
