import { formatProvJson } from '../../record/prov/format.js';
import { formatLineageCsv } from './lineage-csv.js';
import { formatLineageFhir } from './lineage-fhir.js';
import { formatLineageJsonl } from './lineage-jsonl.js';
import { collectLineage } from './lineage-prov.js';
import type { Telling, ToldLineage } from './told-lineage.js';

interface FormatKind {
  mediaType: string;
  /** Of a file, without its dot. */
  extension: string;
  /** What it says itself of how complete the answer is; a table has no place for that. */
  tellsExtent: boolean;
  format: (lineage: ToldLineage, telling: Telling) => Iterable<string>;
}

const FORMATS = {
  'prov-json': {
    mediaType: 'application/prov+json',
    extension: 'provjson',
    tellsExtent: true,
    format: (lineage, telling) => formatProvJson(collectLineage(lineage, telling)),
  },
  fhir: {
    mediaType: 'application/fhir+json',
    extension: 'json',
    tellsExtent: true,
    format: formatLineageFhir,
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    extension: 'csv',
    tellsExtent: false,
    format: formatLineageCsv,
  },
  jsonl: {
    mediaType: 'application/x-ndjson',
    extension: 'jsonl',
    tellsExtent: true,
    format: formatLineageJsonl,
  },
} as const satisfies Record<string, FormatKind>;

export type LineageFormat = keyof typeof FORMATS;

export const LINEAGE_FORMATS = Object.keys(FORMATS) as LineageFormat[];

/** Media type, file extension, and whether the text itself says how complete the answer is. */
export function lineageFormat(format: LineageFormat): Omit<FormatKind, 'format'> {
  return FORMATS[format];
}

/** An answer about lineage in one of the forms others read, in pieces. */
export function formatLineage(
  format: LineageFormat,
  lineage: ToldLineage,
  telling: Telling,
): Iterable<string> {
  return FORMATS[format].format(lineage, telling);
}
