import { AppError } from '../../error.js';
import { caughtUp } from '../caught-up.js';
import { walkLineage } from '../lineage.js';
import {
  formatLineage,
  LINEAGE_FORMATS,
  lineageFormat,
  type LineageFormat,
} from '../lineage-format/format.js';
import { tellLineage } from '../lineage-format/tell.js';
import { Reader } from '../reader.js';
import { ExportParameters, type ParameterLists } from './export-parameter.js';
import type { Asking } from './export-place.js';
import type { ExportEnd } from './export-rows.js';
import { readLineage } from './lineage-parameter.js';
import { checkLineageExporter } from './lineage-source.js';

/** One answer about lineage, whole, in a form that others read. */
export interface LineageText {
  mediaType: string;
  extension: string;
  end: ExportEnd;
  text: Iterable<string>;
}

/** The export that is a document rather than rows. */
export const LINEAGE_EXPORT = 'lineage';

/**
 * `what=lineage`: nodes and relations of one answer as PROV-JSON, FHIR Provenance, CSV or JSON lines. It holds what one
 * answer may hold; whatever is larger is exported as `lineage.nodes` and `lineage.edges`.
 *
 * @throws AppError as `lineage` does; FORBIDDEN, BAD_USER_INPUT
 */
export async function openLineageText(
  { rooms, viewer, signal }: Asking,
  format: LineageFormat,
  lists: ParameterLists,
): Promise<LineageText> {
  const reader = new Reader(rooms, viewer, signal);
  checkLineageExporter(reader);
  const parameters = new ExportParameters(lists);
  const question = readLineage(parameters);
  const nodesMax = parameters.integer('nodesMax') ?? rooms.limits.lineageNodesMax;
  const last = rooms.ledger.head().size - 1;
  const knownAt = Math.min(parameters.integer('knownAt') ?? last, last);
  parameters.checkAllRead();
  await caughtUp(reader, knownAt + 1);
  const told = tellLineage(await walkLineage(reader, { ...question, nodesMax, knownAt }));
  const { isComplete, reason, redacted } = told;
  const rows = told.nodes.length + told.edges.length;
  const end = { isComplete, reason, rows, position: knownAt, redacted, cursor: null };
  const at = new Date(rooms.now()).toISOString();
  const text = formatLineage(format, told, { at, organisation: rooms.organisation.name });
  const { mediaType, extension } = lineageFormat(format);
  return {
    mediaType,
    extension,
    end: { what: LINEAGE_EXPORT, ...end },
    text: format === 'jsonl' ? withEnd(text, { what: LINEAGE_EXPORT, ...end }) : text,
  };
}

/** @throws AppError BAD_USER_INPUT */
export function checkLineageFormat(format: string): LineageFormat {
  const found = LINEAGE_FORMATS.find((one) => one === format);
  if (found) return found;
  throw new AppError('BAD_USER_INPUT', 'lineage is not written in this format', {
    pointer: '/format',
    hint: `formats: ${LINEAGE_FORMATS.join(', ')}; as rows: lineage.nodes and lineage.edges`,
  });
}

/** The last line that all exports have. */
function* withEnd(text: Iterable<string>, end: ExportEnd): Generator<string> {
  yield* text;
  yield `${JSON.stringify({ export: end })}\n`;
}
