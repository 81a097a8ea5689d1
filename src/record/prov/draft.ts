import { toHex, utf8 } from '../../crypto/bytes.js';
import { sha256 } from '../../crypto/digest.js';
import type { Draft, Extract, Problem, Reference } from '../draft.js';
import { Findings } from '../finding.js';
import type { JsonObject } from '../json-object.js';
import { formatPointer, type Path } from '../json-pointer.js';
import type { JsonText } from '../json-text.js';
import { checkNul } from '../nul.js';
import { checkSize } from '../size.js';
import { isProvKind } from './kind.js';
import type { ProvDocument } from './prov.js';
import { readProvText } from './read.js';
import { parseRecordName } from './record-name.js';

export const PROV_MEDIA_TYPE = 'application/prov+json';

/** True for JSON whose every member is one of PROV-JSON's, and that has one of them beside its prefixes. */
export function isProv(value: JsonObject): boolean {
  const members = Object.keys(value).filter((name) => name !== 'prefix');
  return members.length > 0 && members.every((name) => name === 'bundle' || isProvKind(name));
}

/**
 * A document in PROV-JSON as a draft, or what is wrong with it. It has no identity: whoever sends it again has captured
 * it twice.
 *
 * @throws AppError INVALID_RECORD
 */
export function draftProv({ text, value }: JsonText, place: Path): [Draft] | Problem[] {
  const found = new Findings(place);
  checkNul(text, value, found);
  checkSize(text, found);
  if (found.problems.length > 0) return found.problems;
  return [
    {
      pointer: formatPointer(place),
      class: 'dataset',
      mediaType: PROV_MEDIA_TYPE,
      text,
      // its own: the same document always has the same
      scopeLabel: `dataset/prov/${toHex(sha256(utf8(text)))}`,
      extract: extractProv(text),
    },
  ];
}

/** @throws AppError INVALID_RECORD */
export function extractProv(text: string): Extract {
  const references = referencesOf(readProvText(text));
  return { type: 'ProvDocument', aliases: [], identifiers: [], references };
}

/** The entities that are records of a log: the document rests on them, so that it hangs in their lineage. */
function referencesOf({ records, bundles }: ProvDocument): Reference[] {
  const references = new Map<string, Reference>();
  const add = (place: string, { kind, id }: ProvDocument['records'][number]) => {
    if (kind !== 'entity' || references.has(id) || parseRecordName(id) === undefined) return;
    references.set(id, { target: id, relation: 'wasDerivedFrom', path: place });
  };
  for (const record of records) add('/entity', record);
  for (const bundle of bundles) for (const record of bundle.records) add('/bundle', record);
  return [...references.values()];
}
