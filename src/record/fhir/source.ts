import { AppError } from '../../error.js';

const SOURCE_MAX_CHARACTERS = 512;
const SOURCE = /^(?:https?:\/\/[^\s/?#|]+|urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:[^\s?#|]+)[^\s?#|]*$/;

/**
 * What names of a source begin with: the address of a FHIR server, or a URN of whoever sends the records.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function parseSource(text: string): string {
  const source = readSource(text);
  if (source !== undefined) return source;
  throw new AppError('BAD_USER_INPUT', 'source is an absolute http(s) URL or a URN', {
    hint: 'like https://fhir.hospital.example/r4 or urn:oid:2.16.840.1.113883.19',
  });
}

/** Undefined for what names no source. The length comes first: the patterns take time that grows with its square. */
export function readSource(text: string): string | undefined {
  if (text.length > SOURCE_MAX_CHARACTERS) return undefined;
  const source = text.replace(/\/+$/, '');
  return SOURCE.test(source) ? source : undefined;
}
