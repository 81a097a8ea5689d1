import { AppError } from '../error.js';

/** What the sender says a document is; `lines` is NDJSON, `xml` is EPCIS, `any` leaves it to the content. */
export type Syntax = 'fhir' | 'epcis' | 'dataset' | 'prov' | 'lines' | 'xml' | 'any';

const SYNTAXES = new Map<string, Syntax>([
  ['application/json', 'any'],
  ['text/json', 'any'],
  ['application/fhir+json', 'fhir'],
  ['application/ld+json', 'epcis'],
  ['application/vnd.provtrail.dataset+json', 'dataset'],
  ['application/prov+json', 'prov'],
  ['application/fhir+ndjson', 'lines'],
  ['application/ndjson', 'lines'],
  ['application/x-ndjson', 'lines'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
  ['application/epcis+xml', 'xml'],
]);

const XML_HINT = 'EPCIS 1.x and 2.0 are read as XML, FHIR only as JSON';

/**
 * @param mediaType with or without parameters; absent means `any`
 * @throws AppError UNSUPPORTED_MEDIA_TYPE, also for a charset other than UTF-8 and a FHIR version other than R4
 */
export function parseMediaType(mediaType: string | undefined): Syntax {
  if (mediaType === undefined) return 'any';
  const [name = '', ...parameters] = mediaType.split(';').map((part) => part.trim().toLowerCase());
  const syntax = SYNTAXES.get(name);
  if (syntax === undefined) throw /[/+]xml$/.test(name) ? refuseXml() : refuse(KNOWN);
  for (const parameter of parameters) checkParameter(parameter);
  return syntax;
}

/** What to say to XML that is not EPCIS. */
export function refuseXml(): AppError {
  return new AppError('UNSUPPORTED_MEDIA_TYPE', 'the document is XML, but not EPCIS', {
    hint: XML_HINT,
  });
}

const KNOWN = `a document is one of ${[...SYNTAXES.keys()].join(', ')}`;

function checkParameter(parameter: string): void {
  const [name, value = ''] = parameter.split('=').map((part) => part.trim().replaceAll('"', ''));
  if (name === 'charset' && value !== 'utf-8' && value !== 'utf8') {
    throw refuse('a document is encoded in UTF-8');
  }
  if (name === 'fhirversion' && !value.startsWith('4.0'))
    throw refuse('FHIR is read in version R4');
}

function refuse(message: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA_TYPE', message);
}
