import type { Draft, Extract, Problem } from '../draft.js';
import { Findings } from '../finding.js';
import { isObject, objectsAt, stringAt, type JsonObject } from '../json-object.js';
import { formatPointer, type Path } from '../json-pointer.js';
import type { JsonText } from '../json-text.js';
import { checkNul } from '../nul.js';
import { checkSize } from '../size.js';
import { uniqueIdentifiers } from '../unique.js';
import { withContext } from './context.js';
import { masterFacts } from './fact/master.js';
import { checkIdentifier } from './rule/identifier.js';
import { checkUri, listOf, objectOf } from './value.js';

const VOCABULARY_TYPE = /(?:^|[:/])([A-Za-z]{1,40})$/;

const checkElement = objectOf(
  { id: checkUri },
  { attributes: listOf(objectOf({ id: checkUri })), children: listOf(checkUri) },
);

/** The elements of a document's vocabularies one by one, each sealed as a vocabulary of one. */
export function* readVocabularies(
  json: JsonText,
  way: readonly string[],
  place: Path,
  context?: string,
): Generator<Draft | Problem> {
  const list = formatPointer(way);
  for (const [v, text] of json.compactEach(list).entries()) {
    const vocabulary: unknown = JSON.parse(text!);
    const vocabularyPlace = [...place, ...way, v];
    const found = new Findings(vocabularyPlace);
    objectOf({ type: checkUri, vocabularyElementList: listOf(() => {}) })(vocabulary, found);
    if (found.problems.length > 0) {
      yield* found.problems;
      continue;
    }
    const { type, vocabularyElementList: elements } = vocabulary as {
      type: string;
      vocabularyElementList: unknown[];
    };
    const texts = json.compactEach(`${list}/${v}/vocabularyElementList`);
    for (const [i, element] of elements.entries()) {
      const elementPlace = [...vocabularyPlace, 'vocabularyElementList', i];
      yield* draftElement(type, element, texts[i]!, elementPlace, context);
    }
  }
}

function draftElement(
  type: string,
  element: unknown,
  elementText: string,
  place: Path,
  context?: string,
): [Draft] | Problem[] {
  const found = new Findings(place);
  checkElement(element, found);
  checkNul(elementText, element, found);
  const vocabulary = `{"type":${JSON.stringify(type)},"vocabularyElementList":[${elementText}]}`;
  const text = withContext(vocabulary, context);
  checkSize(text, found);
  if (found.problems.length > 0) return found.problems;
  checkIdentifier(element as JsonObject, 'id', found);
  const extract = extractVocabulary({ type, vocabularyElementList: [element] });
  return [
    {
      pointer: formatPointer(place),
      class: 'master.data',
      mediaType: 'application/ld+json',
      text,
      scopeLabel: 'directory',
      extract,
      ...(found.warnings.length > 0 && { warnings: found.warnings }),
    },
  ];
}

/** Names of a vocabulary of one element: `EPCClass` for products, else places and parties, which are EPCs. */
export function extractVocabulary(vocabulary: JsonObject): Extract {
  const type = VOCABULARY_TYPE.exec(stringAt(vocabulary, 'type') ?? '')?.[1] ?? 'Vocabulary';
  const element = objectsAt(vocabulary, 'vocabularyElementList').find(isObject);
  const id = element && stringAt(element, 'id');
  if (id === undefined) return { type, aliases: [], identifiers: [], references: [] };
  const system = type === 'EPCClass' ? 'epcClass' : 'epc';
  const master = masterFacts(type, id, element!);
  const identifiers = uniqueIdentifiers([
    { system, value: id },
    { system, value: master.id },
  ]);
  return { type, id, aliases: [id], identifiers, references: [], master };
}
