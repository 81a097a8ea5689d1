import { AppError } from '../../error.js';

const SOURCE_MAX_CHARACTERS = 512;
const SOURCE = /^(?:https?:\/\/[^\s/?#|]+|urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:[^\s?#|]+)[^\s?#|]*$/;

/**
 * What names of a source begin with: the address of a FHIR server, or a URN of whoever sends the records.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function parseSource(text: string): string {
  const source = text.replace(/\/+$/, '');
  if (source.length <= SOURCE_MAX_CHARACTERS && SOURCE.test(source)) return source;
  throw new AppError('BAD_USER_INPUT', 'source is an absolute http(s) URL or a URN', {
    hint: 'like https://fhir.hospital.example/r4 or urn:oid:2.16.840.1.113883.19',
  });
}
