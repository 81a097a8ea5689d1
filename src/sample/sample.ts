import { tellChapters, type Chapter, type SampleOptions } from './chapter.js';
import { EPCIS_CONTEXT } from './supply-event.js';
import { BUNDLE_WORDING, LINE_WORDING } from './wording.js';

export type { SampleOptions } from './chapter.js';

/** A document as a partner would send it. */
export interface SampleDocument {
  /** A file name: `patient-000001.json`, `lot-000001.jsonld`. */
  name: string;
  mediaType: 'application/fhir+json' | 'application/ld+json';
  text: string;
  /** How many records it carries. */
  records: number;
}

/**
 * A small consortium's year: lots made, packed, shipped, received and dispensed (EPCIS 2.0 documents), and the patients
 * they were dispensed to (one FHIR R4 transaction Bundle each). Lazy and deterministic: the same options, the same bytes.
 */
export function* generateSample(options: SampleOptions): Generator<SampleDocument> {
  for (const chapter of tellChapters(options, BUNDLE_WORDING)) yield formatDocument(chapter);
}

/** The same year as lines: one FHIR resource or EPCIS event each, references as `Type/id`; no line ends in a newline. */
export function* sampleNdjson(options: SampleOptions): Generator<string> {
  for (const { kind, records } of tellChapters(options, LINE_WORDING)) {
    for (const record of records) {
      yield JSON.stringify(kind === 'supply' ? { '@context': EPCIS_CONTEXT, ...record } : record);
    }
  }
}

function formatDocument(chapter: Chapter): SampleDocument {
  const epcis = chapter.kind === 'supply';
  return {
    name: `${chapter.name}.${epcis ? 'jsonld' : 'json'}`,
    mediaType: epcis ? 'application/ld+json' : 'application/fhir+json',
    text: JSON.stringify(epcis ? epcisDocument(chapter) : bundle(chapter)),
    records: chapter.records.length,
  };
}

function epcisDocument({ records }: Chapter): object {
  const last = records.at(-1) as { eventTime: string };
  return {
    '@context': EPCIS_CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: last.eventTime,
    epcisBody: { eventList: records },
  };
}

function bundle({ kind, records }: Chapter): object {
  const type = kind === 'patient' ? 'transaction' : 'collection';
  const entry = (records as { id: string; resourceType: string }[]).map((resource) => ({
    fullUrl: `urn:uuid:${resource.id}`,
    resource,
    ...(kind === 'patient' ? { request: { method: 'POST', url: resource.resourceType } } : {}),
  }));
  return { resourceType: 'Bundle', type, entry };
}
