import { AppError } from '../error.js';
import { DATASET_MEDIA_TYPE, extractDataset } from './dataset/dataset.js';
import type { Extract, RecordMediaType } from './draft.js';
import { extractEvent } from './epcis/extract.js';
import { extractVocabulary } from './epcis/master-data.js';
import { extractResource } from './fhir/extract.js';
import { unwrapResource } from './fhir/wrapper.js';
import { isObject } from './json-object.js';
import { readJson } from './json-text.js';
import { extractProv, PROV_MEDIA_TYPE } from './prov/draft.js';

/**
 * The extract of a record from its plaintext: the one its draft had.
 *
 * @throws AppError INVALID_RECORD and what readJson throws, for text this reader did not draft
 */
export function extractContent(text: string, mediaType: RecordMediaType | string): Extract {
  const { value } = readJson(text);
  if (!isObject(value)) throw new AppError('INVALID_RECORD', 'a record is a JSON object');
  if (mediaType === 'application/fhir+json') return extractResource(unwrapResource(value));
  if (mediaType === PROV_MEDIA_TYPE) return extractProv(text);
  if (mediaType === DATASET_MEDIA_TYPE) return extractDataset(value);
  if (mediaType !== 'application/ld+json') {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'a record is FHIR JSON or JSON-LD');
  }
  return 'vocabularyElementList' in value ? extractVocabulary(value) : extractEvent(value);
}
